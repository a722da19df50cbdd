package plimsoll.shell;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Command.Part.Substitution;
import plimsoll.shell.Command.ShellWord;

/** Programs that run another one: what it is, with the words before it taken off. */
final class Wrappers {
  private Wrappers() {}

  /** Of each program the options that take a value in a word of their own. */
  private static final Map<String, Set<String>> OPTIONS =
      Map.ofEntries(
          Map.entry(
              "sudo",
              Set.of(
                  "-u",
                  "-g",
                  "-h",
                  "-p",
                  "-C",
                  "-r",
                  "-t",
                  "-T",
                  "-U",
                  "-D",
                  "-R",
                  "--user",
                  "--group",
                  "--host",
                  "--prompt",
                  "--chdir",
                  "--chroot",
                  "--close-from")),
          Map.entry("doas", Set.of("-u", "-C")),
          Map.entry("env", Set.of("-u", "-C", "--unset", "--chdir")),
          Map.entry("exec", Set.of("-a")),
          Map.entry("command", Set.of()),
          Map.entry("builtin", Set.of()),
          Map.entry("nohup", Set.of()),
          Map.entry("setsid", Set.of()),
          Map.entry("unbuffer", Set.of()),
          Map.entry("time", Set.of("-f", "-o", "--format", "--output")),
          Map.entry("sshpass", Set.of("-p", "-f", "-d", "-P")),
          Map.entry("screen", Set.of("-S", "-dmS", "-c", "-t", "-T", "-h", "-p")),
          Map.entry("nice", Set.of("-n", "--adjustment")),
          Map.entry("ionice", Set.of("-c", "-n", "-p")),
          Map.entry("stdbuf", Set.of("-i", "-o", "-e")),
          Map.entry("timeout", Set.of("-k", "-s", "--kill-after", "--signal")),
          Map.entry("taskset", Set.of()),
          Map.entry("chroot", Set.of()),
          Map.entry("caffeinate", Set.of("-t", "-w")),
          Map.entry("winpty", Set.of()),
          Map.entry(
              "systemd-run",
              Set.of(
                  "-p",
                  "-u",
                  "-M",
                  "-H",
                  "-E",
                  "-G",
                  "--unit",
                  "--property",
                  "--slice",
                  "--uid",
                  "--gid",
                  "--setenv")),
          Map.entry("flock", Set.of("-w", "-E", "--timeout", "--conflict-exit-code")),
          Map.entry("xargs", Set.of("-I", "-n", "-P", "-L", "-d", "-a", "-s", "-E")));

  /** Of those that take something of their own before the program, how many words. */
  private static final Map<String, Integer> OWN =
      Map.of("timeout", 1, "taskset", 1, "chroot", 1, "flock", 1);

  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh", "ksh");

  /** Programs that run what they read, where no argument names a file. */
  private static final Pattern INTERPRETERS =
      Pattern.compile("python[0-9.]*|perl|ruby|node|php|lua|Rscript");

  private static final Set<String> SSH_VALUES =
      Set.of(
          "-B", "-b", "-c", "-D", "-E", "-e", "-F", "-I", "-i", "-J", "-L", "-l", "-m", "-O", "-o",
          "-p", "-Q", "-R", "-S", "-W", "-w");

  private static final Set<String> TMUX_VALUES =
      Set.of("-s", "-n", "-c", "-t", "-F", "-x", "-y", "-e", "-l");

  private static final Set<String> STDIN =
      Set.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

  /**
   * What runs in the end.
   *
   * @param words the program and its arguments; empty for none
   * @param script what a shell is given to run instead; null for none
   * @param here whether it runs in the same shell
   * @param reads whether a shell runs what it is fed
   */
  record Inner(List<Arg> words, @Nullable Fragment script, boolean here, boolean reads) {}

  private static Inner words(List<Arg> words) {
    return new Inner(words, null, false, false);
  }

