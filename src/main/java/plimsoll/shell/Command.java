package plimsoll.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shell script is made of, as far as it matters for what runs (POSIX.1, bash(1)). */
sealed interface Command {

  /**
   * Words, the first of which is what runs.
   *
   * @param redirects targets of redirections; what is substituted in them runs
   * @param silent whether what it prints goes into a file
   */
  record Simple(
      List<Assignment> assignments,
      List<ShellWord> words,
      List<ShellWord> redirects,
      List<Here> heres,
      boolean silent)
      implements Command {}

  /** One after the other. */
  record Sequence(List<Command> parts) implements Command {}

  /** Each fed with what the one before it prints. */
  record Pipeline(List<Command> parts) implements Command {}

  /**
   * One of several, or none.
   *
   * @param certain whether one of them runs in any case
   * @param instead whether it runs where what stands before it failed: {@code ||}
   */
  record Branch(List<Command> arms, boolean certain, boolean instead) implements Command {}

  /**
   * Again and again, or never.
   *
   * @param variable what takes on each item; null for a loop that counts nothing
   * @param items null for the arguments of the script or function
   */
  record Loop(@Nullable String variable, @Nullable List<ShellWord> items, Command body)
      implements Command {}

  /** A definition. */
  record Function(String name, Command body) implements Command {}

  /** In a shell of its own: what it sets is lost. */
  record Subshell(Command body) implements Command {}

  /**
   * {@code NAME=VALUE}, {@code NAME+=VALUE}, {@code NAME=(ELEMENT...)}.
   *
   * @param elements null for a value that is no array
   */
  record Assignment(
      String name, boolean append, ShellWord value, @Nullable List<ShellWord> elements) {}

  /** A here-document, whose body comes after its line. */
  final class Here {
    final String delimiter;
    final boolean tabs;

    /** Whether it is taken as it is, nothing in it expanded. */
    final boolean quoted;

    /** What is fed instead of a body: {@code <<< WORD}; null for a body. */
    final @Nullable ShellWord word;

    Fragment body = Fragment.EMPTY;

    Here(String delimiter, boolean tabs, boolean quoted) {
      this.delimiter = delimiter;
      this.tabs = tabs;
      this.quoted = quoted;
      this.word = null;
    }

    Here(ShellWord word) {
      this.delimiter = "";
      this.tabs = false;
      this.quoted = false;
      this.word = word;
    }

    /** The body without the tabs before its lines, where they are no part of it. */
    Fragment text() {
      if (!tabs) {
        return body;
      }
      Fragment.Builder text = new Fragment.Builder();
      boolean begins = true;
      for (int i = 0; i < body.text().length(); i++) {
        char c = body.text().charAt(i);
        if (c != '\t' || !begins) {
          text.add(c, body.at(i));
          begins = c == '\n';
        }
      }
      return text.build();
    }
  }

  /** A word before expansion; {@code start} is its first character's offset in the file. */
  record ShellWord(List<Part> parts, int start) {
    static final ShellWord EMPTY = new ShellWord(List.of(), 0);

    /** Its text, where nothing in it is expanded; null otherwise. */
    @Nullable String literal() {
      StringBuilder text = new StringBuilder();
      for (Part part : parts) {
        if (!(part instanceof Part.Literal literal)) {
          return null;
        }
        text.append(literal.text().text());
      }
      return text.toString();
    }
  }

  /** A part of a word. */
  sealed interface Part {
    /** Whether white space in what it expands to separates no words. */
    boolean quoted();

    /** Text as it is. */
    record Literal(Fragment text, boolean quoted) implements Part {}

    /**
     * {@code $NAME}, {@code ${NAME[INDEX]OPERATOR OPERAND}}.
     *
     * @param index {@code @}, {@code *}, a number, or empty
     * @param operator one of {@code :- - := = :+ + :? ?}, {@code other} for those that change the
     *     text, or empty
     */
    record Variable(
        String name, String index, String operator, ShellWord operand, boolean quoted, int start)
        implements Part {}

    /** {@code $(...)}, backticks, {@code <(...)}. */
    record Substitution(Command body, boolean quoted, int start) implements Part {}

    /** What cannot be told from the text, such as arithmetic. */
    record Opaque(String what, boolean quoted, int start) implements Part {}
  }
}
