package plimsoll.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Command.Here;
import plimsoll.shell.Command.Simple;
import plimsoll.shell.Env.Binding;

/** What the shell's own commands, and those that look like them, print and change. */
final class Builtins {
  private Builtins() {}

  /** What a command prints, as far as that can be told; null where it cannot. */
  static @Nullable Value printed(List<Arg> words) {
    String name = words.get(0).text();
    if (looksUp(words)) {
      // A path that ends in the program's name.
      return Value.of(words.get(words.size() - 1));
    }
    if (name.equals("pwd")) {
      return Value.of(Fragment.at(Interpreter.FOLDER, words.get(0).start()));
    }
    if (!List.of("echo", "printf").contains(name)) {
      return null;
    }
    Value value = null;
    List<Arg> rest = words.subList(1, words.size());
    boolean format = name.equals("printf") && !rest.isEmpty() && rest.get(0).text().contains("%s");
    for (Arg word : format ? rest.subList(1, rest.size()) : rest) {
      boolean option = name.equals("echo") && word.text().matches("-[neE]+");
      if (!option) {
        value =
            value == null
                ? Value.of(word)
                : value.plus(Value.of(Fragment.at(" ", word.start()))).plus(Value.of(word));
      }
    }
    return value;
  }

  /** Whether it prints where a program lies. */
  static boolean looksUp(List<Arg> words) {
    String name = words.get(0).text();
    return words.size() > 1
        && (name.equals("which")
            || (List.of("command", "type").contains(name)
                && words.size() > 2
                && words.get(1).text().matches("-[vVpP]")));
  }

  /** What a here-document or here-string feeds a command; null for none. */
  static @Nullable Value fed(Simple simple, Expansion expansion) {
    if (simple.heres().isEmpty()) {
      return null;
    }
    Here here = simple.heres().get(simple.heres().size() - 1);
    try {
      return here.word != null
          ? expansion.value(here.word)
          : here.quoted ? Value.of(here.text()) : expansion.value(ShellReader.document(here));
    } catch (ShellException e) {
      return null;
    }
  }

  /**
   * Functions that {@code alias NAME='docker run'} makes: what is said, with what it is called
   * with.
   */
  static Map<String, Command> aliases(List<Arg> words) {
    Map<String, Command> aliases = new HashMap<>();
    for (Arg word : words.get(0).text().equals("alias") ? words : List.<Arg>of()) {
      int equals = word.text().indexOf('=');
      if (equals > 0) {
        Fragment.Builder body = new Fragment.Builder();
        body.add(word.fragment().slice(equals + 1, word.text().length()));
        body.add(" \"$@\"", word.start());
        try {
          aliases.put(word.text().substring(0, equals), ShellReader.read(body.build()));
        } catch (ShellException e) {
          // It is none that a shell would take.
        }
      }
    }
    return aliases;
  }

  /** Sets what a command sets. */
  static void run(List<Arg> words, Env env) {
    switch (words.get(0).text()) {
      case "read", "mapfile", "readarray", "unset" ->
          words.stream().skip(1).forEach(word -> env.set(word.text(), (Binding) null));
      case "shift" -> {
        List<Value> arguments = env.arguments();
        String count = words.size() > 1 ? words.get(1).text() : "1";
        if (arguments != null && count.matches("[0-9]{1,4}")) {
          int taken = Math.min(Integer.parseInt(count), arguments.size());
          env.arguments(arguments.subList(taken, arguments.size()));
        }
      }
      case "set" -> {
        if (words.size() > 1 && words.get(1).text().equals("--")) {
          env.arguments(Value.all(words.subList(2, words.size())));
        }
      }
      case "printf" -> {
        if (words.size() > 3 && words.get(1).text().equals("-v")) {
          List<Arg> rest = new ArrayList<>(words.subList(3, words.size()));
          rest.add(0, words.get(0));
          Value value = printed(rest);
          env.set(words.get(2).text(), value == null ? Value.EMPTY : value);
        }
      }
      default -> {
        // Changes nothing here.
      }
    }
  }
}
