package plimsoll.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Fragment;
import plimsoll.shell.Interpreter;
import plimsoll.shell.Unknowns;

/** The variables of a makefile, and what becomes of text that names them. */
final class MakeVariables {
  private static final Pattern REFERENCE = Pattern.compile("\\$[({]([A-Za-z0-9_.-]+)[)}]");
  private static final Pattern ARGUMENT = Pattern.compile("\\$[({]([1-9])[)}]");
  private static final List<String> PASSES_ON =
      List.of("if", "or", "and", "strip", "notdir", "firstword", "lastword", "realpath", "abspath");
  private static final List<String> REPEATS = List.of("foreach", "addprefix");
  private static final Pattern CLIENT = Pattern.compile("(?:\\S*/)?(?:docker|podman|nerdctl)");
  private static final Pattern CLIENTS =
      Pattern.compile("\\s*(?:docker|podman|nerdctl)[\\s,]+(docker|podman|nerdctl)\\s*");

  /** The last thing that a shell prints: words of an echo, else a program that is looked up. */
  private static final Pattern PRINTS =
      Pattern.compile(
          "\\becho\\s+(?:-n\\s+)?(?:\"([^\"`]*)\"|'([^']*)'|([^\"'`|;&()<>]+?))\\s*\\)?(?:;\\s*fi)?;?\\s*$"
              + "|\\b(?:which|command\\s+-v|type\\s+-p)\\s+([\\w.-]+)(?:\\s*[0-9&]?>\\S*)*\\s*\\)?\\s*$");

  /** The group of a program that is looked up. */
  private static final int LOOKS_UP = 4;

  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final int MAX_DEPTH = 20;
  private static final int MAX_LENGTH = 100_000;

  /** References in one line, and in what they stand for: functions that call each other end. */
  private static final int MAX_STEPS = 2_000;

  private static final List<String> USUAL = List.of("CURDIR", "PWD", "HOME");

  private final Unknowns unknowns;
  private final Branches branches;
  private final Map<String, List<Fragment>> variables = new LinkedHashMap<>();
  private int steps;

  MakeVariables(Unknowns unknowns, Branches branches) {
    this.unknowns = unknowns;
    this.branches = branches;
  }

  /** Which of a variable's values is taken: the last, but for one variable. */
  static final class Picked {
    private final @Nullable String name;
    private final int which;
    final Map<String, Integer> seen = new LinkedHashMap<>();

    Picked(@Nullable String name, int which) {
      this.name = name;
      this.which = which;
    }

    Fragment pick(String variable, List<Fragment> values) {
      seen.put(variable, values.size());
      return values.get(variable.equals(name) ? which : values.size() - 1);
    }
  }

  /** When a variable is set. */
  enum When {
    ALWAYS,
    /** On a branch only. */
    BRANCH,
    /** For one target: {@code test: FLAGS = --rm}. */
    TARGET
  }

  /** Sets one. */
  void set(String name, String operator, Fragment written, When when) {
    Fragment value = written;
    if (when == When.BRANCH) {
      branches.branch(value);
    }
    List<Fragment> before = variables.getOrDefault(name, List.of());
    if (operator.equals("?=") && !before.isEmpty() && when == When.ALWAYS) {
      return;
    }
    List<Fragment> after = new ArrayList<>();
    if (before.isEmpty() && when == When.TARGET) {
      before = List.of(Fragment.EMPTY);
    }
    if (operator.equals("+=")) {
      if (when != When.ALWAYS) {
        after.addAll(before.isEmpty() ? List.of(Fragment.EMPTY) : before);
      }
      for (Fragment old : before.isEmpty() ? List.of(Fragment.EMPTY) : before) {
        after.add(new Fragment.Builder().add(old).add(' ', value.at(0)).add(value).build());
      }
    } else {
      if (operator.startsWith(":")) {
        value = simple(value);
      }
      if (when != When.ALWAYS) {
        after.addAll(before);
      }
      // A variable may name itself, as := does: what it was is put in.
      after.add(
          value.text().contains("$(" + name + ")") || value.text().contains("${" + name + "}")
              ? itself(name, value, before)
              : value);
    }
    variables.put(name, after.size() > 8 ? after.subList(after.size() - 8, after.size()) : after);
  }

