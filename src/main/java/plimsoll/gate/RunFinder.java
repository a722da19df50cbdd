package plimsoll.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.read.Dialect;
import plimsoll.shell.Arg;
import plimsoll.shell.CommandListener;
import plimsoll.shell.Fragment;
import plimsoll.shell.Interpreter;
import plimsoll.shell.ShellException;
import plimsoll.shell.Unknowns;

/** Finds the commands of a script that start a container. */
final class RunFinder {
  /** What variables are called that hold the name of an engine's client. */
  private static final Pattern CLIENT =
      Pattern.compile(
          "(?i)(?!.*(compose|exec|build|scan|dockerize|slim|lint|image|registry|network|volume|name"
              + "|file|tag|args|opts|options|flags|version)).*(docker|podman|nerdctl|engine|container|oci|runtime|\\bcri|\\bctr).*");

  /** Programs that print their arguments, or look for them. */
  private static final Pattern PRINTS =
      Pattern.compile(
          "(?i)echo|printf|.*print.*|cat|.*log.*|info|.*warn.*|.*err(or)?|die|.*fail.*|msg|.*message.*"
              + "|note|say|help|usage|.*debug.*|announce|.*grep|rg|ag|sed|awk|test|\\[|comment|describe"
              + "|which|type|hash|whereis|alias|pkill|pgrep|kill(all)?|man|git|read|.*assert.*"
              + "|.*output.*|contains|section|title|banner|header|step|display|show.*|notify|find"
              + "|exit|return|export|local|declare|readonly|set|let|expr|jq|yq|diff|complete|compgen"
              + "|command_exists|has|exists|require.*|check_.*|bold|red|green|yellow|blue|logger|tput"
              + "|:|true|false|mkdir|rm|cp|mv|ln|ls|touch|chmod|chown|apt(-get)?|yum|dnf|apk|brew|pip3?"
              + "|npm|snap|systemctl|service|docker|podman|nerdctl|docker-compose|ctr|crictl|buildah"
              + "|kubectl|oc|helm|vagrant|node|python[0-9.]*|ruby|perl|php|java|go");

  /** Clients by other names. */
  private static final Map<String, String> ALSO_CALLED =
      Map.of(
          "nvidia-docker", "docker",
          "nvidia-docker2", "docker",
          "docker.io", "docker",
          "podman-remote", "podman");

  /** Options before {@code run} that take a value in a word of their own. */
  private static final Set<String> GLOBAL_VALUES =
      Set.of(
          "--config",
          "-c",
          "--context",
          "-H",
          "--host",
          "-l",
          "--log-level",
          "--tlscacert",
          "--tlscert",
          "--tlskey",
          "--cgroup-manager",
          "--conmon",
          "--connection",
          "--events-backend",
          "--hooks-dir",
          "--identity",
          "--imagestore",
          "--module",
          "--network-cmd-path",
          "--network-config-dir",
          "-n",
          "--namespace",
          "--out",
          "--root",
          "--runroot",
          "--runtime",
          "--runtime-flag",
          "--ssh",
          "--storage-driver",
          "--storage-opt",
          "--tmpdir",
          "--url",
          "--volumepath",
          "-a",
          "--address",
          "--snapshotter",
          "--cni-path",
          "--cni-netconfpath",
          "--data-root",
          "--hosts-dir");

  /** Options of compose itself that take a value in a word of their own, but for -f. */
  private static final Set<String> COMPOSE_VALUES =
      Set.of(
          "-p",
          "--project-name",
          "--project-directory",
          "--profile",
          "--env-file",
          "--ansi",
          "--progress",
          "--parallel",
          "--context",
          "-c",
          "-H",
          "--host",
          "--log-level",
          "--podman-args");

  /** Compose files that one script writes; each is as long as the script up to its end. */
  private static final int MAX_WRITTEN = 50;

  private final SourceFile file;
  private final Unknowns unknowns;
  private final RepositoryWorld world;
  private final Branches branches = new Branches();
  private final List<FoundRun> found = new ArrayList<>();
  private final Set<List<String>> composeFiles = new LinkedHashSet<>();
  private final Set<Integer> documents = new HashSet<>();
  private final List<SourceFile> written = new ArrayList<>();

  RunFinder(SourceFile file, Unknowns unknowns, RepositoryWorld world) {
    this.file = file;
    this.unknowns = unknowns;
    this.world = world;
  }

  /**
   * Looks through a script.
   *
   * @param variables what is set before it starts
   * @throws ShellException if it cannot be read
   */
  void script(Fragment script, Map<String, Fragment> variables) throws ShellException {
    script(script, variables, -1);
  }

  /**
   * The same of one that stands at an offset, wherever its text comes from; -1 for where that is.
   */
  void script(Fragment script, Map<String, Fragment> variables, int place) throws ShellException {
    Interpreter.follow(
        script,
        variables,
        unknowns,
        new CommandListener() {
          @Override
          public void runs(int at, List<Arg> words, boolean executed) {
            command(place < 0 ? at : place, words);
          }

          @Override
          public @Nullable Fragment sourced(String path) {
            return takeIn(path);
          }

          @Override
          public void writes(String name, Fragment body, Fragment text) throws ShellException {
            if (documents.add(body.at(0))
                && !WrittenFile.commands(name, text, RunFinder.this, unknowns)) {
              SourceFile compose = WrittenFile.compose(file, body, !body.equals(text));
              if (compose != null && written.size() >= MAX_WRITTEN) {
                throw new ShellException("it writes too many compose files", body.at(0));
              }
              if (compose != null) {
                written.add(compose);
              }
            }
          }
        });
  }

