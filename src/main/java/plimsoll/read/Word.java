package plimsoll.read;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a command line, as the program sees it, and where it stands.
 *
 * @param line counted from 1
 * @param column of its first character, counted from 1
 */
public record Word(String text, int line, int column) {

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
}
