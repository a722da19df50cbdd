package plimsoll.dockerfile;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Modes of files, and lines of texts. */
final class Modes {
  private static final Pattern NUMBER = Pattern.compile("0*[2-7][0-7]{3}");
  private static final Pattern LETTERS = Pattern.compile("(.*,)?[ugoa]*[+=][rwxXtugo]*s.*");

  private Modes() {}

  /** A mode as chmod takes it, if it sets the setuid or the setgid bit; null otherwise. */
  static @Nullable String setuid(String mode) {
    return NUMBER.matcher(mode).matches() || LETTERS.matcher(mode).matches() ? mode : null;
  }

  /** The line of a text that an index is in. */
  static String line(String text, int index) {
    int start = text.lastIndexOf('\n', index) + 1;
    int end = text.indexOf('\n', index);
    return text.substring(start, end < 0 ? text.length() : end).strip();
  }
}