  private static Inner script(Fragment script, boolean here) {
    return new Inner(List.of(), script, here, false);
  }

  static Inner unwrap(List<Arg> words) {
    List<Arg> rest = words;
    // A file does not wrap a wrapper forever.
    for (int i = 0; i < 20 && !rest.isEmpty(); i++) {
      String base = rest.get(0).base();
      if (base.matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
        rest = rest.subList(1, rest.size());
        continue;
      }
      if (SHELLS.contains(base)) {
        return shell(rest);
      }
      switch (base) {
        case "eval" -> {
          return script(joined(rest.subList(1, rest.size())), true);
        }
        case "trap" -> {
          return rest.size() > 2 ? script(rest.get(1).fragment(), false) : words(List.of());
        }
        case "su", "script", "runuser", "sg", "vagrant", "gcloud" -> {
          return withCommandOption(rest);
        }
        case "newgrp" -> {
          return new Inner(List.of(), null, false, true);
        }
        case "docker-machine", "minikube", "colima", "multipass", "lxc", "incus" -> {
          return remote(rest);
        }
        case "find" -> {
          return found(rest);
        }
        case "tmux" -> {
          return rest.size() > 2
                  && rest.get(1).text().matches("new(-session|-window)?|split-window")
              ? script(joined(afterOptions(rest.subList(1, rest.size()), TMUX_VALUES)), false)
              : words(List.of());
        }
        case "xterm", "gnome-terminal", "konsole" -> {
          return terminal(rest);
        }
        case "ssh" -> {
          return ssh(rest);
        }
        case "watch" -> {
          return script(joined(afterOptions(rest, Set.of("-n", "--interval"))), false);
        }
        default -> {
          Set<String> values = OPTIONS.get(base);
          if (values == null) {
            return words(rest);
          }
          if (base.equals("command") && rest.size() > 1 && rest.get(1).text().matches("-[vV]+")) {
            return words(List.of());
          }
          rest = afterOptions(rest, values);
          rest = rest.subList(Math.min(OWN.getOrDefault(base, 0), rest.size()), rest.size());
        }
      }
    }
    return words(rest);
  }

  /** Whether a program, itself or by what it wraps, runs what it reads. */
  static boolean runsInput(List<Arg> words) {
    if (words.isEmpty()) {
      return false;
    }
    Inner inner = unwrap(words);
    List<Arg> rest = inner.words();
    return inner.reads()
        || (!rest.isEmpty()
            && INTERPRETERS.matcher(rest.get(0).base()).matches()
            && (rest.size() == 1
                || rest.stream().skip(1).anyMatch(word -> STDIN.contains(word.text()))
                // php -- --install-dir=bin
                || (rest.get(0).base().startsWith("php") && rest.get(1).text().equals("--"))));
  }

  /**
   * Whether a command runs what another prints: {@code sh -c "$(...)"}, {@code bash <(...)}, {@code
   * eval "$(...)"}.
   */
  static boolean runsSubstituted(List<ShellWord> words) {
    for (int i = 0; i < words.size(); i++) {
      String text = words.get(i).literal();
      if (text == null) {
        return false;
      }
      String base = text.substring(text.lastIndexOf('/') + 1);
      boolean runner =
          SHELLS.contains(base)
              || Set.of("eval", "source", ".").contains(text)
              || INTERPRETERS.matcher(base).matches();
      if (!runner) {
        continue;
      }
      for (ShellWord word : words.subList(i + 1, words.size())) {
        String option = word.literal();
        if (option == null) {
          return !word.parts().isEmpty() && word.parts().get(0) instanceof Substitution;
        }
        if (!option.matches("[-+].*") || option.matches("-[a-z]*s")) {
          return false;
        }
      }
    }
    return false;
  }

