package plimsoll.read;

import java.util.ArrayList;
import java.util.List;
import plimsoll.read.RunLine.Given;

/**
 * A flag's value that is one record of comma-separated values (RFC 4180), as Go's encoding/csv
 * reads it.
 */
final class Csv {
  private Csv() {}

  static List<String> split(Given given) throws RunLineException {
    String text = given.value();
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        value.append(c);
        i++;
      } else if (c == '"' && (quoted || value.isEmpty())) {
        quoted = !quoted;
      } else if (c == '"') {
        throw Quantities.invalid(given, "bare \" in non-quoted field");
      } else if (c == ',' && !quoted) {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    if (quoted) {
      throw Quantities.invalid(given, "a quoted field does not end");
    }
    values.add(value.toString());
    return values;
  }
}
