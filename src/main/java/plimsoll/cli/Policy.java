package plimsoll.cli;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import plimsoll.derive.Derivation;
import plimsoll.engine.Evaluator;
import plimsoll.engine.Scope;
import plimsoll.engine.Waiving;
import plimsoll.engine.Waiving.Waived;
import plimsoll.model.Snapshot;
import plimsoll.rule.Condition;
import plimsoll.rule.Condition.Of;
import plimsoll.rule.RuleSet;
import plimsoll.rule.Waiver;

/**
 * What to judge by.
 *
 * @param places where the configuration changes a rule, {@code FILE:LINE:COLUMN} by its id
 */
record Policy(RuleSet rules, List<Waiver> waivers, Map<String, String> places) {
  /** Rules as they are. */
  Policy(RuleSet rules) {
    this(rules, List.of(), Map.of());
  }

  /** The same of some of the rules. */
  Policy of(RuleSet some) {
    return new Policy(some, waivers, places);
  }

  /** Whether some policy in Rego looks at containers beside the one that it judges. */
  boolean readsContainers() {
    return rules.rules().stream()
        .anyMatch(rule ->
            rule.require() instanceof Condition.Policy policy
                && (policy.reads() == null
                    || policy.reads().stream().anyMatch(read -> read.of() == Of.CONTAINERS)));
  }

  /** Judges a snapshot as of today. */
  Waived judge(Snapshot snapshot, Scope scope, Edges edges) {
    return judgeDerived(Derivation.derive(snapshot), scope, edges);
  }

  /** The same of a snapshot with everything derived. */
  Waived judgeDerived(Snapshot derived, Scope scope, Edges edges) {
    return Waiving.apply(
        Evaluator.evaluate(rules, derived, scope, Version.tool()),
        waivers.stream().filter(waiver -> !waiver.isOfFiles()).toList(),
        LocalDate.ofInstant(edges.clock().instant(), ZoneOffset.UTC));
  }
}
