package plimsoll.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Makes text from elsewhere fit for one line of a terminal. */
public final class Plain {
  private static final int MAX = 400;

  private Plain() {}

  /** A time to the second, UTC: {@code 2026-11-25T00:13:53Z}. */
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * The text without what moves a terminal's cursor, changes its colours or turns the order of
   * letters: control characters and invisible formatting characters become {@code ?}; at most
   * {@value #MAX} characters.
   */
  public static String line(String text) {
    StringBuilder plain = new StringBuilder();
    int count = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (++count > MAX) {
        return plain.append("...").toString();
      }
      int type = Character.getType(c);
      boolean harmful =
          type == Character.CONTROL
              || type == Character.FORMAT
              || type == Character.LINE_SEPARATOR
              || type == Character.PARAGRAPH_SEPARATOR
              || type == Character.SURROGATE
              || type == Character.UNASSIGNED;
      plain.appendCodePoint(harmful ? '?' : c);
    }
    return plain.toString();
  }
}
