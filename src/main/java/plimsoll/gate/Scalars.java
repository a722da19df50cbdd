package plimsoll.gate;

import org.yaml.snakeyaml.nodes.ScalarNode;
import plimsoll.shell.Fragment;
import plimsoll.shell.Unknowns;

/** Text of YAML scalars, each character at its place in the file. */
final class Scalars {
  private Scalars() {}

  /** A scalar's text: indentation, quotes and escapes stand between its characters. */
  static Fragment fragment(SourceFile file, ScalarNode scalar) {
    String value = Unknowns.clean(scalar.getValue());
    String text = file.text();
    int at =
        file.offset(scalar.getStartMark().getLine() + 1, scalar.getStartMark().getColumn() + 1);
    int end = file.offset(scalar.getEndMark().getLine() + 1, scalar.getEndMark().getColumn() + 1);
    if (!scalar.isPlain() && at < text.length()) {
      // Past the quote, or the line that says what kind of block comes.
      char style = text.charAt(at);
      int line = text.indexOf('\n', at);
      at = style == '|' || style == '>' ? (line < 0 ? end : line + 1) : at + 1;
    }
    Fragment.Builder built = new Fragment.Builder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int found = at;
      while (found < end && !fits(text.charAt(found), c) && skips(text.charAt(found))) {
        found++;
      }
      if (found < end && fits(text.charAt(found), c)) {
        built.add(c, found);
        at = found + 1;
      } else {
        built.add(c, Math.min(at, Math.max(0, text.length() - 1)));
      }
    }
    return built.build();
  }

  private static boolean fits(char there, char wanted) {
    return there == wanted || (wanted == ' ' && there == '\n');
  }

  private static boolean skips(char c) {
    return Character.isWhitespace(c) || c == '\\' || c == '\'' || c == '"';
  }
}
