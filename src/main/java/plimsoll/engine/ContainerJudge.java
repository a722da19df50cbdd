package plimsoll.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plimsoll.engine.ViewEvaluator.Surroundings;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Origin;
import plimsoll.model.View;
import plimsoll.model.Witness;
import plimsoll.rule.Condition;
import plimsoll.rule.Fact;
import plimsoll.rule.Rule;

/**
 * Judges a container by both of its views.
 *
 * <p>A failure in either view is a failure. What the kernel shows to hold does not excuse a request
 * that fails, for the program may have imposed it on itself, unless the kernel also shows who else
 * provides it, such as an ancestor cgroup. Where the request cannot be told, the kernel decides.
 */
final class ContainerJudge {
  private final Surroundings surroundings;

  /** By rule, whether the kernel is a witness of anything it reads. */
  private final Map<String, Boolean> kernelRules = new HashMap<>();

  ContainerJudge(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * A verdict with the facts that led to it.
   *
   * @param message what the rule's own message does not say; null for that
   * @param lasting the evidence that is still there tomorrow, for the fingerprint
   */
  record Judged(
      Judgement judgement,
      List<Evidence> evidence,
      @Nullable String message,
      List<Evidence> lasting) {

    Judged(Judgement judgement, List<Evidence> evidence) {
      this(judgement, evidence, null, evidence);
    }

    Judged because(@Nullable String reason) {
      return new Judged(
          new Judgement(
              judgement.verdict(),
              judgement.severity(),
              judgement.because(),
              judgement.confirmed(),
              judgement.views(),
              reason),
          evidence);
    }
  }

  Judged judge(Rule rule, Container container) {
    if (rule.require() instanceof Condition.NoDrift) {
      return Drift.judge(container);
    }
    View<Confinement> requested = container.requested();
    Outcome asked = ViewEvaluator.requested(surroundings, requested).evaluate(rule.require());
    View<Confinement> enforced = container.enforced();
    boolean witnessed =
        container.identity().live()
            && kernelRules.computeIfAbsent(rule.id(), id -> readsKernel(rule.require()));
    if (!witnessed || enforced == null) {
      return new Judged(
          judgement(rule, container, asked, List.of(ViewName.REQUESTED), witnessed ? false : null),
          asked.evidence());
    }
    Outcome done =
        ViewEvaluator.enforced(surroundings, requested, enforced, container.identity().pid())
            .evaluate(rule.require());
    return combine(rule, container, asked, done);
  }

  private Judged combine(Rule rule, Container container, Outcome asked, Outcome done) {
    List<ViewName> both = List.of(ViewName.REQUESTED, ViewName.ENFORCED);
    if (asked.is(Verdict.FAIL) && done.is(Verdict.PASS) && providedByOthers(done)) {
      return judged(rule, container, done, List.of(ViewName.ENFORCED), true);
    }
    if (asked.is(Verdict.FAIL) && done.is(Verdict.FAIL)) {
      List<Evidence> evidence =
          Stream.concat(
                  asked.evidence().stream(),
                  done.evidence().stream().filter(e -> e.view() == ViewName.ENFORCED))
              .toList();
      return new Judged(judgement(rule, container, asked, both, true), evidence);
    }
    if (asked.is(Verdict.FAIL)) {
      Judged failed = judged(rule, container, asked, List.of(ViewName.REQUESTED), false);
      return done.is(Verdict.PASS) ? failed.because(notCredited(done)) : failed;
    }
    if (done.is(Verdict.FAIL)) {
      return judged(rule, container, done, List.of(ViewName.ENFORCED), true);
    }
    if (asked.is(Verdict.UNKNOWN) || asked.is(Verdict.NOT_APPLICABLE)) {
      boolean told = done.is(Verdict.PASS);
      return judged(
          rule,
          container,
          told ? done : asked,
          List.of(told ? ViewName.ENFORCED : ViewName.REQUESTED),
          told ? (Boolean) true : null);
    }
    return done.is(Verdict.PASS)
        ? judged(rule, container, asked, both, true)
        : judged(rule, container, asked, List.of(ViewName.REQUESTED), false);
  }

  private static Judged judged(
      Rule rule,
      Container container,
      Outcome outcome,
      List<ViewName> views,
      @Nullable Boolean confirmed) {
    return new Judged(judgement(rule, container, outcome, views, confirmed), outcome.evidence());
  }

  private static Judgement judgement(
      Rule rule,
      Container container,
      Outcome outcome,
      List<ViewName> views,
      @Nullable Boolean confirmed) {
    return Judgements.of(
        rule,
        outcome,
        evidence -> asked(container, evidence),
        views,
        outcome.is(Verdict.UNKNOWN) ? null : confirmed);
  }

  /**
   * Whether somebody asked for a value: of one the kernel shows, whether somebody asked for its
   * counterpart.
   */
  private static boolean asked(Container container, Evidence evidence) {
    Origin origin =
        evidence.view() == ViewName.ENFORCED
            ? container.requested().originOf(evidence.path())
            : evidence.origin();
    return origin != null && origin.written();
  }

  private static boolean providedByOthers(Outcome done) {
    List<Origin> origins =
        done.evidence().stream()
            .filter(evidence -> evidence.view() == ViewName.ENFORCED)
            .map(Evidence::origin)
            .filter(Objects::nonNull)
            .toList();
    return !origins.isEmpty() && origins.stream().allMatch(origin -> origin.provider() != null);
  }

  /** What the kernel shows to hold, said though it excuses nothing. */
  private static @Nullable String notCredited(Outcome done) {
    return done.evidence().stream()
        .filter(evidence -> evidence.view() == ViewName.ENFORCED)
        .map(evidence ->
            "not credited, since nobody asked for it: the kernel shows "
                + evidence.path()
                + " "
                + evidence.actual()
                + (evidence.origin() == null ? "" : " in " + evidence.origin().describe()))
        .findFirst()
        .orElse(null);
  }

  /** Whether a condition reads anything the kernel is a witness of. */
  private static boolean readsKernel(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.parts().stream().anyMatch(ContainerJudge::readsKernel);
    }
    if (condition instanceof Condition.Any any) {
      return any.parts().stream().anyMatch(ContainerJudge::readsKernel);
    }
    if (condition instanceof Condition.Not not) {
      return readsKernel(not.part());
    }
    if (condition instanceof Condition.When when) {
      return readsKernel(when.premise()) || readsKernel(when.then());
    }
    if (condition instanceof Condition.Each each) {
      return ofKernel(each.list());
    }
    return condition instanceof Condition.Test test && ofKernel(test.fact());
  }

  private static boolean ofKernel(Fact fact) {
    return fact.root() == Fact.Root.SUBJECT && Witness.of(fact.path().text()) != Witness.ENGINE;
  }
}
