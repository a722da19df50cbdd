package plimsoll.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Gap;
import plimsoll.model.Identity;
import plimsoll.model.Origin;
import plimsoll.model.View;
import plimsoll.read.ClientWorld;
import plimsoll.read.CreateRequest;
import plimsoll.read.Dialect;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;
import plimsoll.read.RunLineException;
import plimsoll.read.RunReader;
import plimsoll.read.RunReader.Described;
import plimsoll.read.Word;
import plimsoll.read.Written;
import plimsoll.shell.Unknowns;
import plimsoll.wire.Secrets;

/**
 * Turns a line into the container it would start. What a file leaves open becomes a gap; what the
 * client would refuse is left out and said.
 */
final class LineDescriber {
  private static final Set<RunFlag> PATHS =
      Set.of(RunFlag.VOLUME, RunFlag.MOUNT, RunFlag.TMPFS, RunFlag.DEVICE, RunFlag.WORKDIR);

  /** What is not judged of a privileged container, for it has all of it. */
  private static final Set<RunFlag> HIDDEN = Set.of(RunFlag.CAP_ADD, RunFlag.SECURITY_OPT);

  /** Lists that have one place together. */
  private static final Set<RunFlag> LISTS = Set.of(RunFlag.CAP_ADD, RunFlag.DEVICE);

  /** The paths of mounts that begin with a known folder, and what may be open behind them. */
  private static final Map<RunFlag, Pattern> SOURCES =
      Map.of(
          RunFlag.VOLUME,
          Pattern.compile("^(/[^/:\uE000-\uF8FF]+/[^:]*)(?::[^:]*)?"),
          RunFlag.MOUNT,
          Pattern.compile(
              "\\b(?:source|src)=(/[^/,\uE000-\uF8FF]+/[^,]*)(?:,(?:target|dst|destination)=[^,]*)?"));

  private final SourceFile file;
  private final Unknowns unknowns;
  private final ClientWorld world;
  private final List<String> notes;
  private final Set<String> open = new HashSet<>();

  /** Those of which only the end of a path is open. */
  private final Set<String> ends = new HashSet<>();

  private List<Written> written = List.of();

  /**
   * For a file.
   *
   * @param notes takes what was left out
   */
  LineDescriber(SourceFile file, Unknowns unknowns, ClientWorld world, List<String> notes) {
    this.file = file;
    this.unknowns = unknowns;
    this.world = world;
    this.notes = notes;
  }

  /** The file whose lines are described. */
  SourceFile file() {
    return file;
  }

  /** {@code LINE:COLUMN}, after the file where that is another one. */
  static String place(Word word) {
    return (word.file() == null ? "" : word.file() + ":") + word.line() + ":" + word.column();
  }

  /** The same for a word that says it is of this file and one that leaves that out. */
  private String key(Word word) {
    return key(word.file(), word.line(), word.column());
  }

  private String key(Origin origin) {
    return key(origin.file(), origin.line(), origin.column());
  }

  private String key(@Nullable String other, @Nullable Integer line, @Nullable Integer column) {
    return (other == null ? file.path() : other) + ":" + line + ":" + column;
  }

  /** What stands at a place is known only when it runs. */
  void open(Word word) {
    open.add(key(word));
  }

  /** The line's image, for people. */
  String image(RunLine line) {
    return unknowns.shown(line.image().text());
  }

  /**
   * The container.
   *
   * @param line with a character for each thing the file leaves open
   * @param name for people
   * @param key what stays the same when lines move
   */
  Described describe(RunLine line, String name, String key) {
    Described described = described(resolved(line), name);
    Container container = described.container();
    View<Confinement> view = container.requested();
    List<Gap> gaps = new ArrayList<>(view.gaps());
    for (Map.Entry<String, Origin> origin : view.origins().entrySet()) {
      String place = key(origin.getValue());
      if (open.contains(place)) {
        String pointer = origin.getKey() + (ends.contains(place) ? "/source" : "");
        gaps.add(new Gap(pointer, "what is written there is known only when it runs"));
      }
    }
    Identity identity =
        new Identity("", name, "described", null, container.identity().image(), null, key);
    return new Described(
        new Container(identity, view.withGaps(gaps), null),
        described.volumes(),
        described.program());
  }

  /**
   * A line without what hides other flags of it: with {@code --privileged} nothing else is left to
   * be judged, and an open capability or device leaves its whole list unknown.
   *
   * @return null where nothing is hidden
   */
  static @Nullable RunLine besides(RunLine line) {
    boolean hides = line.flags().stream().anyMatch(given -> HIDDEN.contains(given.flag()));
    List<Given> kept =
        line.flags().stream()
            .filter(given ->
                given.flag() == RunFlag.PRIVILEGED ? !hides : !isOpenBesideKnown(given, line))
            .toList();
    return kept.size() == line.flags().size() ? null : line.with(kept);
  }

