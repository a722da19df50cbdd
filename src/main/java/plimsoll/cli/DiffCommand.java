package plimsoll.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import plimsoll.finding.Difference;
import plimsoll.finding.Report;
import plimsoll.report.DifferenceRenderer;
import plimsoll.rule.Severity;

/** {@code plimsoll diff}. */
@Command(
    name = "diff",
    description = {
      "Show what became of failures from one report to another: new, changed, mended.",
      "Both may be JSON reports or snapshots; snapshots are judged by today's rules."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing new or changed at or above --fail-on",
      "1:something is",
      "2:the command line is wrong",
      "3:a file could not be used, or the difference not be written"
    })
final class DiffCommand implements Callable<Integer> {
  private final Edges edges;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD", description = "The earlier one.")
  private Path old = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "The later one.")
  private Path now = Path.of("");

  @Mixin private RuleOptions ruleOptions = new RuleOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      description = "terminal (the default), json or markdown; may be given several times.")
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit 1 if anything this bad or worse is new or changed: critical, high, medium, low,"
              + " info.")
  private @Nullable String failOn;

  DiffCommand(Edges edges) {
    this.edges = edges;
  }

  @Override
  public Integer call() throws UnusableException {
    List<Target> targets = targets();
    Severity threshold = Usage.failOn(spec, failOn);
    Policy policy = ruleOptions.policy(edges);
    Report before = ReportFile.read(old, policy, edges);
    Report after = ReportFile.read(now, policy, edges);
    Difference difference = Difference.between(before, after);
    DifferenceRenderer renderer = new DifferenceRenderer(before, after, difference);
    for (Target target : targets) {
      target.write(edges, out -> write(renderer, target.format(), out, target.colour(edges)));
    }
    return threshold != null
            && difference.news().stream()
                .anyMatch(finding -> finding.severity().compareTo(threshold) >= 0)
        ? ExitCode.FAILED
        : ExitCode.OK;
  }

  private List<Target> targets() {
    try {
      return Target.parse(outputs, List.of("terminal", "json", "markdown"));
    } catch (IllegalArgumentException e) {
      throw Usage.error(spec, "--output: " + e.getMessage());
    }
  }

  private static void write(
      DifferenceRenderer renderer, String format, OutputStream out, boolean colour)
      throws IOException {
    switch (format) {
      case "json" -> renderer.json(out);
      case "markdown" -> renderer.markdown(out);
      default -> renderer.terminal(out, colour);
    }
  }
}
