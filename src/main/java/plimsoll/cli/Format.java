package plimsoll.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Trend;
import plimsoll.report.BenchmarkRenderer;
import plimsoll.report.CodeQualityRenderer;
import plimsoll.report.CsvRenderer;
import plimsoll.report.GithubRenderer;
import plimsoll.report.JUnitRenderer;
import plimsoll.report.JsonRenderer;
import plimsoll.report.OcsfRenderer;
import plimsoll.report.PrometheusRenderer;
import plimsoll.report.Renderer;
import plimsoll.report.SarifRenderer;
import plimsoll.report.TerminalRenderer;
import plimsoll.report.html.HtmlRenderer;
import plimsoll.rule.Benchmark.Edition;

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
  PROMETHEUS,
  /** Results in files, for code scanning. */
  SARIF,
  /** Annotations in files, for GitHub Actions. */
  GITHUB,
  /** Results in files, for GitLab's merge requests. */
  CODEQUALITY;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As they are written on the command line. */
  static List<String> names() {
    return Arrays.stream(values()).map(Format::toString).toList();
  }

  /** Those that do not need a place in a file for each finding. */
  static List<String> namesForHosts() {
    return Arrays.stream(values())
        .filter(format -> format.compareTo(SARIF) < 0)
        .map(Format::toString)
        .toList();
  }

  /** The format of a name that is one. */
  static Format named(String name) {
    return values()[names().indexOf(name)];
  }

  /** Whether it shows earlier reports beside the one it is about. */
  boolean showsTrend() {
    return this == TERMINAL || this == HTML;
  }

  Renderer renderer(Renderer.Show show, Trend trend, boolean colour) {
    return renderer(show, trend, colour, null);
  }

  /**
   * What writes it.
   *
   * @param edition the benchmark by which those for people are laid out; null for none
   */
  Renderer renderer(Renderer.Show show, Trend trend, boolean colour, @Nullable Edition edition) {
    return switch (this) {
      case TERMINAL ->
          edition == null
              ? new TerminalRenderer(show, trend, colour)
              : new BenchmarkRenderer(edition, colour);
      case JSON -> new JsonRenderer(show);
      case HTML -> new HtmlRenderer(show, trend, edition);
      case JUNIT -> new JUnitRenderer();
      case CSV -> new CsvRenderer(show);
      case OCSF -> new OcsfRenderer(show);
      case PROMETHEUS -> new PrometheusRenderer();
      case SARIF -> new SarifRenderer();
      case GITHUB -> new GithubRenderer();
      case CODEQUALITY -> new CodeQualityRenderer();
    };
  }
}
