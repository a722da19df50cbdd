package plimsoll.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.shell.Fragment;
import plimsoll.shell.ShellException;
import plimsoll.shell.Unknowns;

/**
 * A Jenkins pipeline: {@code sh} steps, {@code args} of a docker agent, and what {@code inside},
 * {@code withRun} and {@code run} of a docker image pass on. Groovy is read for its strings and
 * comments alone.
 */
final class Jenkinsfile {
  private static final Pattern BEFORE_SCRIPT =
      Pattern.compile("(?s).*\\b(sh|bat)\\s*\\(?\\s*(?:[^()\\n]*\\bscript\\s*:\\s*)?$");
  private static final Pattern BEFORE_OPTIONS =
      Pattern.compile(
          "(?s).*(?:\\bargs\\s*[:=(]?\\s*|\\.(?:inside|withRun|run)\\s*\\(\\s*(?:[^'\"(){};,]*\\?\\s*)?)$");
  private static final Pattern BEFORE_VARIABLE =
      Pattern.compile(
          "(?s).*\\b([A-Za-z_][A-Za-z0-9_]*)\\s*(\\+?=|=\\s*\\1\\s*\\+)"
              // CONDITION ? 'ONE' : 'OTHER'
              + "\\s*([^=;\n?]*[^=;\n?\\s]\\s*\\?\\s*((['\"]).*?\\5\\s*:\\s*)?)?$");
  private static final Pattern DECLARES =
      Pattern.compile("(?s).*\\b(?:def|String|final)\\s+[A-Za-z_][A-Za-z0-9_]*\\s*=[^=;\\n]*$");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*(?:\\([^(){}'\"]*\\))?");

  /** Longer is nothing that people write between braces in a string. */
  private static final int MAX_INNER = 2_000;

  private static final Pattern PLUS =
      Pattern.compile("\\s*\\+\\s*(?:(?=['\"])|([A-Za-z_][A-Za-z0-9_.]*(?:\\([^()\\n]*\\))?))");
  private static final Pattern RUNS =
      Pattern.compile(
          "sh[ \\t]*\\(?[ \\t]*(?:script[ \\t]*:[ \\t]*)?([A-Za-z_][A-Za-z0-9_]*)[ \\t]*(?=[,;)}\\n]|$)");
  private static final Pattern PASSES =
      Pattern.compile("(?:inside|withRun|run)\\s*\\(\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*[,)]");

  private static final Pattern BRANCH =
      Pattern.compile("(?s).*\\b(?:else|if\\s*\\([^{}]*\\))\\s*$");

  private final Deque<Boolean> open = new ArrayDeque<>();
  private final Fragment whole;
  private final RunFinder finder;
  private final Unknowns unknowns;
  private final Map<String, Fragment> variables = new HashMap<>();
  private final Set<String> locals = new HashSet<>();

  private Jenkinsfile(SourceFile file, RunFinder finder, Unknowns unknowns) {
    this.whole = file.whole();
    this.finder = finder;
    this.unknowns = unknowns;
  }

  static void read(SourceFile file, RunFinder finder, Unknowns unknowns) throws ShellException {
    new Jenkinsfile(file, finder, unknowns).read();
  }

  private void read() throws ShellException {
    String text = whole.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        String before = text.substring(Math.max(0, i - 200), i);
        open.push(BRANCH.matcher(before).matches());
      } else if (c == '}') {
        open.poll();
      } else if (c == '/' && text.startsWith("//", i)) {
        int end = text.indexOf('\n', i);
        i = end < 0 ? text.length() : end;
      } else if (c == '/' && text.startsWith("/*", i)) {
        int end = text.indexOf("*/", i + 2);
        i = end < 0 ? text.length() : end + 1;
      } else if (c == '.') {
        Matcher passes = PASSES.matcher(text).region(i + 1, Math.min(text.length(), i + 200));
        Fragment options = passes.lookingAt() ? variables.get(passes.group(1)) : null;
        if (options != null) {
          options(options, whole.at(i + 1));
        }
      } else if (c == '\'' || c == '"') {
        String quote =
            text.startsWith(String.valueOf(c).repeat(3), i)
                ? String.valueOf(c).repeat(3)
                : String.valueOf(c);
        int start = i + quote.length();
        int end = closing(quote, start);
        Fragment.Builder all = new Fragment.Builder().add(string(start, end, c == '"'));
        int next = joined(Math.min(end + quote.length(), text.length()), all);
        string(text.substring(Math.max(0, i - 200), i), all.build());
        i = next - 1;
      } else if (c == 's' && (i == 0 || !Character.isJavaIdentifierPart(text.charAt(i - 1)))) {
        Matcher runs = RUNS.matcher(text).region(i, Math.min(text.length(), i + 200));
        Fragment script = runs.lookingAt() ? variables.get(runs.group(1)) : null;
        if (script != null) {
          finder.script(script, exported());
        }
      }
    }
  }

  /** Takes the strings and variables that are added to a string; answers where they end. */
  private int joined(int from, Fragment.Builder all) {
    String text = whole.text();
    int next = from;
    while (true) {
      Matcher plus = PLUS.matcher(text).region(next, text.length());
      if (!plus.lookingAt()) {
        return next;
      }
      next = plus.end();
      if (plus.group(1) != null) {
        Fragment value = variables.get(plus.group(1));
        if (value == null) {
          all.add(unknowns.of(plus.group(1)), whole.at(plus.start(1)));
        } else {
          all.add(value);
        }
      } else {
        char c = text.charAt(next);
        String quote = String.valueOf(c);
        quote = text.startsWith(quote.repeat(3), next) ? quote.repeat(3) : quote;
        int start = next + quote.length();
        int end = closing(quote, start);
        all.add(string(start, end, c == '"'));
        next = Math.min(end + quote.length(), text.length());
      }
    }
  }

  private int closing(String quote, int start) {
    String text = whole.text();
    int end = start;
    boolean interpolates = quote.charAt(0) == '"';
    while (end < text.length() && !text.startsWith(quote, end)) {
      if (interpolates && text.startsWith("${", end)) {
        int close = braces(text, end + 1);
        // One that does not end is text.
        end = close < text.length() ? close + 1 : end + 2;
      } else {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
    }
    return Math.min(end, text.length());
  }

  /** The brace that closes one, whatever is quoted between them; the text's end where none does. */
  private static int braces(String text, int open) {
    int deep = 0;
    for (int i = open; i < text.length() && i < open + MAX_INNER; i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        int end = text.indexOf(c, i + 1);
        i = end < 0 ? text.length() : end;
      } else {
        deep += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
      if (deep == 0) {
        return i;
      }
    }
    return text.length();
  }

  /** A string's text: escapes undone, and in double quotes what is put in. */
  private Fragment string(int start, int end, boolean interpolates) {
    Fragment raw = whole.slice(start, end);
    Fragment.Builder text = new Fragment.Builder();
    for (int i = 0; i < raw.text().length(); i++) {
      char c = raw.text().charAt(i);
      if (c == '\\' && i + 1 < raw.text().length()) {
        char escaped = raw.text().charAt(++i);
        if (escaped == '\n') {
          // The line goes on.
          continue;
        }
        // A shell's own dollar must not be taken for Groovy's.
        text.add(escaped == 'n' ? '\n' : escaped == '$' ? '\u0001' : escaped, raw.at(i));
      } else if (interpolates && c == '$' && raw.text().startsWith("{", i + 1)) {
        int close = braces(raw.text(), i + 1);
        String inner = raw.text().substring(i + 2, Math.max(i + 2, close)).strip();
        if (NAME.matcher(inner).matches()) {
          text.add(raw.slice(i, Math.min(close + 1, raw.text().length())));
        } else {
          text.add(unknowns.of(inner), raw.at(i));
        }
        i = close;
      } else {
        text.add(c, raw.at(i));
      }
    }
    Fragment built = text.build();
    if (interpolates) {
      built =
          Templates.fill(
              built,
              Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_.]*(?:\\([^(){}]*\\))?)\\}?"),
              variables,
              unknowns,
              finder.branches());
    }
    return built.with('\u0001', '$');
  }

  /** What a shell may see: of Groovy's own variables it sees none. */
  private Map<String, Fragment> exported() {
    Map<String, Fragment> exported = new HashMap<>(variables);
    exported.keySet().removeAll(locals);
    return exported;
  }

  private void options(Fragment options, int at) throws ShellException {
    Fragment.Builder line = new Fragment.Builder().add("docker run ", at);
    finder.script(line.add(options.with('\n', ' ')).add(" image", at).build(), Map.of());
  }

  private void string(String before, Fragment text) throws ShellException {
    Matcher variable = BEFORE_VARIABLE.matcher(before);
    if (BEFORE_SCRIPT.matcher(before).matches()) {
      finder.script(text, exported());
    } else if (BEFORE_OPTIONS.matcher(before).matches()
        && text.text().stripLeading().startsWith("-")) {
      options(text, text.at(0));
    } else if (variable.matches()) {
      boolean chosen = variable.group(3) != null;
      boolean other = variable.group(4) != null;
      if (chosen || open.contains(true)) {
        finder.branches().branch(text);
      }
      if (DECLARES.matcher(before).matches()) {
        locals.add(variable.group(1));
      }
      Fragment old = variables.get(variable.group(1));
      Fragment.Builder value = new Fragment.Builder();
      if (old != null && (other || variable.group(2).contains("+"))) {
        value.add(old);
      }
      if (other) {
        value.add(' ', text.at(0));
      }
      variables.put(variable.group(1), value.add(text).build());
    }
  }
}