  /** What follows a program and its options. */
  private static List<Arg> afterOptions(List<Arg> words, Set<String> values) {
    int next = 1;
    while (next < words.size()) {
      String text = words.get(next).text();
      if (text.equals("--")) {
        next++;
        break;
      }
      boolean option = text.startsWith("-") && text.length() > 1;
      if (!option && !text.matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
        break;
      }
      next += values.contains(text) ? 2 : 1;
    }
    return words.subList(Math.min(next, words.size()), words.size());
  }

  private static Inner shell(List<Arg> words) {
    for (int i = 1; i < words.size(); i++) {
      String text = words.get(i).text();
      if (text.matches("-[a-zA-Z]*c[a-zA-Z]*")) {
        int at = i + 1;
        while (at < words.size() && words.get(at).text().startsWith("-")) {
          at++;
        }
        return at < words.size() ? script(words.get(at).fragment(), false) : words(List.of());
      }
      if (text.equals("-s")) {
        break;
      }
      if (text.equals("-o") || text.equals("+o") || text.equals("-O")) {
        i++;
      } else if (STDIN.contains(text)) {
        break;
      } else if (!text.startsWith("-") && !text.startsWith("+")) {
        // A script of another file.
        return words(List.of());
      }
    }
    return new Inner(List.of(), null, false, true);
  }

  /** {@code docker-machine ssh NAME COMMAND}, {@code lxc exec NAME -- COMMAND}. */
  private static Inner remote(List<Arg> words) {
    if (words.size() < 3 || !List.of("ssh", "exec").contains(words.get(1).text())) {
      return words(List.of());
    }
    List<Arg> rest = afterOptions(words.subList(1, words.size()), Set.of("-p", "--profile"));
    boolean named = !words.get(0).base().matches("minikube|colima");
    if (named && !rest.isEmpty()) {
      rest = afterOptions(rest, Set.of());
    }
    if (rest.isEmpty()) {
      return words(List.of());
    }
    return words.get(1).text().equals("ssh") ? script(joined(rest), false) : unwrap(rest);
  }

  /** {@code find ... -exec COMMAND ;}. */
  private static Inner found(List<Arg> words) {
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i).text().matches("-(exec|execdir|ok|okdir)")) {
        int end = i + 1;
        while (end < words.size() && !words.get(end).text().matches("[;+]")) {
          end++;
        }
        return unwrap(words.subList(i + 1, end));
      }
    }
    return words(List.of());
  }

  private static Inner terminal(List<Arg> words) {
    for (int i = 1; i < words.size() - 1; i++) {
      if (words.get(i).text().matches("-e|-x|--")) {
        List<Arg> rest = words.subList(i + 1, words.size());
        return rest.size() == 1 ? script(rest.get(0).fragment(), false) : unwrap(rest);
      }
    }
    return words(List.of());
  }

  /** The last one counts: {@code script -c /bin/sh -c COMMAND}. */
  private static Inner withCommandOption(List<Arg> words) {
    for (int i = words.size() - 1; i > 0; i--) {
      String text = words.get(i).text();
      if ((text.matches("-[a-zA-Z]*c") || text.equals("--command")) && i + 1 < words.size()) {
        return script(words.get(i + 1).fragment(), false);
      }
      if (text.startsWith("--command=")) {
        Fragment whole = words.get(i).fragment();
        return script(whole.slice("--command=".length(), text.length()), false);
      }
    }
    return words(List.of());
  }

  private static Inner ssh(List<Arg> words) {
    List<Arg> rest = afterOptions(words, SSH_VALUES);
    List<Arg> remote = rest.isEmpty() ? rest : rest.subList(1, rest.size());
    return remote.isEmpty() || unwrap(remote).reads()
        ? new Inner(List.of(), null, false, true)
        : script(joined(remote), false);
  }

  private static Fragment joined(List<Arg> words) {
    Fragment.Builder text = new Fragment.Builder();
    for (Arg word : words) {
      if (text.length() > 0) {
        text.add(' ', word.start());
      }
      text.add(word.fragment());
    }
    return text.build();
  }
}
