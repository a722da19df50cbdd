package plimsoll.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a script, and what can be seen from there. */
abstract class Cursor {
  final Fragment source;
  final String text;
  int next;
  private int depth;

  /** Deeper than this nobody nests by hand. */
  private static final int MAX_DEPTH = 100;

  Cursor(Fragment source) {
    this.source = source;
    this.text = source.text();
  }

  boolean atEnd() {
    return next >= text.length();
  }

  char peek() {
    return peek(0);
  }

  char peek(int further) {
    int at = next + further;
    return at < text.length() ? text.charAt(at) : '\0';
  }

  /**
   * A matcher that looks at what comes, {@code length} characters at most; past the end nothing
   * comes.
   */
  Matcher ahead(Pattern pattern, int length) {
    int from = Math.min(next, text.length());
    return pattern.matcher(text).region(from, (int) Math.min(text.length(), (long) from + length));
  }

  ShellException trouble(String message, int at) {
    return new ShellException(message, source.at(at));
  }

  void enter() throws ShellException {
    if (++depth > MAX_DEPTH) {
      throw trouble("it is nested too deeply", next);
    }
  }

  void leave() {
    depth--;
  }

  static boolean endsWord(char c) {
    return switch (c) {
      case '\0', ' ', '\t', '\n', '\r', ';', '&', '|', '(', ')', '<', '>' -> true;
      default -> false;
    };
  }

  static boolean isName(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  /** Goes past a balanced pair of parentheses that starts here. */
  void skipParentheses() throws ShellException {
    int start = next;
    int open = 0;
    do {
      char c = peek();
      if (atEnd()) {
        throw trouble("the parenthesis ( does not end", start);
      }
      if (c == '\\') {
        next++;
      } else if (c == '\'' || c == '"') {
        int end = text.indexOf(c, next + 1);
        next = end < 0 ? next : end;
      }
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
      next++;
    } while (open > 0);
  }
}
