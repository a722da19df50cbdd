package plimsoll.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * What a file leaves open, each a character of its own from the private use area, so that text
 * around it stays text.
 */
public final class Unknowns {
  private static final char FIRST = '\uE000';
  private static final char LAST = '\uF8FF';

  private final List<String> names = new ArrayList<>();

  /** Text in which no character is taken for one of these. */
  public static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isOne(text.charAt(i))) {
        return text.replaceAll("[\uE000-\uF8FF]", "?");
      }
    }
    return text;
  }

  /** Whether a character stands for something unknown. */
  public static boolean isOne(char c) {
    return c >= FIRST && c <= LAST;
  }

  /** Whether any does. */
  public static boolean isIn(String text) {
    return text.chars().anyMatch(c -> isOne((char) c));
  }

  /** The character for something. */
  public char of(String name) {
    int at = names.indexOf(name);
    if (at < 0) {
      at = Math.min(names.size(), LAST - FIRST);
      if (at == names.size()) {
        names.add(name);
      }
    }
    return (char) (FIRST + at);
  }

  /** What a character stands for. */
  public String name(char c) {
    return names.get(Math.min(c - FIRST, names.size() - 1));
  }

  /** Text for people: {@code $NAME} in place of each. */
  public String shown(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isOne(c)) {
        shown.append('$').append(name(c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
