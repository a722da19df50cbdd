package plimsoll.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import plimsoll.collect.DaemonLine;
import plimsoll.engine.Evaluator;
import plimsoll.engine.Scope;
import plimsoll.engine.Waiving;
import plimsoll.engine.Waiving.Waived;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;
import plimsoll.gate.Repository;
import plimsoll.gate.Repository.Contents;
import plimsoll.gate.SourceFile;
import plimsoll.model.Engine;
import plimsoll.model.View;
import plimsoll.report.Plain;
import plimsoll.rule.Severity;
import plimsoll.yaml.Problem;

/** {@code plimsoll gate}. */
@Command(
    name = "gate",
    description = {
      "Judge every container that the files of a repository would start: run lines in scripts,",
      "makefiles, workflows and pipelines, and compose files. Fails on what somebody wrote that",
      "weakens a container."
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
      "3:a file that starts containers could not be read, or a policy not judge (wins over 1)"
    })
final class GateCommand implements Callable<Integer> {
  private final Edges edges;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "PATH", description = "Files and folders; default: this folder.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "high",
      description =
          "Exit 1 if anything this bad or worse was written: critical, high, medium, low, info"
              + " (default: ${DEFAULT-VALUE}).")
  private String failOn = "high";

  @Option(names = "--strict", description = "Hardening that nobody asked for counts as well.")
  private boolean strict;

  @Option(names = "--markdown", description = "Look at fenced code in Markdown as well.")
  private boolean markdown;

  @Option(
      names = "--compose-profile",
      paramLabel = "NAME",
      description =
          "Of services with profiles judge only those of this one; may be given several times."
              + " Default: all.")
  private List<String> profiles = new ArrayList<>();

  @Option(
      names = {"-f", "--compose-file"},
      paramLabel = "FILE",
      description = {
        "Compose files that belong together: each is put over those before it, as docker compose",
        "-f A -f B does. They are judged as one, and those after the first not by themselves."
      })
  private List<Path> composeFiles = new ArrayList<>();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Fail on what is new since this JSON report of gate only.")
  private @Nullable Path baselineFile;

  @Option(
      names = "--new-since",
      paramLabel = "GIT-REF",
      description = "Fail on what is new since this branch, tag or commit only.")
  private @Nullable String newSince;

  @Option(
      names = "--policy-from",
      paramLabel = "GIT-REF",
      description = {
        "Take plimsoll.yaml, and what else says what to judge by, from this branch, tag or commit,",
        "so that nobody waives their own change, and let no comment waive."
      })
  private @Nullable String policyFrom;

  @Option(
      names = "--no-inline",
      description = "Comments that waive (plimsoll: ignore RULE until DAY -- REASON) do not count.")
  private boolean noInline;

  @Mixin private RuleOptions ruleOptions = new RuleOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--only",
      paramLabel = "TERM",
      description = "Judge only rule:GLOB or container:GLOB.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--skip", paramLabel = "TERM", description = "Leave these out.")
  private List<String> skip = new ArrayList<>();

  @Option(
      names = "--fail-on-unknown",
      description = "What is known only when it runs counts as failed, at or above --fail-on.")
  private boolean failOnUnknown;

  GateCommand(Edges edges) {
    this.edges = edges;
  }

  @Override
  public Integer call() throws UnusableException {
    output.ofFiles();
    ruleOptions.ofRepository();
    output.check();
    Severity threshold = Usage.failOn(spec, failOn);
    Scope scope = Usage.scope(spec, only, skip);
    List<Path> from = paths.isEmpty() && composeFiles.isEmpty() ? List.of(Path.of(".")) : paths;
    List<Path> all = new ArrayList<>(from);
    all.addAll(composeFiles);
    for (Path path : all) {
      if (!Files.exists(path)) {
        throw new UnusableException("there is no file or folder " + path);
      }
    }
    if (baselineFile != null && newSince != null) {
      throw Usage.error(spec, "--baseline and --new-since: one of them is enough");
    }
    CompletableFuture<Policy> reading = policy();
    Contents contents = read(from, composeFiles, Path.of(""));
    Policy policy = reading.join();
    List<Problem> unusable = new ArrayList<>(contents.unusable());
    Map<String, SourceFile> files = new LinkedHashMap<>(contents.files());
    Before before = before(from, contents, policy, scope);
    Report report = judge(contents, policy, scope, unusable, true);
    if (before.review() != null) {
      SourceFile config = before.review().config();
      files.putIfAbsent(config.path(), config);
      List<Finding> findings = new ArrayList<>(report.findings());
      findings.addAll(before.review().findings(files, scope, today()));
      findings.sort(Evaluator.WORST_FIRST);
      report = report.with(findings);
    }
    contents.notes().stream()
        .distinct()
        .forEach(note -> edges.err().println("plimsoll: " + Plain.line(note)));
    output.write(
        report,
        threshold == null || threshold.compareTo(Severity.MEDIUM) > 0 ? Severity.MEDIUM : threshold,
        (file, line) -> files.containsKey(file) ? files.get(file).lineText(line) : "",
        edges);
    if (!unusable.isEmpty()) {
      Map<String, String> texts = new HashMap<>();
      files.forEach((path, file) -> texts.put(path, file.text()));
      edges.err().print(Mistakes.explained(unusable, texts));
    }
    if (Unjudged.complain(report, edges) || !unusable.isEmpty()) {
      return ExitCode.UNUSABLE;
    }
    boolean unknown = failOnUnknown && has(report, Verdict.UNKNOWN, threshold);
    Report earlier = before.report();
    boolean fails =
        earlier == null
            ? has(report, Verdict.FAIL, threshold)
            : Since.fails(
                earlier,
                report,
                newSince == null ? "the baseline of " + earlier.takenAt() : newSince,
                threshold,
                edges);
    return fails || unknown ? ExitCode.FAILED : ExitCode.OK;
  }

  private static boolean has(Report report, Verdict verdict, @Nullable Severity threshold) {
    return report.findings().stream()
        .filter(finding -> threshold == null || finding.severity().compareTo(threshold) >= 0)
        .anyMatch(finding -> finding.verdict() == verdict);
  }

  /** What is judged by; that of another commit has to be read before its files are gone. */
  private CompletableFuture<Policy> policy() throws UnusableException {
    if (policyFrom == null) {
      return ruleOptions.policyMeanwhile(edges);
    }
    try (GitTree tree = GitTree.at(policyFrom)) {
      return CompletableFuture.completedFuture(ruleOptions.policyIn(tree, edges));
    }
  }

  /**
   * How it was before.
   *
   * @param report what was found; null where nobody asks for what is new
   * @param review what judged; null where no commit to compare with was named
   */
  private record Before(@Nullable Report report, @Nullable PolicyReview review) {}

  private Before before(List<Path> from, Contents contents, Policy policy, Scope scope)
      throws UnusableException {
    SourceFile config = PolicyReview.config(ruleOptions.config());
    PolicyReview review =
        policyFrom == null
            ? null
            : new PolicyReview(policy, List.of(), ruleOptions.policy(edges), List.of(), config);
    if (newSince == null) {
      return new Before(
          baselineFile == null ? null : ReportFile.read(baselineFile, policy, edges), review);
    }
    try (GitTree tree = GitTree.at(newSince)) {
      Contents then = read(in(tree, from), in(tree, composeFiles), tree.folder());
      if (review == null) {
        review =
            new PolicyReview(
                ruleOptions.policyIn(tree, edges),
                inline(then).waivers(),
                policy,
                inline(contents).waivers(),
                config);
      }
      return new Before(judge(then, policy, scope, new ArrayList<>(), false), review);
    }
  }

  private Contents read(List<Path> from, List<Path> together, Path base) {
    return Repository.read(from, base, markdown, Set.copyOf(profiles), together);
  }

  /** The same paths in another tree, as far as they are there. */
  private static List<Path> in(GitTree tree, List<Path> paths) {
    return paths.stream().map(tree::path).filter(Files::exists).toList();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(edges.clock().instant(), ZoneOffset.UTC);
  }

  /** Comments that waive, where they may. */
  private InlineWaivers inline(Contents contents) {
    return InlineWaivers.in(contents, today(), noInline || policyFrom != null);
  }

  /**
   * Judges, and takes out what is waived.
   *
   * @param unusable takes what else could not be used
   * @param says whether waivers that waive nothing are named
   */
  private Report judge(
      Contents contents, Policy policy, Scope scope, List<Problem> unusable, boolean says) {
    Map<SourceFile, View<Engine>> daemons = daemons(contents, unusable);
    Report all =
        new GateJudge(policy, scope, edges, contents.files(), daemons).judge(contents, strict);
    Waived inline = inline(contents).apply(all, contents);
    Waived judged =
        Waiving.apply(
            inline.report(),
            policy.waivers().stream().filter(waiver -> !waiver.isOfHosts()).toList(),
            today());
    List<String> notes = new ArrayList<>(inline.notes());
    notes.addAll(judged.notes());
    for (String note : says ? notes : List.<String>of()) {
      edges.err().println("plimsoll: " + Plain.line(note));
    }
    return judged.report();
  }

  private static Map<SourceFile, View<Engine>> daemons(Contents contents, List<Problem> unusable) {
    Map<SourceFile, View<Engine>> daemons = new LinkedHashMap<>();
    for (SourceFile file : contents.daemons()) {
      try {
        daemons.put(file, DaemonLine.ofFile(new ObjectMapper().readTree(file.text()), file.path()));
      } catch (JsonProcessingException e) {
        unusable.add(file.notJson(e));
      }
    }
    return daemons;
  }
}
