package plimsoll.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import plimsoll.finding.Report;
import plimsoll.finding.Trend;
import plimsoll.report.Plain;
import plimsoll.rule.Benchmark.Edition;

/** {@code plimsoll report}. */
@Command(
    name = "report",
    description = {
      "Show reports that were written before, in any format.",
      "Of several on one host, show the newest, and how exposed it was over time."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the report was written, whatever it says",
      "2:the command line is wrong",
      "3:a file could not be used, a policy not judge, or the report not be written"
    })
final class ReportCommand implements Callable<Integer> {
  private final Edges edges;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = {
        "A JSON report (audit --output json=FILE), or a snapshot (audit --save-snapshot FILE),",
        "which is judged by today's rules and shows more."
      })
  private List<Path> files = new ArrayList<>();

  @Mixin private RuleOptions ruleOptions = new RuleOptions();

  @Mixin private BenchmarkOptions benchmark = new BenchmarkOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  ReportCommand(Edges edges) {
    this.edges = edges;
  }

  @Override
  public Integer call() throws UnusableException {
    output.check();
    for (Target target : output.targets()) {
      if (files.size() > 1 && !Format.named(target.format()).showsTrend()) {
        throw Usage.error(
            spec,
            "--output: " + target.format() + " is about one report; name one FILE, not several");
      }
    }
    Edition edition = benchmark.edition();
    Policy policy = ruleOptions.policy(edges);
    Policy judging = BenchmarkOptions.of(policy, edition);
    List<Report> reports = new ArrayList<>();
    for (Path file : files) {
      reports.add(ReportFile.read(file, policy.rules(), judging, edges));
    }
    List<String> hosts =
        reports.stream()
            .map(report -> report.subject().host())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (hosts.size() > 1) {
      edges
          .err()
          .println(
              "plimsoll: these are reports on different hosts, so what they show over time is not"
                  + " one host's: "
                  + Plain.line(String.join("; ", hosts)));
    }
    Report newest = reports.stream().max(Comparator.comparing(Report::takenAt)).orElseThrow();
    output.write(newest, Trend.of(reports), edition, edges);
    return Unjudged.complain(newest, edges) ? ExitCode.UNUSABLE : ExitCode.OK;
  }
}
