package plimsoll.rule;

import com.google.re2j.Pattern;

/**
 * A pattern in which {@code *} stands for any text and {@code ?} for one character; matched in
 * linear time, for what it meets is hostile.
 *
 * @param text as it was written
 * @param pattern compiled
 */
public record Glob(String text, Pattern pattern) {

  /** Compiles one. */
  public static Glob of(String text) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return new Glob(text, Pattern.compile(pattern.toString(), Pattern.DOTALL));
  }

  /**
   * Compiles one of paths: {@code *} and {@code ?} stay within a folder, {@code **} does not, and
   * {@code **}{@code /} stands for no folder as well.
   */
  public static Glob ofPath(String text) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (text.startsWith("**/", i)) {
        pattern.append("(?:.*/)?");
        i += 2;
      } else if (text.startsWith("**", i)) {
        pattern.append(".*");
        i++;
      } else {
        pattern.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
      }
    }
    return new Glob(text, Pattern.compile(pattern.toString(), Pattern.DOTALL));
  }

  /** Whether the whole of a text matches. */
  public boolean matches(String whole) {
    return pattern.matcher(whole).matches();
  }
}
