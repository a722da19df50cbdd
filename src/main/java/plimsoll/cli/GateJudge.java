package plimsoll.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.derive.Derivation;
import plimsoll.engine.Evaluator;
import plimsoll.engine.Scope;
import plimsoll.finding.Because;
import plimsoll.finding.Finding;
import plimsoll.finding.Location;
import plimsoll.finding.Report;
import plimsoll.finding.Subject;
import plimsoll.finding.Totals;
import plimsoll.finding.Verdict;
import plimsoll.gate.FoundBuild;
import plimsoll.gate.FoundContainer;
import plimsoll.gate.Repository.Contents;
import plimsoll.gate.SourceFile;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.model.Volume;
import plimsoll.rule.Condition;
import plimsoll.rule.RuleSet;
import plimsoll.rule.SubjectKind;

/** Judges what a repository would start. */
final class GateJudge {
  private final RuleSet containerRules;
  private final RuleSet rulesBeside;
  private final RuleSet buildRules;
  private final RuleSet engineRules;
  private final Scope scope;
  private final Edges edges;
  private final GatePlaces places;
  private final Map<SourceFile, View<Engine>> daemons;
  private final @Nullable View<Engine> engine;

  /**
   * With a policy.
   *
   * @param daemons what files configure daemons to be; where there is one, the containers are for
   *     it
   */
  GateJudge(
      Policy policy,
      Scope scope,
      Edges edges,
      Map<String, SourceFile> files,
      Map<SourceFile, View<Engine>> daemons) {
    this.containerRules = policy.rules().about(SubjectKind.CONTAINER);
    // Policies look at what is around.
    this.rulesBeside =
        new RuleSet(
            containerRules.rules().stream()
                .filter(rule -> !(rule.require() instanceof Condition.Policy))
                .toList());
    this.buildRules = policy.rules().about(SubjectKind.BUILD);
    this.engineRules = policy.rules().about(SubjectKind.ENGINE);
    this.scope = scope;
    this.edges = edges;
    this.places = new GatePlaces(files);
    this.daemons = daemons;
    this.engine = daemons.size() == 1 ? daemons.values().iterator().next() : null;
  }

  /**
   * The report.
   *
   * @param strict whether hardening that nobody asked for counts
   */
  Report judge(Contents contents, boolean strict) {
    Map<String, List<Finding>> bySubject = new LinkedHashMap<>();
    Set<String> keys = new HashSet<>();
    Map<String, List<FoundContainer>> byFile = new LinkedHashMap<>();
    for (FoundContainer found : contents.containers()) {
      keys.add(found.container().identity().key());
      byFile.computeIfAbsent(found.file().path(), key -> new ArrayList<>()).add(found);
    }
    // The rules judge each file by itself: with several processors, several at once.
    for (List<Finding> ofFile : byFile.values().parallelStream().map(this::findings).toList()) {
      for (Finding finding : ofFile) {
        merge(
            bySubject.computeIfAbsent(
                finding.rule().id() + "\n" + finding.subject().key(), key -> new ArrayList<>()),
            finding);
      }
    }
    List<Finding> all = new ArrayList<>();
    daemons.forEach((file, daemon) -> all.addAll(findings(file, daemon)));
    bySubject.values().forEach(all::addAll);
    contents.builds().parallelStream().map(this::findings).toList().forEach(all::addAll);
    all.removeIf(finding ->
        !strict
            && finding.verdict() == Verdict.FAIL
            && finding.judgement().because() == Because.OMITTED);
    all.sort(Evaluator.WORST_FIRST);
    List<Gap> gaps = new ArrayList<>();
    contents.unusable().forEach(problem -> gaps.add(new Gap("/files", problem.toString())));
    contents.notes().forEach(note -> gaps.add(new Gap("/files", note)));
    return new Report(
        Version.tool(),
        edges.clock().instant(),
        new Report.Audited(null, null, keys.size()),
        all,
        Totals.of(all),
        List.of(),
        gaps);
  }

  /** Of one run with several values the worst counts; the same failure is found once. */
  private static void merge(List<Finding> before, Finding finding) {
    boolean fails = finding.verdict() == Verdict.FAIL;
    if (before.isEmpty()) {
      before.add(finding);
    } else if (before.get(0).verdict() != Verdict.FAIL) {
      if (fails || before.get(0).verdict() != Verdict.UNKNOWN) {
        before.set(0, finding);
      }
    } else if (fails && before.stream().noneMatch(one -> isAt(one, finding))) {
      before.add(finding);
    }
  }

  private static boolean isAt(Finding one, Finding other) {
    Location first = one.location();
    Location second = other.location();
    return first != null && second != null && first.place().equals(second.place());
  }

  private List<Finding> findings(List<FoundContainer> ofFile) {
    List<Finding> findings =
        new ArrayList<>(
            findings(containerRules, ofFile.stream().filter(found -> !found.beside()).toList()));
    // Those that are there once more are around nobody.
    findings(rulesBeside, ofFile.stream().filter(FoundContainer::beside).toList()).stream()
        .filter(finding ->
            finding.verdict() == Verdict.FAIL && finding.judgement().because() == Because.WRITTEN)
        .forEach(findings::add);
    return findings;
  }

  private List<Finding> findings(RuleSet rules, List<FoundContainer> ofFile) {
    if (ofFile.isEmpty()) {
      return List.of();
    }
    List<Container> containers = new ArrayList<>();
    Map<String, Volume> volumes = new LinkedHashMap<>();
    for (FoundContainer found : ofFile) {
      // Several may have one name; the number says which is which.
      containers.add(found.container().withId("#" + containers.size()));
      found.volumes().forEach(volume -> volumes.putIfAbsent(volume.name(), volume));
    }
    Snapshot snapshot =
        Snapshot.described(Version.tool(), engine, containers, List.copyOf(volumes.values()));
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : Evaluator.findings(rules, Derivation.derive(snapshot), scope)) {
      String id = finding.subject().id();
      if (id != null) {
        Subject subject = finding.subject();
        FoundContainer found = ofFile.get(Integer.parseInt(id.substring(1)));
        findings.addAll(
            places.placed(
                found,
                finding.of(new Subject(subject.kind(), subject.name(), null, subject.key()))));
      }
    }
    return findings;
  }

  /** What the rules say of an image that is built so, each where it stands. */
  private List<Finding> findings(FoundBuild build) {
    Subject subject = new Subject(SubjectKind.BUILD, build.name(), null, "build " + build.name());
    Snapshot around = Snapshot.described(Version.tool(), engine, List.of(), List.of());
    return Evaluator.findings(buildRules, subject, build.build(), around, scope).stream()
        .flatMap(
            finding -> places.placed(build.file(), build.line(), build.column(), finding).stream())
        .toList();
  }

  /** What the rules say of a daemon that is configured so, each at its key. */
  private List<Finding> findings(SourceFile file, View<Engine> daemon) {
    List<Finding> findings = new ArrayList<>();
    Subject subject = new Subject(SubjectKind.ENGINE, file.path(), null, "daemon " + file.path());
    Snapshot snapshot =
        Derivation.derive(Snapshot.described(Version.tool(), daemon, List.of(), List.of()));
    for (Finding finding : Evaluator.findings(engineRules, snapshot, scope)) {
      findings.add(GatePlaces.atKey(file, finding.of(subject)));
    }
    return findings;
  }
}
