package plimsoll.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import plimsoll.client.Endpoint.BadEndpointException;
import plimsoll.collect.Collector.Collected;
import plimsoll.collect.Look;
import plimsoll.engine.Scope;
import plimsoll.engine.Waiving.Waived;
import plimsoll.finding.Report;
import plimsoll.finding.Trend;
import plimsoll.finding.Verdict;
import plimsoll.model.Snapshot;
import plimsoll.report.Plain;
import plimsoll.rule.Benchmark.Edition;
import plimsoll.rule.Severity;
import plimsoll.wire.SnapshotJson;
import plimsoll.wire.SnapshotJson.NotASnapshotException;

/** {@code plimsoll audit}. */
@Command(
    name = "audit",
    description = {
      "Judge the containers, the engine and the host, as asked for and as the kernel enforces it.",
      "Run it as root: what cannot be read is unknown, never passed."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing at or above --fail-on",
      "1:something is",
      "2:the command line is wrong",
      "3:the engine, or a file that was named, could not be used (wins over 1)"
    })
final class AuditCommand implements Callable<Integer> {
  private final Edges edges;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-H", "--host"},
      paramLabel = "ADDRESS",
      description = "The engine: unix:///PATH or tcp://HOST:PORT. Default: as docker finds it.")
  private @Nullable String host;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The docker context that names the engine.")
  private @Nullable String context;

  @Option(
      names = "--cert-path",
      paramLabel = "DIR",
      description = "Folder with ca.pem, cert.pem and key.pem for TLS. Default: DOCKER_CERT_PATH.")
  private @Nullable Path certPath;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long one answer of the engine may take (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = "--snapshot",
      paramLabel = "FILE",
      description = "Judge a saved snapshot instead of this host.")
  private @Nullable Path snapshotFile;

  @Option(
      names = "--save-snapshot",
      paramLabel = "FILE",
      description = "Save what was collected, to be judged elsewhere.")
  private @Nullable Path saveSnapshot;

  @Option(
      names = "--image-files",
      description = {
        "Have the engine export each image, and look at the files of its layers: setuid programs,",
        "keys and passwords. It copies each image once, on the engine's disk."
      })
  private boolean imageFiles;

  @Mixin private RuleOptions ruleOptions = new RuleOptions();

  @Mixin private BenchmarkOptions benchmark = new BenchmarkOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--only",
      paramLabel = "TERM",
      description = "Judge only rule:GLOB, container:GLOB or subject:KIND.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--skip", paramLabel = "TERM", description = "Leave these out.")
  private List<String> skip = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit 1 if anything this bad or worse failed: critical, high, medium, low, info.")
  private @Nullable String failOn;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = {
        "Fail on what is new since this JSON report or snapshot only: at or above --fail-on, or",
        "at all."
      })
  private @Nullable Path baselineFile;

  @Option(
      names = "--fail-on-unknown",
      description = "What cannot be told counts as failed: at or above --fail-on, or at all.")
  private boolean failOnUnknown;

  AuditCommand(Edges edges) {
    this.edges = edges;
  }

  @Override
  public Integer call() throws UnusableException {
    output.check();
    Severity threshold = Usage.failOn(spec, failOn);
    Scope scope = Usage.scope(spec, only, skip);
    // Reading the rules and waiting for the engine go side by side.
    Edition edition = benchmark.edition();
    CompletableFuture<Policy> policy =
        ruleOptions.policyMeanwhile(edges).thenApply(all -> BenchmarkOptions.of(all, edition));
    Report baseline = baseline(policy);
    Collected collected = collected();
    if (saveSnapshot != null) {
      Target.toFile(saveSnapshot, out -> SnapshotJson.write(collected.snapshot(), out));
    }
    Waived judged = policy.join().judge(collected.snapshot(), scope, edges);
    judged.notes().forEach(note -> edges.err().println("plimsoll: " + Plain.line(note)));
    Report report = judged.report();
    output.write(report, Trend.NONE, edition, edges);
    if (!collected.engineAnswered()) {
      String reason = collected.snapshot().gaps().get(0).reason();
      edges.err().println("plimsoll: " + Plain.line(reason));
      return ExitCode.UNUSABLE;
    }
    if (Unjudged.complain(report, edges)) {
      return ExitCode.UNUSABLE;
    }
    boolean fails =
        baseline == null
            ? fails(report, threshold)
            : Since.fails(
                    baseline, report, "the baseline of " + baseline.takenAt(), threshold, edges)
                || failsByUnknown(report, threshold);
    return fails ? ExitCode.FAILED : ExitCode.OK;
  }

  private @Nullable Report baseline(CompletableFuture<Policy> policy) throws UnusableException {
    if (baselineFile == null) {
      return null;
    }
    Trust.OWNERS.require(baselineFile);
    return ReportFile.read(baselineFile, policy.join(), edges);
  }

  private boolean fails(Report report, @Nullable Severity threshold) {
    return report.findings().stream()
            .filter(finding -> finding.verdict() == Verdict.FAIL)
            .anyMatch(finding -> threshold != null && finding.severity().compareTo(threshold) >= 0)
        || failsByUnknown(report, threshold);
  }

  private boolean failsByUnknown(Report report, @Nullable Severity threshold) {
    return failOnUnknown
        && report.findings().stream()
            .filter(finding -> finding.verdict() == Verdict.UNKNOWN)
            .anyMatch(finding -> threshold == null || finding.severity().compareTo(threshold) >= 0);
  }

  private Collected collected() throws UnusableException {
    Path file = snapshotFile;
    if (file == null) {
      if (timeout < 1) {
        throw Usage.error(spec, "--timeout must be at least 1 second");
      }
      try (Progress progress = Progress.on(edges)) {
        return edges
            .collector(Version.tool())
            .collect(
                edges.endpoints().resolve(host, context, certPath),
                Duration.ofSeconds(timeout),
                imageFiles ? Look.ALL_WITH_IMAGE_FILES : Look.ALL,
                progress);
      } catch (BadEndpointException e) {
        throw Usage.error(spec, String.valueOf(e.getMessage()));
      }
    }
    if (host != null || context != null || saveSnapshot != null || imageFiles) {
      throw Usage.error(
          spec,
          "--snapshot judges a file; it goes with no --host, --context, --save-snapshot or"
              + " --image-files");
    }
    return new Collected(read(file), true);
  }

  private static Snapshot read(Path file) throws UnusableException {
    try (InputStream in = Files.newInputStream(file)) {
      return SnapshotJson.read(in);
    } catch (NotASnapshotException e) {
      throw new UnusableException("cannot use the snapshot " + file + ": " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new UnusableException("there is no snapshot " + file);
    } catch (IOException e) {
      throw new UnusableException("cannot read the snapshot " + file + ": " + e.getMessage());
    }
  }
}
