package plimsoll.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Report;
import plimsoll.finding.Trend;
import plimsoll.model.Suggestion;
import plimsoll.report.CsvRenderer;
import plimsoll.report.JUnitRenderer;
import plimsoll.report.JsonRenderer;
import plimsoll.report.OcsfRenderer;
import plimsoll.report.PrometheusRenderer;
import plimsoll.report.Renderer;
import plimsoll.report.TerminalRenderer;
import plimsoll.report.html.HtmlRenderer;

/**
 * {@code --output FORMAT[=FILE]}.
 *
 * @param file where it goes; null for standard output
 */
record Output(Format format, @Nullable Path file) {

  /** Report formats. */
  enum Format {
    /** For people. */
    TERMINAL,
    /** The contract for programs. */
    JSON,
    /** For people, to be passed on: one page that holds all of itself. */
    HTML,
    /** For build servers. */
    JUNIT,
    /** For spreadsheets. */
    CSV,
    /** Events for a security data lake. */
    OCSF,
    /** Metrics for monitoring. */
    PROMETHEUS;

    /** As it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it shows earlier reports beside the one it is about. */
    boolean showsTrend() {
      return this == TERMINAL || this == HTML;
    }

    Renderer renderer(Renderer.Show show, Trend trend, boolean colour) {
      return switch (this) {
        case TERMINAL -> new TerminalRenderer(show, trend, colour);
        case JSON -> new JsonRenderer(show);
        case HTML -> new HtmlRenderer(show, trend);
        case JUNIT -> new JUnitRenderer();
        case CSV -> new CsvRenderer(show);
        case OCSF -> new OcsfRenderer(show);
        case PROMETHEUS -> new PrometheusRenderer();
      };
    }
  }

  /** Writes something to a stream. */
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /**
   * Reads the option's value.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wrong
   */
  static Output parse(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String file = equals < 0 ? null : text.substring(equals + 1);
    if (file != null && file.isEmpty()) {
      throw new IllegalArgumentException("no file stands after " + text);
    }
    for (Format format : Format.values()) {
      if (format.toString().equals(name)) {
        return new Output(format, file == null ? null : Path.of(file));
      }
    }
    List<String> names = Arrays.stream(Format.values()).map(Format::toString).toList();
    throw new IllegalArgumentException(
        "there is no format \""
            + name
            + "\""
            + Suggestion.nearest(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; there are " + String.join(", ", names)));
  }

  void write(Report report, Renderer.Show show, Trend trend, Edges edges) throws UnusableException {
    Renderer renderer = format.renderer(show, trend, file == null && edges.colour());
    Path target = file;
    if (target == null) {
      try {
        renderer.render(report, edges.out());
        edges.out().flush();
      } catch (IOException e) {
        throw new UnusableException("cannot write the report: " + e.getMessage());
      }
    } else {
      toFile(target, out -> renderer.render(report, out));
    }
  }

  /** Writes beside the file and renames, so that nobody ever finds half of it there. */
  static void toFile(Path file, Writing writing) throws UnusableException {
    Path absolute = file.toAbsolutePath();
    Path temporary = null;
    try {
      if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
        // A device or a pipe, such as /dev/stdout: there is nothing to rename onto.
        try (OutputStream out = Files.newOutputStream(absolute)) {
          writing.to(out);
        }
        return;
      }
      temporary =
          absolute.resolveSibling(
              "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
      Unfinished.add(temporary);
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        writing.to(out);
      }
      Files.move(
          temporary, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      Unfinished.remove(temporary);
    } catch (IOException e) {
      if (temporary != null) {
        Unfinished.delete(temporary);
      }
      throw new UnusableException("cannot write " + file + ": " + reason(e));
    }
  }

  static String reason(IOException e) {
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null ? kind : kind + " " + e.getMessage();
  }
}
