package plimsoll.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
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
      Pattern.compile("(?s).*(?:\\bargs\\s*[:=(]?\\s*|\\.(?:inside|withRun|run)\\s*\\(\\s*)$");
  private static final Pattern BEFORE_VARIABLE =
      Pattern.compile(
          "(?s).*\\b([A-Za-z_][A-Za-z0-9_]*)\\s*(\\+?)="
              // CONDITION ? 'ONE' : 'OTHER'
              + "\\s*([^=;\n?]*[^=;\n?\\s]\\s*\\?\\s*((['\"]).*?\\5\\s*:\\s*)?)?$");
  private static final Pattern PASSES =
      Pattern.compile("(?:inside|withRun|run)\\s*\\(\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*[,)]");

  private static final Pattern BRANCH =
      Pattern.compile("(?s).*\\b(?:else|if\\s*\\([^{}]*\\))\\s*$");

  private final Deque<Boolean> open = new ArrayDeque<>();
  private final Fragment whole;
  private final RunFinder finder;
  private final Unknowns unknowns;
  private final Map<String, Fragment> variables = new HashMap<>();

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
          Fragment.Builder line = new Fragment.Builder().add("docker run ", whole.at(i + 1));
          finder.script(line.add(options).add(" image", whole.at(i + 1)).build(), Map.of());
        }
      } else if (c == '\'' || c == '"') {
        String quote =
            text.startsWith(String.valueOf(c).repeat(3), i)
                ? String.valueOf(c).repeat(3)
                : String.valueOf(c);
        int start = i + quote.length();
        int end = start;
        while (end < text.length() && !text.startsWith(quote, end)) {
          end += text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, text.length());
        string(text.substring(Math.max(0, i - 200), i), string(start, end, c == '"'));
        i = end + quote.length() - 1;
      }
    }
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
      } else {
        text.add(c, raw.at(i));
      }
    }
    Fragment built = text.build();
    if (interpolates) {
      built =
          Templates.fill(
              built,
              Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_.]*)\\}?"),
              variables,
              unknowns,
              finder.branches());
    }
    Fragment.Builder shell = new Fragment.Builder();
    for (int i = 0; i < built.text().length(); i++) {
      char c = built.text().charAt(i);
      shell.add(c == '\u0001' ? '$' : c, built.at(i));
    }
    return shell.build();
  }

  private void string(String before, Fragment text) throws ShellException {
    Matcher variable = BEFORE_VARIABLE.matcher(before);
    if (BEFORE_SCRIPT.matcher(before).matches()) {
      finder.script(text, variables);
    } else if (BEFORE_OPTIONS.matcher(before).matches() && text.text().startsWith("-")) {
      int at = text.at(0);
      Fragment.Builder line = new Fragment.Builder().add("docker run ", at);
      line.add(text).add(" image", at);
      finder.script(line.build(), Map.of());
    } else if (variable.matches()) {
      boolean chosen = variable.group(3) != null;
      boolean other = variable.group(4) != null;
      if (chosen || open.contains(true)) {
        finder.branches().branch(text);
      }
      Fragment old = variables.get(variable.group(1));
      Fragment.Builder value = new Fragment.Builder();
      if (old != null && (other || !variable.group(2).isEmpty())) {
        value.add(old);
      }
      if (other) {
        value.add(' ', text.at(0));
      }
      variables.put(variable.group(1), value.add(text).build());
    }
  }
}
