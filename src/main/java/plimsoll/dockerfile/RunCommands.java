package plimsoll.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.dockerfile.Verification.Off;
import plimsoll.model.Build;
import plimsoll.shell.Arg;
import plimsoll.shell.CommandListener;
import plimsoll.shell.Fragment;
import plimsoll.shell.Interpreter;
import plimsoll.shell.ShellException;
import plimsoll.shell.Unknowns;

/** What the programs of one {@code RUN} do. */
final class RunCommands {
  /** Programs that look for what they are told, or take it out. */
  static final Pattern LOOKS = Pattern.compile(".*grep|rg|ag|test|\\[");

  private static final Set<String> FETCHERS =
      Set.of("curl", "wget", "fetch", "aria2c", "http", "https", "lwp-request");

  private static final Set<String> APT = Set.of("apt", "apt-get", "aptitude");

  private static final Pattern REPLACES =
      Pattern.compile("(?s).*\\bs([|/#,@!:])(?:(?!\\1).)*\\1(?:(?!\\1).)*NOPASSWD.*");

  private static final Pattern USES_INDEX =
      Pattern.compile("\\binstall|\\bbuild-dep|\\bsource\\b|\\bdownload|\\.sh\\b");

  private final Unknowns unknowns;
  private final Facts facts;
  private final boolean sudoers;
  private final boolean usesIndex;

  private RunCommands(Unknowns unknowns, Facts facts, String script) {
    this.unknowns = unknowns;
    this.facts = facts;
    this.sudoers = script.contains("sudoers") || script.contains("visudo");
    this.usesIndex = USES_INDEX.matcher(script).find();
  }

  /**
   * Takes what a script does.
   *
   * @param values what is set before it starts
   * @throws ShellException if it cannot be read
   */
  static void read(Fragment script, Map<String, Fragment> values, Unknowns unknowns, Facts facts)
      throws ShellException {
    RunCommands commands = new RunCommands(unknowns, facts, script.text());
    Interpreter.follow(
        script,
        values,
        unknowns,
        new CommandListener() {
          @Override
          public void runs(int at, List<Arg> words, boolean executed) {
            commands.command(words, executed);
          }

          @Override
          public void writes(String name, Fragment body, Fragment text) {
            commands.written(name, text);
          }
        });
    Matcher variable = Verification.variables(script.text());
    while (variable.find()) {
      facts.command(
          new Build.Command("export", null, variable.group(), null, null, null),
          script.at(variable.start()));
    }
  }

  private void written(String name, Fragment text) {
    int at = name.contains("sudoers") ? text.text().indexOf("NOPASSWD") : -1;
    if (at >= 0) {
      tell("cat", Fact.SUDO, Modes.line(text.text(), at), text.at(at));
    }
  }

  private void command(List<Arg> words, boolean executed) {
    String program = words.get(0).base();
    if (executed && FETCHERS.contains(program) && words.size() > 1) {
      tell(program, Fact.FETCHED, fetched(words), words.get(0).start());
    }
    Off off = Verification.of(words);
    if (off != null) {
      tell(program, Fact.UNVERIFIED, off.text(), off.offset());
    }
    mode(program, words);
    if (APT.contains(program) && !usesIndex) {
      for (Arg word : words) {
        if (word.text().equals("update")) {
          tell(program, Fact.UPDATES, program + " update", words.get(0).start());
        }
      }
    }
    if (sudoers && !LOOKS.matcher(program).matches()) {
      for (Arg word : words) {
        boolean sed = program.equals("sed") || program.equals("perl");
        if (word.text().contains("NOPASSWD") && (!sed || REPLACES.matcher(word.text()).matches())) {
          tell(
              program,
              Fact.SUDO,
              Modes.line(word.text(), word.text().indexOf("NOPASSWD")),
              word.start());
        }
      }
    }
  }

  private String fetched(List<Arg> words) {
    for (Arg word : words) {
      if (word.text().contains("://")) {
        return words.get(0).base()
            + " "
            + word.text().replaceFirst("://[^/@\\s]*:[^/@\\s]*@", "://***@");
      }
    }
    return words.get(0).base();
  }

  private void mode(String program, List<Arg> words) {
    List<Arg> rest = new ArrayList<>(words.subList(1, words.size()));
    if (program.equals("chmod")) {
      rest.removeIf(word -> word.text().matches("-[RcfvHLP]+|--[a-z-]+"));
      if (!rest.isEmpty()) {
        tell(program, Fact.SETUID, Modes.setuid(rest.get(0).text()), rest.get(0).start());
      }
    } else if (program.equals("install")) {
      for (int i = 0; i < rest.size(); i++) {
        String text = rest.get(i).text();
        boolean apart = text.matches("-[a-zA-Z]*m|--mode") && i + 1 < rest.size();
        String mode =
            apart
                ? rest.get(i + 1).text()
                : text.startsWith("--mode=")
                    ? text.substring(7)
                    : text.matches("-m.+") ? text.substring(2) : "";
        tell(
            program,
            Fact.SETUID,
            Modes.setuid(mode),
            apart ? rest.get(i + 1).start() : rest.get(i).start());
      }
    }
  }

  /** What is told of a command. */
  private enum Fact {
    FETCHED,
    UNVERIFIED,
    SETUID,
    UPDATES,
    SUDO
  }

  private void tell(String program, Fact fact, @Nullable String what, int offset) {
    if (what == null) {
      return;
    }
    String shown = unknowns.shown(what);
    facts.command(
        new Build.Command(
            unknowns.shown(program),
            fact == Fact.FETCHED ? shown : null,
            fact == Fact.UNVERIFIED ? shown : null,
            fact == Fact.SETUID ? shown : null,
            fact == Fact.UPDATES ? shown : null,
            fact == Fact.SUDO ? shown : null),
        offset);
  }
}