  /** A simple variable is expanded at once: what is set later only is not in it. */
  private Fragment simple(Fragment value) {
    Matcher matcher = REFERENCE.matcher(value.text());
    Fragment.Builder built = new Fragment.Builder();
    int from = 0;
    while (matcher.find()) {
      if (!variables.containsKey(matcher.group(1)) && !USUAL.contains(matcher.group(1))) {
        built.add(value.slice(from, matcher.start()));
        built.add(unknowns.of(matcher.group(1)), value.at(matcher.start()));
        from = matcher.end();
      }
    }
    return built.add(value.slice(from, value.text().length())).build();
  }

  private static Fragment itself(String name, Fragment value, List<Fragment> before) {
    Fragment old = before.isEmpty() ? Fragment.EMPTY : before.get(before.size() - 1);
    Matcher matcher =
        Pattern.compile("\\$[({]" + Pattern.quote(name) + "[)}]").matcher(value.text());
    Fragment.Builder built = new Fragment.Builder();
    int from = 0;
    while (matcher.find() && built.length() < MAX_LENGTH) {
      built.add(value.slice(from, matcher.start())).add(old);
      from = matcher.end();
    }
    return built.add(value.slice(from, value.text().length())).build();
  }

  /** Text with the variables in it put in, and theirs. */
  Fragment expand(Fragment text, Picked picked, int depth) {
    if (text.text().indexOf('$') < 0 || depth > MAX_DEPTH) {
      return text;
    }
    if (depth == 0) {
      steps = 0;
    }
    Fragment.Builder out = new Fragment.Builder();
    String plain = text.text();
    for (int i = 0; i < plain.length() && out.length() < MAX_LENGTH; i++) {
      char c = plain.charAt(i);
      if (c != '$' || i + 1 >= plain.length()) {
        out.add(c, text.at(i));
        continue;
      }
      char kind = plain.charAt(i + 1);
      if (kind == '$') {
        out.add('$', text.at(i));
        i++;
      } else if (kind == '(' || kind == '{') {
        int end = closing(plain, i + 1);
        reference(out, text.slice(Math.min(i + 2, end), end), text.at(i), picked, depth);
        i = end;
      } else {
        out.add(unknowns.of(String.valueOf(kind)), text.at(i));
        i++;
      }
    }
    return out.build();
  }

  private static int closing(String text, int open) {
    char opens = text.charAt(open);
    char closes = opens == '(' ? ')' : '}';
    int deep = 0;
    for (int i = open; i < text.length(); i++) {
      deep += text.charAt(i) == opens ? 1 : text.charAt(i) == closes ? -1 : 0;
      if (deep == 0) {
        return i;
      }
    }
    return text.length();
  }

  private void reference(
      Fragment.Builder out, Fragment inner, int offset, Picked picked, int depth) {
    String name = inner.text().strip();
    if (++steps > MAX_STEPS) {
      out.add(unknowns.of(name), offset);
      return;
    }
    List<Fragment> values = variables.get(name);
    if (values != null) {
      out.add(expand(picked.pick(name, values), picked, depth + 1));
      return;
    }
    if (name.equals("CURDIR") || name.equals("PWD")) {
      out.add(Interpreter.FOLDER, offset);
      return;
    }
    if (name.equals("HOME")) {
      out.add("/home/user", offset);
      return;
    }
    if (name.startsWith("shell ") && printed(out, inner, picked, depth)) {
      return;
    }
    String[] call = name.split("[\\s,]+", 3);
    if (call.length > 1 && REPEATS.contains(call[0])) {
      int from = inner.text().indexOf(call[0]) + call[0].length();
      repeated(out, inner.slice(from, inner.text().length()), call[0], picked, depth);
      return;
    }
    if (call.length > 1 && call[0].equals("call")) {
      List<Fragment> body = variables.get(call[1]);
      if (body != null) {
        out.add(
            arguments(
                expandArguments(inner, picked, depth), picked.pick(call[1], body), picked, depth));
        return;
      }
    }
    if (call.length > 1 && PASSES_ON.contains(call[0])) {
      int comma = call[0].equals("if") ? comma(inner.text(), 0) : inner.text().indexOf(' ');
      Fragment rest = inner.slice(Math.max(0, comma + 1), inner.text().length());
      Fragment expanded = expand(rest, picked, depth + 1);
      Matcher clients = CLIENTS.matcher(expanded.text());
      if (clients.matches()) {
        // One or the other: which makes no difference to what it is told.
        out.add(expanded.slice(clients.start(1), clients.end(1)));
        return;
      }
      if (call[0].equals("if")) {
        branches.branch(rest);
      }
      out.add(expanded.with(',', ' '));
      return;
    }
    out.add(unknowns.of(name), offset);
  }

