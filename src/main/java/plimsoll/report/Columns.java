package plimsoll.report;

import java.io.PrintWriter;
import org.fusesource.jansi.Ansi;
import plimsoll.rule.Severity;

/** Text in lines of at most 80 columns, in colour or not. */
final class Columns {
  private static final int WIDTH = 80;
  private static final String COLOUR_CODE = "\u001b\\[[0-9;]*m";

  private final PrintWriter out;
  private final boolean colour;

  Columns(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** An empty line. */
  void blank() {
    out.println();
  }

  /** A line as it is. */
  void line(String text) {
    out.println(text);
  }

  /**
   * Words in as many lines as they need; a word longer than a line has one for itself.
   *
   * @param first what the first line starts with
   * @param rest what every other line starts with
   */
  void words(String first, String rest, String text) {
    StringBuilder line = new StringBuilder(first);
    int width = first.length();
    boolean empty = true;
    for (String word : text.split(" ")) {
      int length = word.replaceAll(COLOUR_CODE, "").length();
      if (!empty && width + 1 + length > WIDTH) {
        out.println(line);
        line = new StringBuilder(rest);
        width = rest.length();
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      width += length + (empty ? 0 : 1);
      empty = false;
    }
    out.println(line);
  }

  String bold(String text) {
    return colour ? Ansi.ansi().bold().a(text).reset().toString() : text;
  }

  String faint(String text) {
    return colour ? Ansi.ansi().a(Ansi.Attribute.INTENSITY_FAINT).a(text).reset().toString() : text;
  }

  String coloured(Severity severity, String text) {
    if (!colour) {
      return text;
    }
    Ansi ansi = Ansi.ansi().bold();
    switch (severity) {
      case CRITICAL -> ansi.fgBrightRed();
      case HIGH -> ansi.fgRed();
      case MEDIUM -> ansi.fgYellow();
      case LOW -> ansi.fgCyan();
      default -> ansi.fgDefault();
    }
    return ansi.a(text).reset().toString();
  }
}
