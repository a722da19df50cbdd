package plimsoll.read;

import org.jspecify.annotations.Nullable;

/** Variables in a compose file's values (compose-spec, interpolation). */
final class ComposeVariables {
  private static final int MAX_DEPTH = 10;

  private ComposeVariables() {}

  /**
   * The text with {@code $NAME}, {@code ${NAME}} and its operators replaced; two dollar signs stay.
   */
  static String fill(String text, ClientWorld world) {
    return text.indexOf('$') < 0 ? text : fill(text, world, 0);
  }

  private static String fill(String text, ClientWorld world, int depth) {
    StringBuilder filled = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char after = i + 1 < text.length() ? text.charAt(i + 1) : '\0';
      if (c != '$' || depth > MAX_DEPTH) {
        filled.append(c);
      } else if (after == '$') {
        filled.append("$$");
        i++;
      } else if (after == '{') {
        int end = closing(text, i + 1);
        if (end < 0) {
          filled.append(text.substring(i));
          return filled.toString();
        }
        filled.append(value(text.substring(i + 2, end), world, depth));
        i = end;
      } else if (isName(after) && !Character.isDigit(after)) {
        int end = i + 1;
        while (end < text.length() && isName(text.charAt(end))) {
          end++;
        }
        filled.append(value(text.substring(i + 1, end), world, depth));
        i = end - 1;
      } else {
        filled.append(c);
      }
    }
    return filled.toString();
  }

  private static boolean isName(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private static int closing(String text, int open) {
    int deep = 0;
    for (int i = open; i < text.length(); i++) {
      deep += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (deep == 0) {
        return i;
      }
    }
    return -1;
  }

  private static String value(String inner, ClientWorld world, int depth) {
    int end = 0;
    while (end < inner.length() && isName(inner.charAt(end))) {
      end++;
    }
    String name = inner.substring(0, end);
    String rest = inner.substring(end);
    @Nullable String value = world.variable(name);
    boolean colon = rest.startsWith(":");
    String operator = rest.substring(colon ? 1 : 0);
    boolean there = value != null && !(colon && value.isEmpty());
    if (operator.startsWith("-")) {
      return there && value != null ? value : fill(operator.substring(1), world, depth + 1);
    }
    if (operator.startsWith("+")) {
      return there ? fill(operator.substring(1), world, depth + 1) : "";
    }
    return value == null ? world.unset(name) : value;
  }
}