  /**
   * What a shell prints that make runs, as far as it is plain: {@code [ -e /dev/kvm ] && echo X},
   * {@code which podman}.
   */
  private boolean printed(Fragment.Builder out, Fragment inner, Picked picked, int depth) {
    Matcher matcher = PRINTS.matcher(inner.text());
    if (!matcher.find()) {
      return false;
    }
    int group = 1;
    while (matcher.group(group) == null) {
      group++;
    }
    Fragment said = inner.slice(matcher.start(group), matcher.end(group));
    Fragment value = expand(said, picked, depth + 1);
    boolean client = CLIENT.matcher(value.text()).matches();
    if (!client && inner.text().matches("(?s).*(&&|\\|\\||\\bif\\b).*")) {
      branches.branch(said);
    }
    if (group < LOOKS_UP || client) {
      out.add(value);
      return true;
    }
    return false;
  }

  /** The next comma that stands in no parentheses; -1 for none. */
  private static int comma(String text, int from) {
    int deep = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      deep += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
      if (c == ',' && deep == 0) {
        return i;
      }
    }
    return -1;
  }

  /** {@code foreach NAME,LIST,TEXT} and {@code addprefix PREFIX,LIST}. */
  private void repeated(
      Fragment.Builder out, Fragment inner, String function, Picked picked, int depth) {
    String text = inner.text();
    boolean each = function.equals("foreach");
    int comma = comma(text, 0);
    int second = each ? comma(text, comma + 1) : text.length();
    if (comma < 0 || second < 0) {
      out.add(unknowns.of(function), inner.at(0));
      return;
    }
    Fragment first = inner.slice(0, comma);
    // make keeps what is behind the prefix: addprefix -v ,A
    String name = each ? first.text().strip() : first.text().stripLeading();
    Fragment list = expand(inner.slice(comma + 1, second), picked, depth + 1);
    List<Fragment> before = variables.get(name);
    Matcher words = WORD.matcher(list.text());
    while (words.find() && ++steps <= MAX_STEPS) {
      Fragment word = list.slice(words.start(), words.end());
      if (each) {
        variables.put(name, List.of(word));
        out.add(expand(inner.slice(second + 1, text.length()), picked, depth + 1));
      } else {
        int start = text.indexOf(name);
        out.add(expand(inner.slice(start, start + name.length()), picked, depth + 1)).add(word);
      }
      out.add(' ', word.at(0));
    }
    if (each && before != null) {
      variables.put(name, before);
    } else if (each) {
      variables.remove(name);
    }
  }

  /** What follows the function's name in {@code call NAME,A,B}. */
  private List<Fragment> expandArguments(Fragment inner, Picked picked, int depth) {
    List<Fragment> arguments = new ArrayList<>();
    int from = inner.text().indexOf(',');
    while (from >= 0) {
      int end = inner.text().indexOf(',', from + 1);
      Fragment one = inner.slice(from + 1, end < 0 ? inner.text().length() : end);
      arguments.add(expand(one, picked, depth + 1));
      from = end;
    }
    return arguments;
  }

  private Fragment arguments(List<Fragment> arguments, Fragment body, Picked picked, int depth) {
    Fragment.Builder filled = new Fragment.Builder();
    Matcher matcher = ARGUMENT.matcher(body.text());
    int from = 0;
    while (matcher.find()) {
      filled.add(body.slice(from, matcher.start()));
      int which = Integer.parseInt(matcher.group(1));
      if (which <= arguments.size()) {
        filled.add(arguments.get(which - 1));
      }
      from = matcher.end();
    }
    filled.add(body.slice(from, body.text().length()));
    return expand(filled.build(), picked, depth + 1);
  }
}
