package plimsoll.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Command.Here;
import plimsoll.shell.Command.Simple;
import plimsoll.shell.Env.Binding;

/** What the shell's own commands, and those that look like them, print and change. */
final class Builtins {
  /** Longer than this no variable gets by itself. */
  private static final int MAX_LENGTH = 100_000;

  private static final Pattern WORD = Pattern.compile("\\S+");

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
  private static boolean looksUp(List<Arg> words) {
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

  /** {@code read -r A B <<< ...}, {@code read -ra WORDS <<< ...}. */
  static void read(List<Arg> words, Value fed, Env env) {
    boolean array = words.stream().anyMatch(word -> word.text().matches("-[a-zA-Z]*a"));
    List<Arg> names = new ArrayList<>(words.subList(1, words.size()));
    names.removeIf(word -> !word.text().matches("[A-Za-z_][A-Za-z0-9_]*"));
    if (names.isEmpty()) {
      return;
    }
    String last = names.get(names.size() - 1).text();
    boolean plain = fed.pieces().size() == 1 && fed.pieces().get(0).choices().isEmpty();
    if (!plain || (!array && names.size() == 1)) {
      env.set(last, fed);
      return;
    }
    Fragment text = fed.pieces().get(0).text();
    Matcher matcher = WORD.matcher(text.text());
    List<Value> split = new ArrayList<>();
    while (matcher.find()) {
      boolean rest = !array && split.size() == names.size() - 1;
      split.add(Value.of(text.slice(matcher.start(), rest ? text.text().length() : matcher.end())));
      if (rest) {
        break;
      }
    }
    if (array) {
      env.set(last, new Binding(true, List.of()));
      env.append(last, split);
    } else {
      for (int i = 0; i < names.size(); i++) {
        env.set(names.get(i).text(), i < split.size() ? split.get(i) : Value.EMPTY);
      }
    }
  }

  /**
   * Functions that {@code alias NAME='docker run'} makes: what is said, with what it is called
   * with.
   */
  static Map<String, Command> aliases(List<Arg> words) {
    if (!words.get(0).text().equals("alias")) {
      return Map.of();
    }
    Map<String, Command> aliases = new HashMap<>();
    for (Arg word : words) {
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
          boolean bounded = rest.stream().mapToInt(word -> word.text().length()).sum() < MAX_LENGTH;
          Value value = bounded ? printed(rest) : null;
          env.set(words.get(2).text(), value == null ? Value.EMPTY : value);
        }
      }
      default -> {
        // Changes nothing here.
      }
    }
  }
}
