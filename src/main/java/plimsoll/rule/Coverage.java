package plimsoll.rule;

import java.util.List;
import plimsoll.rule.Benchmark.Edition;

/**
 * How much of a benchmark rules judge.
 *
 * @param controls how many it has
 * @param decided how many some rule decides
 * @param manual how many rules name but leave to a person
 */
public record Coverage(Edition edition, int controls, int decided, int manual) {

  /** Counts. */
  public static Coverage of(Edition edition, RuleSet rules) {
    int decided = 0;
    int manual = 0;
    for (Benchmark.Item control : edition.controls()) {
      List<Rule> judging = edition.judging(control, rules);
      if (decided(judging)) {
        decided++;
      } else if (!judging.isEmpty()) {
        manual++;
      }
    }
    return new Coverage(edition, edition.controls().size(), decided, manual);
  }

  /** How many have a rule. */
  public int covered() {
    return decided + manual;
  }

  /** Whether one of the rules that judge a control decides it. */
  public static boolean decided(List<Rule> judging) {
    return judging.stream().anyMatch(rule -> !manual(rule.require()));
  }

  private static boolean manual(Condition condition) {
    return condition instanceof Condition.Manual
        || (condition instanceof Condition.When when && manual(when.then()));
  }
}
