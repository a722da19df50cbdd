package plimsoll.read;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.read.RunFlag.Kind;

/**
 * The arguments of {@code docker run} or {@code create}: flags, an image, and a command for the
 * container.
 *
 * <p>Flags end at the image; what follows belongs to the container. Values follow the rules of the
 * client's flag library (github.com/spf13/pflag): {@code --name value}, {@code --name=value},
 * {@code -n value}, {@code -nvalue}, {@code -n=value}, switches glued together with a value for the
 * last one.
 */
public final class RunLine {
  private final List<Given> flags;
  private final List<Own> own;
  private final Map<RunFlag, List<Given>> given = new EnumMap<>(RunFlag.class);
  private final Word image;
  private final List<Word> command;
  private final Dialect dialect;
  private final List<Note> notes;

  private RunLine(
      List<Given> flags,
      List<Own> own,
      Word image,
      List<Word> command,
      Dialect dialect,
      List<Note> notes) {
    this.flags = List.copyOf(flags);
    this.own = List.copyOf(own);
    flags.forEach(
        flag -> given.computeIfAbsent(flag.flag().canonical(), f -> new ArrayList<>()).add(flag));
    this.image = image;
    this.command = List.copyOf(command);
    this.dialect = dialect;
    this.notes = List.copyOf(notes);
  }

  /**
   * A flag with its value.
   *
   * @param value {@code true} for a switch without one
   * @param word the word the flag stands in, which is where the value is if it is glued to it
   */
  public record Given(RunFlag flag, String value, Word word) {}

  /** A flag that only the program itself has, with its value; {@code true} for a switch. */
  public record Own(String name, String value, Word word) {}

  /** Something to know about a word, which is no mistake. */
  public record Note(Word word, String text) {}

  /**
   * Reads arguments of docker's client.
   *
   * @param arguments the words after {@code run}
   * @throws RunLineException if the client would refuse them
   */
  public static RunLine parse(List<Word> arguments) throws RunLineException {
    return parse(arguments, Dialect.DOCKER);
  }

  /**
   * Reads arguments.
   *
   * @param arguments the words after {@code run}
   * @param dialect whose arguments they are
   * @throws RunLineException if that program would refuse them
   */
  public static RunLine parse(List<Word> arguments, Dialect dialect) throws RunLineException {
    Reader reader = new Reader(arguments, dialect);
    reader.read();
    return new RunLine(
        reader.flags, reader.own, reader.image(), reader.rest(), dialect, reader.notes);
  }

  /** A line that was written in another form, such as a compose file. */
  static RunLine of(List<Given> flags, Word image, List<Word> command) {
    return new RunLine(flags, List.of(), image, command, Dialect.DOCKER, List.of());
  }

  /** The same line with other flags. */
  public RunLine with(List<Given> others) {
    return new RunLine(others, own, image, command, dialect, notes);
  }

  /** The same line with other flags and another image. */
  public RunLine with(List<Given> others, Word otherImage) {
    return new RunLine(others, own, otherImage, command, dialect, notes);
  }

  /** Every flag, in order. */
  public List<Given> flags() {
    return flags;
  }

  /** Every flag of the program's own, in order. */
  public List<Own> own() {
    return own;
  }

  /** Whether a switch was given and is on. */
  public boolean isOn(RunFlag flag) {
    Given last = last(flag);
    return last != null && isTrue(last.value());
  }

  /** Whose line it is. */
  public Dialect dialect() {
    return dialect;
  }

  /** Flags that not every client or engine takes. */
  public List<Note> notes() {
    return notes;
  }

  /** The image. */
  public Word image() {
    return image;
  }

  /** What follows the image. */
  public List<Word> command() {
    return command;
  }

  /** A flag's occurrences, aliases included, in order. */
  public List<Given> all(RunFlag flag) {
    return given.getOrDefault(flag, List.of());
  }

