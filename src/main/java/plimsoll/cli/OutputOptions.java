package plimsoll.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import plimsoll.finding.Report;
import plimsoll.finding.Trend;
import plimsoll.report.GateRenderer;
import plimsoll.report.Renderer;
import plimsoll.rule.Benchmark.Edition;
import plimsoll.rule.Severity;

/** {@code --output} and {@code --show}, which all commands that write a report have. */
final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      description =
          "terminal (the default), json, html, junit, csv, ocsf or prometheus, and of files sarif,"
              + " github or codequality; may be given several times.")
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--show",
      paramLabel = "failed|all",
      defaultValue = "failed",
      description = "List what failed or is unknown, or all (default: ${DEFAULT-VALUE}).")
  private String show = "failed";

  private boolean files;

  /** What is reported has places in files. */
  void ofFiles() {
    files = true;
  }

  List<Target> targets() {
    try {
      return Target.parse(outputs, files ? Format.names() : Format.namesForHosts());
    } catch (IllegalArgumentException e) {
      throw Usage.error(spec, "--output: " + e.getMessage());
    }
  }

  /** Complains of what is wrong before anything is done. */
  void check() {
    targets();
    listed();
  }

  /** Writes a report everywhere it was asked for. */
  void write(Report report, Trend trend, Edges edges) throws UnusableException {
    write(report, trend, null, edges);
  }

  /**
   * The same, laid out by a benchmark.
   *
   * @param edition which; null for none
   */
  void write(Report report, Trend trend, @Nullable Edition edition, Edges edges)
      throws UnusableException {
    for (Target target : targets()) {
      Renderer renderer =
          Format.named(target.format()).renderer(listed(), trend, target.colour(edges), edition);
      target.write(edges, out -> renderer.render(report, out));
    }
  }

  /**
   * Writes a report of files everywhere it was asked for.
   *
   * @param from what a terminal lists without {@code --show all}
   * @param lines of the files that were judged
   */
  void write(Report report, Severity from, GateRenderer.Lines lines, Edges edges)
      throws UnusableException {
    for (Target target : targets()) {
      Format format = Format.named(target.format());
      boolean colour = target.colour(edges);
      Renderer renderer =
          format == Format.TERMINAL
              ? new GateRenderer(listed(), from, lines, colour)
              : format.renderer(listed(), Trend.NONE, colour);
      target.write(edges, out -> renderer.render(report, out));
    }
  }

  private Renderer.Show listed() {
    return switch (show) {
      case "failed" -> Renderer.Show.FAILED;
      case "all" -> Renderer.Show.ALL;
      default -> throw Usage.error(spec, "--show: " + show + " is neither failed nor all");
    };
  }
}