  private static boolean isOpenBesideKnown(Given given, RunLine line) {
    return LISTS.contains(given.flag())
        && Unknowns.isIn(given.value())
        && line.all(given.flag()).stream().anyMatch(one -> !Unknowns.isIn(one.value()));
  }

  /** The elements of lists in what was described last, with their places. */
  List<Written> written() {
    return written;
  }

  private Described described(RunLine whole, String name) {
    RunLine line = whole;
    Set<String> replaced = new HashSet<>();
    while (true) {
      try {
        CreateRequest request = CreateRequest.of(line, world);
        written = Written.in(request);
        return RunReader.describe(request, name, null, file.path());
      } catch (RunLineException e) {
        List<Given> kept =
            line.flags().stream().filter(given -> !given.word().equals(e.word())).toList();
        if (kept.size() == line.flags().size()) {
          kept = List.of();
        } else if (open.contains(key(e.word())) && replaced.add(key(e.word()))) {
          kept = replaced(line.flags(), e.word());
        }
        if (!open.contains(key(e.word())) && line.dialect() == Dialect.DOCKER) {
          note(e, line.dialect().toString());
        }
        line = line.with(kept);
      }
    }
  }

  /**
   * The flags with what stands in for those at a word. It comes first: where the same is said once
   * more, and known, that holds.
   */
  private static List<Given> replaced(List<Given> flags, Word word) {
    List<Given> all = new ArrayList<>();
    for (Given given : flags) {
      boolean apart =
          !StandIns.TOGETHER.contains(given.flag())
              || flags.stream()
                  .filter(one -> one.flag() == given.flag())
                  .allMatch(one -> one.word().equals(word));
      if (given.word().equals(word) && apart) {
        StandIns.of(given.flag()).forEach(value -> all.add(new Given(given.flag(), value, word)));
      }
    }
    flags.stream().filter(given -> !given.word().equals(word)).forEach(all::add);
    return all;
  }

  void note(RunLineException e, String program) {
    Word word = e.word();
    notes.add(
        (word.file() == null ? file.path() + ":" : "")
            + place(word)
            + ": not judged, for "
            + program
            + " would refuse it: "
            + unknowns.shown(String.valueOf(e.getMessage())));
  }

  /** The line with something of the right kind for all that is left open. */
  private RunLine resolved(RunLine line) {
    List<Given> flags = new ArrayList<>();
    for (Given given : line.flags()) {
      if (Unknowns.isIn(given.value())) {
        if (!isPlain(given)) {
          open(given.word());
        }
        if (isEnd(given.flag(), given.value())) {
          ends.add(key(given.word()));
        }
        flags.add(new Given(given.flag(), resolved(given.flag(), given.value()), given.word()));
      } else {
        flags.add(given);
      }
    }
    Word image = line.image();
    if (Unknowns.isIn(image.text())) {
      open(image);
    }
    return line.with(
        flags, new Word(unknowns.shown(image.text()), image.line(), image.column(), image.file()));
  }

  /** A variable whose name says of no secret; that its value comes from elsewhere is no finding. */
  private static boolean isPlain(Given given) {
    String name = given.value().split("=", 2)[0];
    return given.flag() == RunFlag.ENV && !Unknowns.isIn(name) && !Secrets.isName(name);
  }

  /**
   * Whether of the path of a mount only the end is open: {@code /lib/modules/$VERSION}, which is in
   * {@code /lib} whatever that is.
   */
  private static boolean isEnd(RunFlag flag, String value) {
    Pattern sources = SOURCES.get(flag);
    Matcher source = sources == null ? null : sources.matcher(value);
    return source != null
        && source.find()
        && Unknowns.isIn(source.group(1))
        && !Unknowns.isIn(value.substring(0, source.start(1)) + value.substring(source.end()));
  }

  private String resolved(RunFlag flag, String value) {
    if (flag.kind() == RunFlag.Kind.SWITCH) {
      return "true";
    }
    if (StandIns.isAnything(flag, value)) {
      return StandIns.of(flag).get(0);
    }
    boolean end = isEnd(flag, value);
    StringBuilder known = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean begins = i == 0 || ":=,".indexOf(value.charAt(i - 1)) >= 0;
      known.append(
          !Unknowns.isOne(c)
              ? String.valueOf(c)
              : flag == RunFlag.ENV || flag == RunFlag.LABEL
                  ? "$" + unknowns.name(c)
                  : begins && PATHS.contains(flag)
                      ? StandIns.PATH
                      : end ? "$" + unknowns.name(c).replaceAll("[:,]+", "_") : "1");
    }
    return known.toString();
  }
}
