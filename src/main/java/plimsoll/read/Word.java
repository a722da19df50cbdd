package plimsoll.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word of a command line, as the program sees it, and where it stands.
 *
 * @param line counted from 1
 * @param column of its first character, counted from 1
 * @param file the file, where that is another than the one that is read; null otherwise
 */
public record Word(String text, int line, int column, @Nullable String file) {
  /** A word of the file that is read. */
  public Word(String text, int line, int column) {
    this(text, line, column, null);
  }

  /** A word that nobody wrote: a default of the program that reads the file. */
  public static Word unwritten(String text) {
    return new Word(text, 0, 0);
  }

  /** Whether somebody wrote it. */
  public boolean isWritten() {
    return line > 0;
  }

  /**
   * Words of an argument vector, standing as if they were written on one line with a space between
   * them.
   */
  public static List<Word> of(List<String> arguments) {
    List<Word> words = new ArrayList<>();
    int column = 1;
    for (String argument : arguments) {
      words.add(new Word(argument, 1, column));
      column += argument.length() + 1;
    }
    return List.copyOf(words);
  }

  /**
   * Words of one simple command line: blanks separate them, single quotes, double quotes and
   * backslashes keep what they would separate. Nothing is expanded.
   *
   * @throws IllegalArgumentException if a quote does not end
   */
  public static List<Word> split(String line) {
    List<Word> words = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int start = -1;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (start >= 0) {
          words.add(new Word(text.toString(), 1, start + 1));
          text.setLength(0);
          start = -1;
        }
        continue;
      }
      start = start < 0 ? i : start;
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        text.append(line.charAt(++i));
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else {
        text.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("the quote " + quote + " does not end: " + line);
    }
    if (start >= 0) {
      words.add(new Word(text.toString(), 1, start + 1));
    }
    return List.copyOf(words);
  }
}
