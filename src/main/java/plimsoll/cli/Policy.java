package plimsoll.cli;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import plimsoll.derive.Derivation;
import plimsoll.engine.Evaluator;
import plimsoll.engine.Scope;
import plimsoll.engine.Waiving;
import plimsoll.engine.Waiving.Waived;
import plimsoll.model.Snapshot;
import plimsoll.rule.RuleSet;
import plimsoll.rule.Waiver;

/** What to judge by. */
record Policy(RuleSet rules, List<Waiver> waivers) {

  /** Judges a snapshot as of today. */
  Waived judge(Snapshot snapshot, Scope scope, Edges edges) {
    return judgeDerived(Derivation.derive(snapshot), scope, edges);
  }

  /** The same of a snapshot with everything derived. */
  Waived judgeDerived(Snapshot derived, Scope scope, Edges edges) {
    return Waiving.apply(
        Evaluator.evaluate(rules, derived, scope, Version.tool()),
        waivers,
        LocalDate.ofInstant(edges.clock().instant(), ZoneOffset.UTC));
  }
}
