package plimsoll.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import plimsoll.finding.Because;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Devices;
import plimsoll.model.Gap;
import plimsoll.model.Identity;
import plimsoll.model.Lifecycle;
import plimsoll.model.Limits;
import plimsoll.model.Mount;
import plimsoll.model.Namespaces;
import plimsoll.model.Networking;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.model.Seccomp;
import plimsoll.model.SecurityLabel;
import plimsoll.model.Snapshot;
import plimsoll.model.User;
import plimsoll.model.View;
import plimsoll.rule.BadRuleException;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleReader;
import plimsoll.rule.RuleSet;
import plimsoll.rule.Severity;

/** How two views, gaps and origins come to one verdict. */
class EvaluatorTest {
  private static final Snapshot.Tool TOOL = new Snapshot.Tool("plimsoll", "test");
  private static final String PIDS = "{path: /limits/pids, exists: true}";
  private static final Origin ASKED = Origin.inspect("HostConfig.PidsLimit");
  private static final Origin SILENT = Origin.byDefault("HostConfig.PidsLimit");
  private static final Origin KERNEL = Origin.kernel("/sys/fs/cgroup/x/pids.max", null);

  private static Rule rule(String condition) {
    try {
      return RuleReader.read(
          "test.yaml",
          """
          id: container-test
          title: t
          message: has {actual}
          subject: container
          severity: {written: high, omitted: low}
          why: w
          require: %s
          fix: {run: r}
          examples: {}
          """
              .formatted(condition));
    } catch (BadRuleException e) {
      throw new AssertionError(e);
    }
  }

  private static Confinement facts(@Nullable Long pids, List<Mount> mounts) {
    return new Confinement(
        false,
        User.EMPTY,
        plimsoll.model.Capabilities.EMPTY,
        Seccomp.EMPTY,
        SecurityLabel.EMPTY,
        null,
        Namespaces.EMPTY,
        mounts,
        null,
        Confinement.KernelPaths.EMPTY,
        Devices.EMPTY,
        new Limits(pids, Limits.Memory.EMPTY, Limits.Cpu.EMPTY, Limits.BlockIo.EMPTY, List.of()),
        Networking.EMPTY,
        Lifecycle.EMPTY,
        null,
        null,
        java.util.Map.of(),
        null,
        List.of(),
        java.util.Map.of(),
        List.of(),
        java.util.Map.of());
  }

  private static View<Confinement> pids(@Nullable Long limit, Origin origin) {
    Provenance provenance = new Provenance();
    provenance.origin("/limits/pids", origin);
    return provenance.view(facts(limit, List.of()));
  }

  private static View<Confinement> unknown(String pointer) {
    return pids(null, SILENT).withGaps(List.of(new Gap(pointer, "no rights")));
  }

  private static Finding judge(
      String condition, View<Confinement> requested, @Nullable View<Confinement> enforced) {
    return judge(condition, requested, enforced, true);
  }

  private static Finding judge(
      String condition,
      View<Confinement> requested,
      @Nullable View<Confinement> enforced,
      boolean live) {
    Identity identity =
        new Identity("id", "web", live ? "running" : "exited", live ? 7L : null, null, null, null);
    Snapshot snapshot =
        new Snapshot(
            Snapshot.SCHEMA,
            Instant.EPOCH,
            TOOL,
            null,
            null,
            List.of(new Container(identity, requested, enforced)),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    Report report =
        Evaluator.evaluate(new RuleSet(List.of(rule(condition))), snapshot, Scope.ALL, TOOL);
    assertThat(report.findings()).hasSize(1);
    return report.findings().get(0);
  }

  private static void assertJudged(
      Finding finding, Verdict verdict, @Nullable Boolean confirmed, ViewName... views) {
    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.judgement().confirmed()).isEqualTo(confirmed);
    assertThat(finding.judgement().views()).containsExactly(views);
  }

  @Test
  void aFailureInBothViewsIsConfirmed() {
    Finding finding = judge(PIDS, pids(null, SILENT), pids(null, KERNEL));
    assertJudged(finding, Verdict.FAIL, true, ViewName.REQUESTED, ViewName.ENFORCED);
    assertThat(finding.judgement().because()).isEqualTo(Because.OMITTED);
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
    assertThat(finding.evidence()).hasSize(2);
  }