  /** Another file that this one takes in, by what it is called here; null where there is none. */
  @Nullable Fragment takeIn(String path) {
    SourceFile other = world.script(path);
    return other == null || other.path().equals(file.path()) ? null : file.takeIn(other);
  }

  /** What is there on a branch only, though the scripts themselves do not tell. */
  Branches branches() {
    return branches;
  }

  /** What was found so far, in the order it would run. */
  List<FoundRun> found() {
    return found;
  }

  /** Compose files that a command names together, in its order. */
  Set<List<String>> composeFiles() {
    return composeFiles;
  }

  /** Compose files that it writes. */
  List<SourceFile> written() {
    return written;
  }

  /** {@code docker compose -f A -f B ...}. */
  private void compose(List<Arg> words) {
    boolean apart = words.get(0).base().matches("docker-compose|podman-compose");
    if (!apart && (client(words.get(0)) == null || words.size() < 2)) {
      return;
    }
    int next = apart ? 1 : afterOptions(words, 1);
    if (!apart && (next >= words.size() || !words.get(next).text().equals("compose"))) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (int i = apart ? next : next + 1; i < words.size(); i++) {
      String text = words.get(i).text();
      if (!text.startsWith("-") && !words.get(i).loose()) {
        break;
      }
      boolean named = text.equals("-f") || text.equals("--file");
      if (named && i + 1 < words.size()) {
        names.add(words.get(i + 1).text());
      } else if (text.startsWith("--file=") || text.matches("-f.+")) {
        names.add(text.replaceFirst("^--file=|^-f=?", ""));
      }
      i += named || COMPOSE_VALUES.contains(text) ? 1 : 0;
    }
    if (names.size() > 1) {
      composeFiles.add(names);
    }
  }

  private void command(int at, List<Arg> words) {
    compose(words);
    FoundRun run = run(at, words);
    if (run == null && words.size() > 2 && !PRINTS.matcher(words.get(0).base()).matches()) {
      // A program or function of another file that runs its arguments: retry 3 docker run ...
      int own = 1;
      while (own < words.size() - 1 && words.get(own).text().matches("-.*|[0-9.]+[smhd]?")) {
        own++;
      }
      if (client(words.get(own)) != null && !Unknowns.isIn(words.get(own).text())) {
        run = run(at, words.subList(own, words.size()));
      }
    }
    if (run != null) {
      for (List<Arg> arguments : Variants.of(run.arguments())) {
        found.add(
            new FoundRun(file, run.dialect(), run.start(), run.elsewhere(), arguments, unknowns));
      }
    }
  }

  private @Nullable FoundRun run(int at, List<Arg> words) {
    Dialect dialect = client(words.get(0));
    if (dialect == null) {
      return null;
    }
    int next = afterOptions(words, 1);
    if (next < words.size() && words.get(next).text().equals("container")) {
      next = afterOptions(words, next + 1);
    }
    if (next >= words.size() || !List.of("run", "create").contains(words.get(next).text())) {
      return null;
    }
    List<Arg> arguments =
        words.subList(next + 1, words.size()).stream()
            .map(word -> branches.isBranch(word.start()) ? word.onBranch() : word)
            .toList();
    if (arguments.isEmpty()) {
      return null;
    }
    int start = start(at, words.get(0), words.get(next));
    boolean elsewhere = !file.isHere(start);
    if (elsewhere) {
      // In a file that is taken in: that is judged by itself, but for what is handed to it here.
      start = arguments.stream().mapToInt(Arg::start).filter(file::isHere).findFirst().orElse(-1);
    }
    return start < 0 ? null : new FoundRun(file, dialect, start, elsewhere, arguments, unknowns);
  }

  /** Where it stands: at the client's name, unless that comes from elsewhere. */
  private int start(int at, Arg client, Arg verb) {
    boolean together =
        file.isHere(client.start()) && file.line(client.start()) == file.line(verb.start());
    return together ? client.start() : file.isHere(verb.start()) ? verb.start() : at;
  }

  private static int afterOptions(List<Arg> words, int from) {
    int next = from;
    while (next < words.size()
        && (words.get(next).text().startsWith("-") || words.get(next).loose())) {
      next += GLOBAL_VALUES.contains(words.get(next).text()) ? 2 : 1;
    }
    return next;
  }

  /** Whose client a word is; null for none. */
  private @Nullable Dialect client(Arg word) {
    String text = word.text();
    if (text.length() == 1 && Unknowns.isOne(text.charAt(0))) {
      String name = unknowns.name(text.charAt(0));
      return !CLIENT.matcher(name).matches()
          ? null
          : name.toLowerCase(java.util.Locale.ROOT).contains("podman")
              ? Dialect.PODMAN
              : Dialect.DOCKER;
    }
    String base = word.base().replaceFirst("\\.exe$", "");
    Optional<Dialect> dialect = Dialect.ofProgram(ALSO_CALLED.getOrDefault(base, base));
    return dialect.filter(one -> one != Dialect.SECURE_RUN).orElse(null);
  }
}
