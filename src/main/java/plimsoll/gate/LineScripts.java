package plimsoll.gate;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.dockerfile.Dockerfile;
import plimsoll.dockerfile.DockerfileException;
import plimsoll.dockerfile.Instruction;
import plimsoll.shell.Fragment;
import plimsoll.shell.ShellException;
import plimsoll.shell.Unknowns;

/** Commands in files of lines: Dockerfiles, systemd units, crontabs, fenced code in Markdown. */
final class LineScripts {
  private static final Pattern SETTING = Pattern.compile("[ \\t]*([A-Za-z]+)[ \\t]*=[ \\t]*");
  private static final Pattern SCHEDULE =
      Pattern.compile("[ \\t]*(@[a-z]+|(?:[-0-9*/,A-Za-z]+[ \\t]+){4}[-0-9*/,A-Za-z]+)[ \\t]+");
  private static final Pattern VARIABLE =
      Pattern.compile(
          "[ \\t]*([A-Za-z_][A-Za-z0-9_]*)[ \\t]*=[ \\t]*(?:([\"'])(.*)\\2|(.*?))[ \\t]*");
  private static final Pattern USER =
      Pattern.compile("(?!docker|podman|nerdctl|sudo|cd )([a-z_][a-z0-9_-]*)[ \\t]+(?=\\S)");
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "[\"']([A-Za-z_][A-Za-z0-9_]*)=([^\"']*)[\"']"
              + "|([A-Za-z_][A-Za-z0-9_]*)=(?:\"([^\"]*)\"|'([^']*)'|(\\S*))");
  private static final Pattern FENCE = Pattern.compile("[ \\t]*(`{3,}|~{3,})[ \\t]*(\\S*).*");
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "shell", "console", "zsh", "shell-session", "sh-session", "terminal");

  private static final Set<String> SCRIPTS = Set.of("sh", "bash", "zsh", "shell");

  private final Fragment whole;
  private final RunFinder finder;
  private final Unknowns unknowns;

  LineScripts(Fragment whole, RunFinder finder, Unknowns unknowns) {
    this.whole = whole;
    this.finder = finder;
    this.unknowns = unknowns;
  }

  /** Told of each line, those that continue it included. */
  private interface Lines {
    void line(Fragment line) throws ShellException;
  }

  private void lines(Lines lines) throws ShellException {
    String text = whole.text();
    int next = 0;
    Fragment.Builder line = new Fragment.Builder();
    while (next < text.length()) {
      int end = text.indexOf('\n', next);
      end = end < 0 ? text.length() : end;
      Fragment part = whole.slice(next, end);
      boolean comment = part.text().strip().matches("[#;].*");
      next = end + 1;
      if (comment) {
        // Inside a continued line as well, for Docker and systemd.
        continue;
      }
      String bare = part.text().stripTrailing();
      boolean continued = bare.endsWith("\\");
      line.add(continued ? part.slice(0, bare.length() - 1) : part);
      if (continued) {
        line.add(' ', part.at(bare.length()));
      } else {
        lines.line(line.build());
        line = new Fragment.Builder();
      }
    }
    if (line.length() > 0) {
      lines.line(line.build());
    }
  }

  /**
   * What a Dockerfile runs, with what {@code ARG} and {@code ENV} set.
   *
   * @throws DockerfileException if it is none
   */
  void dockerfile() throws ShellException, DockerfileException {
    Map<String, Fragment> variables = new HashMap<>();
    for (Instruction instruction : Dockerfile.parse(whole).instructions()) {
      switch (instruction.keyword()) {
        case "RUN", "CMD", "ENTRYPOINT" -> {
          Fragment script = instruction.script();
          if (script != null) {
            finder.script(script, variables);
          }
        }
        case "ARG", "ENV" -> assign(instruction.rest(), variables);
        default -> {
          // Runs nothing.
        }
      }
    }
  }

  private static void assign(Fragment text, Map<String, Fragment> variables) {
    Matcher matcher = ASSIGNED.matcher(text.text());
    while (matcher.find()) {
      int name = matcher.group(1) == null ? 3 : 1;
      int value = name + 1;
      while (matcher.group(value) == null) {
        value++;
      }
      variables.put(matcher.group(name), text.slice(matcher.start(value), matcher.end(value)));
    }
  }

  /** {@code Exec...=} in a systemd unit, with what {@code Environment=} sets. */
  void unit() throws ShellException {
    Map<String, Fragment> variables = new HashMap<>();
    lines(line -> {
      Matcher matcher = SETTING.matcher(line.text());
      if (!matcher.lookingAt()) {
        return;
      }
      Fragment rest = line.slice(matcher.end(), line.text().length());
      if (matcher.group(1).equals("Environment")) {
        assign(rest, variables);
      } else if (matcher.group(1).startsWith("Exec")) {
        int from = 0;
        while (from < rest.text().length() && "-@:+!".indexOf(rest.text().charAt(from)) >= 0) {
          from++;
        }
        Fragment command = rest.slice(from, rest.text().length());
        finder.script(
            Templates.fill(
                command, Pattern.compile("%([a-zA-Z])"), Map.of(), unknowns, finder.branches()),
            variables);
      }
    });
  }

  /**
   * The commands of a crontab.
   *
   * @param system whether a user stands before each
   */
  void crontab(boolean system) throws ShellException {
    Map<String, Fragment> variables = new HashMap<>();
    lines(line -> {
      Matcher variable = VARIABLE.matcher(line.text());
      if (variable.matches()) {
        int value = variable.group(3) == null ? 4 : 3;
        variables.put(variable.group(1), line.slice(variable.start(value), variable.end(value)));
        return;
      }
      Matcher matcher = SCHEDULE.matcher(line.text());
      if (matcher.lookingAt()) {
        Fragment command = line.slice(matcher.end(), line.text().length());
        Matcher user = USER.matcher(command.text());
        boolean named = user.lookingAt() && (system || user.group(1).equals("root"));
        finder.script(
            named ? command.slice(user.end(), command.text().length()) : command, variables);
      }
    });
  }

  /** Fenced code of a shell, without prompts; what it prints in between runs nothing. */
  void markdown() throws ShellException {
    String text = whole.text();
    String fence = null;
    boolean shell = false;
    Pattern prompts = FENCE;
    Fragment.Builder code = new Fragment.Builder();
    for (int next = 0; next < text.length(); ) {
      int end = text.indexOf('\n', next);
      end = end < 0 ? text.length() : end + 1;
      Fragment line = whole.slice(next, end);
      Matcher matcher = FENCE.matcher(line.text().stripTrailing());
      if (matcher.matches() && (fence == null || matcher.group(1).startsWith(fence))) {
        if (fence == null) {
          fence = matcher.group(1);
          String language = matcher.group(2).toLowerCase(Locale.ROOT);
          shell = SHELLS.contains(language);
          // A # is root's prompt in what a terminal showed, and begins a comment in a script.
          prompts = Pattern.compile(SCRIPTS.contains(language) ? "[ \\t]*[$>] " : "[ \\t]*[$#>] ");
        } else {
          if (shell) {
            finder.script(code.build(), Map.of());
          }
          code = new Fragment.Builder();
          fence = null;
        }
      } else if (fence != null) {
        Matcher prompt = prompts.matcher(line.text());
        code.add(prompt.lookingAt() ? line.slice(prompt.end(), line.text().length()) : line);
      }
      next = end;
    }
  }
}