  @Test
  void whatWasWrittenIsWorseWhereTheRuleSaysSo() {
    Finding finding = judge(PIDS, pids(null, ASKED), pids(null, KERNEL));
    assertThat(finding.judgement().because()).isEqualTo(Because.WRITTEN);
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void whatOnlyTheKernelShowsIsAFailure() {
    Finding finding = judge(PIDS, pids(100L, ASKED), pids(null, KERNEL));
    assertJudged(finding, Verdict.FAIL, true, ViewName.ENFORCED);
    assertThat(finding.evidence()).singleElement().extracting(e -> e.process()).isEqualTo(7L);
  }

  @Test
  void whatHoldsThoughNobodyAskedForItIsNotCredited() {
    Finding finding = judge(PIDS, pids(null, SILENT), pids(3425L, KERNEL));
    assertJudged(finding, Verdict.FAIL, false, ViewName.REQUESTED);
    assertThat(finding.judgement().reason())
        .isEqualTo(
            "not credited, since nobody asked for it: the kernel shows /limits/pids 3425 in"
                + " /sys/fs/cgroup/x/pids.max");
  }

  @Test
  void whatAnAncestorProvidesIsCredited() {
    Finding finding =
        judge(PIDS, pids(null, SILENT), pids(50L, KERNEL.providedBy("ancestor docker.slice")));
    assertJudged(finding, Verdict.PASS, true, ViewName.ENFORCED);
  }

  @Test
  void withoutRightsToAskTheKernelAPassIsNotConfirmed() {
    assertJudged(
        judge(PIDS, pids(100L, ASKED), unknown("")), Verdict.PASS, false, ViewName.REQUESTED);
    assertJudged(judge(PIDS, pids(100L, ASKED), null), Verdict.PASS, false, ViewName.REQUESTED);
  }

  @Test
  void whereNothingRunsThereIsNothingToConfirm() {
    assertJudged(
        judge(PIDS, pids(100L, ASKED), null, false), Verdict.PASS, null, ViewName.REQUESTED);
  }

  @Test
  void whatTheRequestLeavesOpenTheKernelDecides() {
    assertJudged(
        judge(PIDS, unknown("/limits/pids"), pids(9L, KERNEL)),
        Verdict.PASS,
        true,
        ViewName.ENFORCED);
    assertJudged(
        judge(PIDS, unknown("/limits"), pids(null, KERNEL)), Verdict.FAIL, true, ViewName.ENFORCED);
  }

  @Test
  void unknownIsNeverAPass() {
    Finding finding = judge(PIDS, unknown("/limits/pids"), unknown(""));
    assertJudged(finding, Verdict.UNKNOWN, null, ViewName.REQUESTED);
    assertThat(finding.judgement().reason()).isEqualTo("no rights");
  }

  @Test
  void ofAllAKnownFailureWinsOverTheUnknown() {
    String both = "{all: [%s, {path: /privileged, equals: true}]}".formatted(PIDS);
    assertThat(judge(both, unknown("/limits"), null, false).verdict()).isEqualTo(Verdict.FAIL);
    String either = "{any: [%s, {path: /privileged, equals: false}]}".formatted(PIDS);
    assertThat(judge(either, unknown("/limits"), null, false).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whereThePremiseDoesNotHoldTheRuleDoesNotApply() {
    String when = "{when: {path: /privileged, equals: true}, then: %s}".formatted(PIDS);
    Finding finding = judge(when, pids(null, SILENT), pids(null, KERNEL));
    assertThat(finding.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(finding.judgement().reason()).isEqualTo("/privileged is false");
  }

  @Test
  void notTurnsAVerdictAroundAndLeavesTheUnknownAlone() {
    String not = "{not: %s}".formatted(PIDS);
    assertThat(judge(not, pids(5L, ASKED), null, false).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judge(not, unknown("/limits"), null, false).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void ofEachElementAKnownFailureWinsOverTheUnknownOnes() {
    List<Mount> mounts = new ArrayList<>();
    for (String path : List.of("/a", "/b", "/etc")) {
      mounts.add(
          new Mount(
              "bind",
              path,
              path,
              null,
              false,
              null,
              java.util.Collections.emptySortedSet(),
              List.of(),
              List.of(path)));
    }
    View<Confinement> view =
        new View<>(
            facts(null, mounts),
            java.util.Map.of("/mounts/2", Origin.inspect("HostConfig.Binds[2]")),
            List.of(new Gap("/mounts/0", "hidden")));
    String each = "{each: {path: /mounts, require: {path: source, matches: '/[ab]'}}}";
    Finding finding = judge(each, view, null, false);
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.message()).isEqualTo("has /etc");
    assertThat(finding.evidence())
        .singleElement()
        .satisfies(evidence -> {
          assertThat(evidence.path()).isEqualTo("/mounts/2/source");
          assertThat(evidence.origin()).isEqualTo(Origin.inspect("HostConfig.Binds[2]"));
        });
    assertThat(judge(each.replace("[ab]", ".*"), view, null, false).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aFactTheKernelIsNoWitnessOfIsNotConfirmed() {
    String engineOnly = "{path: /privileged, equals: false}";
    assertJudged(
        judge(engineOnly, pids(1L, ASKED), pids(1L, KERNEL)),
        Verdict.PASS,
        null,
        ViewName.REQUESTED);
  }

  @Test
  void whatNeedsAnEngineIsUnknownWithoutOne() {
    Finding finding = judge("{path: engine:/local, equals: true}", pids(1L, ASKED), null, false);
    assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(finding.judgement().reason()).isEqualTo("no engine answered");
  }

  @Test
  void theFingerprintIsThatOfTheFailingRequestWhateverTheKernelShowsBesides() {
    String running = judge(PIDS, pids(null, SILENT), pids(null, KERNEL)).fingerprint();
    String stopped = judge(PIDS, pids(null, SILENT), null, false).fingerprint();
    assertThat(running).isEqualTo(stopped);
  }
}
