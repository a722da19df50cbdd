package plimsoll.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import plimsoll.read.ClientWorld;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLineException;
import plimsoll.read.RunReader.Described;
import plimsoll.read.Word;
import plimsoll.shell.Arg;
import plimsoll.shell.Unknowns;

/** Turns the words of a run that was found into a line, and that into a container. */
final class RunDescriber {
  private static final String NO_IMAGE = "an image not named here";
  private static final int MAX_TRIES = 1000;

  private static final Pattern OPTIONS =
      Pattern.compile(
          "(?i).*(opt|arg|flag|param|extra|env|mount|vol|port|gpu|tty|limit|device|label|cap).*");

  /** {@code --privileged=$X}: of flags with other values this changes nothing that is judged. */
  private static final Pattern SWITCHED =
      Pattern.compile(
          "^(--(?:privileged|read-only|init|oom-kill-disable|publish-all|rm))=[\uE000-\uF8FF]+$");

  private static final Pattern IMAGES = Pattern.compile("(?i).*(ima?ge?|tag|repo|registry).*");

  private final FoundRun run;
  private final LineDescriber describer;
  private final Map<String, String> remarks = new HashMap<>();

  private RunDescriber(FoundRun run, ClientWorld world, List<String> notes) {
    this.run = run;
    this.describer = new LineDescriber(run.file(), run.unknowns(), world, notes);
  }

  /**
   * The container, and the same without what hides some of its flags.
   *
   * @param image what it is called by, the same for all values of one run
   * @param ordinal which of those with the same image in the file it is, for its key
   * @param notes takes what was left out
   */
  static List<FoundContainer> describe(
      FoundRun run, ClientWorld world, String image, int ordinal, List<String> notes) {
    RunDescriber describer = new RunDescriber(run, world, notes);
    RunLine line = describer.line();
    RunLine besides = LineDescriber.besides(line);
    FoundContainer found = describer.describe(line, image, ordinal, false);
    return besides == null
        ? List.of(found)
        : List.of(found, describer.describe(besides, image, ordinal, true));
  }

  /** The image as the file has it, for ordinals. */
  static String image(FoundRun run, ClientWorld world) {
    RunDescriber describer = new RunDescriber(run, world, new ArrayList<>());
    return describer.describer.image(describer.line());
  }

  private FoundContainer describe(RunLine line, String image, int ordinal, boolean beside) {
    SourceFile file = run.file();
    int runLine = file.line(run.start());
    Described described =
        describer.describe(
            line,
            name(line, image + " (" + file.path() + ":" + runLine + ")"),
            "run " + file.path() + " " + image + " #" + ordinal);
    return new FoundContainer(
        described.container(),
        described.volumes(),
        file,
        runLine,
        file.column(run.start()),
        lastLine(),
        describer.written(),
        beside,
        remarks);
  }

  /** What the container is called, where that is known. */
  private static String name(RunLine line, String otherwise) {
    RunLine.Given name = line.last(RunFlag.NAME);
    return name == null || Unknowns.isIn(name.value()) ? otherwise : name.value();
  }

  /** The last of the lines on which it stands without a gap. */
  private int lastLine() {
    SourceFile file = run.file();
    int last = file.line(run.start());
    while (file.lineText(last).stripTrailing().endsWith("\\")) {
      last++;
    }
    TreeSet<Integer> lines = new TreeSet<>();
    run.arguments().stream()
        .filter(argument -> file.isHere(argument.start()))
        .forEach(argument -> lines.add(file.line(argument.start())));
    while (lines.contains(last + 1)) {
      last++;
    }
    return last;
  }

  private RunLine line() {
    List<Word> words = words();
    // Each time around a word goes, or the image comes; should neither help, there is no more to
    // say.
    for (int tries = 0; ; tries++) {
      if (tries > MAX_TRIES) {
        words = new ArrayList<>(List.of(Word.unwritten(NO_IMAGE)));
      }
      try {
        return RunLine.parse(words, run.dialect());
      } catch (RunLineException e) {
        int at = words.indexOf(e.word());
        boolean unknown = String.valueOf(e.getMessage()).startsWith("unknown");
        if (at < 0 || !(unknown || words.get(at).text().startsWith("-"))) {
          words.add(Word.unwritten(NO_IMAGE));
        } else if (String.valueOf(e.getMessage()).contains("image is missing")
            || String.valueOf(e.getMessage()).contains("needs an argument")) {
          words.add(Word.unwritten(NO_IMAGE));
        } else {
          describer.note(e, run.dialect().toString());
          words.remove(at);
          // A flag of a newer client may take a value.
          if (unknown && words.size() > at + 1 && !words.get(at).text().startsWith("-")) {
            words.remove(at);
          }
        }
      }
    }
  }

  private List<Word> words() {
    List<Word> words = new ArrayList<>();
    List<Arg> arguments = run.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      Arg argument = arguments.get(i);
      boolean value = i > 0 && takesNext(arguments.get(i - 1).text());
      if (argument.loose()
          && !value
          && isOptions(argument, arguments.subList(i + 1, arguments.size()))) {
        continue;
      }
      // A switch may be on.
      String text = SWITCHED.matcher(argument.text()).replaceFirst("$1=true");
      // What stands where the client is called is found there.
      Word word =
          run.elsewhere() && !run.file().isHere(argument.start())
              ? Word.unwritten(text)
              : run.file().word(text, argument.start());
      words.add(word);
      if (!text.equals(argument.text())) {
        describer.open(word);
      }
      if (argument.maybe()) {
        remarks.put(LineDescriber.place(word), "on a branch only");
      }
    }
    return words;
  }

  /** Whether a word is a flag whose value is the next word. */
  private static boolean takesNext(String word) {
    Optional<RunFlag> flag =
        word.startsWith("--")
            ? RunFlag.named(word.substring(2))
            : word.matches("-[a-zA-Z]+")
                ? RunFlag.lettered(word.charAt(word.length() - 1))
                : Optional.empty();
    return flag.isPresent() && flag.get().kind() != RunFlag.Kind.SWITCH;
  }

  /** Whether something of which only the name is known is options, not the image. */
  private boolean isOptions(Arg argument, List<Arg> rest) {
    String name = run.unknowns().name(argument.text().charAt(0));
    if (name.equals("@") || name.equals("*")) {
      return true;
    }
    if (IMAGES.matcher(name).matches()) {
      return false;
    }
    boolean flagFollows = !rest.isEmpty() && rest.get(0).text().startsWith("-");
    return OPTIONS.matcher(name).matches()
        || (flagFollows && rest.stream().skip(1).anyMatch(word -> !word.text().startsWith("-")));
  }
}
