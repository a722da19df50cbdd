package plimsoll.engine;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.rule.Rule;

/** From an outcome to a judgement: what is the same for every kind of subject. */
final class Judgements {
  private Judgements() {}

  /**
   * The judgement.
   *
   * @param asked whether somebody asked for the value in an evidence
   */
  static Judgement of(
      Rule rule,
      Outcome outcome,
      Predicate<Evidence> asked,
      List<ViewName> views,
      @Nullable Boolean confirmed) {
    if (!outcome.is(Verdict.FAIL)) {
      return new Judgement(
          outcome.verdict(),
          rule.severity().worst(),
          null,
          outcome.is(Verdict.NOT_APPLICABLE) ? null : confirmed,
          views,
          outcome.is(Verdict.NOT_APPLICABLE) ? notApplicable(outcome) : outcome.reason());
    }
    boolean written = outcome.evidence().stream().anyMatch(asked);
    return new Judgement(
        Verdict.FAIL,
        written ? rule.severity().written() : rule.severity().omitted(),
        written ? Because.WRITTEN : Because.OMITTED,
        confirmed,
        views,
        null);
  }

  private static @Nullable String notApplicable(Outcome outcome) {
    return outcome.evidence().stream()
        .findFirst()
        .map(evidence -> evidence.path() + " is " + evidence.actual())
        .orElse(null);
  }
}