  /** The occurrence of a flag that counts; null if it was not given. */
  public @Nullable Given last(RunFlag flag) {
    List<Given> all = all(flag);
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  private static final class Reader {
    private final List<Word> words;
    private final Dialect dialect;
    private final List<Given> flags = new ArrayList<>();
    private final List<Own> own = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private int next;

    Reader(List<Word> words, Dialect dialect) {
      this.words = words;
      this.dialect = dialect;
    }

    void read() throws RunLineException {
      while (next < words.size()) {
        Word word = words.get(next);
        String text = word.text();
        if (text.equals("--")) {
          next++;
          return;
        }
        if (!text.startsWith("-") || text.equals("-")) {
          return;
        }
        next++;
        if (text.startsWith("--")) {
          longFlag(word);
        } else {
          shortFlags(word);
        }
      }
    }

    Word image() throws RunLineException {
      if (next >= words.size()) {
        Word last = words.isEmpty() ? new Word("", 1, 1) : words.get(words.size() - 1);
        throw new RunLineException(last, "requires at least 1 argument: the image is missing");
      }
      return words.get(next);
    }

    List<Word> rest() {
      return words.subList(next + 1, words.size());
    }

    private void longFlag(Word word) throws RunLineException {
      String text = word.text().substring(2);
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      if (name.isEmpty() || name.startsWith("-")) {
        throw new RunLineException(word, "bad flag syntax: " + word.text());
      }
      Kind kind = dialect.ownFlag(name).orElse(null);
      if (kind != null) {
        String value =
            equals >= 0
                ? text.substring(equals + 1)
                : kind == Kind.SWITCH
                    ? "true"
                    : nextWord(word, "flag needs an argument: --" + name);
        own.add(new Own(name, value, word));
        notes.add(new Note(word, "--" + name + " is " + dialect + "'s own, and is not judged"));
        return;
      }
      RunFlag flag =
          RunFlag.named(name)
              .orElseThrow(() -> new RunLineException(word, "unknown flag: --" + name));
      if (equals >= 0) {
        add(flag, text.substring(equals + 1), word);
      } else if (flag.kind() == Kind.SWITCH) {
        add(flag, "true", word);
      } else {
        add(flag, nextWord(word, "flag needs an argument: --" + name), word);
      }
    }

    private void shortFlags(Word word) throws RunLineException {
      String text = word.text();
      for (int i = 1; i < text.length(); i++) {
        char letter = text.charAt(i);
        RunFlag flag =
            RunFlag.lettered(letter)
                .orElseThrow(() ->
                    new RunLineException(
                        word, "unknown shorthand flag: '" + letter + "' in " + text));
        String rest = text.substring(i + 1);
        if (rest.length() > 1 && rest.startsWith("=")) {
          add(flag, rest.substring(1), word);
          return;
        }
        if (flag.kind() != Kind.SWITCH) {
          add(
              flag,
              rest.isEmpty()
                  ? nextWord(word, "flag needs an argument: '" + letter + "' in " + text)
                  : rest,
              word);
          return;
        }
        add(flag, "true", word);
      }
    }

    private String nextWord(Word word, String otherwise) throws RunLineException {
      if (next >= words.size()) {
        throw new RunLineException(word, otherwise);
      }
      return words.get(next++).text();
    }

    private void add(RunFlag flag, String value, Word word) throws RunLineException {
      if (flag.kind() == Kind.SWITCH && !isTruth(value)) {
        throw new RunLineException(
            word,
            "invalid argument \"" + value + "\" for \"" + flag + "\" flag: neither true nor false");
      }
      flag.note().ifPresent(text -> notes.add(new Note(word, flag + ": " + text)));
      flags.add(new Given(flag, value, word));
    }
  }

  /** What Go's strconv.ParseBool takes. */
  private static boolean isTruth(String value) {
    return isTrue(value)
        || switch (value) {
          case "0", "f", "F", "false", "FALSE", "False" -> true;
          default -> false;
        };
  }

  /** Whether a switch's value means yes. */
  static boolean isTrue(String value) {
    return switch (value) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      default -> false;
    };
  }
}
