package plimsoll.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plimsoll.engine.Evaluator;
import plimsoll.engine.PolicyChanges;
import plimsoll.engine.PolicyChanges.Judging;
import plimsoll.engine.Scope;
import plimsoll.finding.Finding;
import plimsoll.finding.Subject;
import plimsoll.finding.Verdict;
import plimsoll.gate.SourceFile;
import plimsoll.model.Snapshot;
import plimsoll.rule.SubjectKind;
import plimsoll.rule.Waiver;

/**
 * How a change weakens what judges it: findings of the rules for policies, by the policy of before,
 * which the change cannot have touched.
 *
 * @param before what judged
 * @param inlineBefore comments that waived
 * @param now what judges with the change
 * @param inlineNow comments that waive with it
 * @param config where the configuration lies, or would lie
 */
record PolicyReview(
    Policy before,
    List<Waiver> inlineBefore,
    Policy now,
    List<Waiver> inlineNow,
    SourceFile config) {

  /** A configuration's text, for its lines; empty where there is none. */
  static SourceFile config(Path file) {
    String path = file.toString().replace('\\', '/');
    try {
      return new SourceFile(path, SmallFile.text(file));
    } catch (IOException e) {
      return new SourceFile(path, "");
    }
  }

  /**
   * The failures, each where it is written.
   *
   * @param files all that was read, by path
   */
  List<Finding> findings(Map<String, SourceFile> files, Scope scope, LocalDate today) {
    Subject subject = new Subject(SubjectKind.POLICY, config.path(), null, "policy");
    Snapshot nothing = Snapshot.described(Version.tool(), null, List.of(), List.of());
    GatePlaces places = new GatePlaces(files);
    return Evaluator.findings(
            before.rules(),
            subject,
            PolicyChanges.between(judging(before, inlineBefore), judging(now, inlineNow), today),
            nothing,
            scope)
        .stream()
        .filter(finding -> finding.verdict() == Verdict.FAIL)
        .flatMap(finding -> places.placed(config, 1, 1, finding).stream())
        .toList();
  }

  private static Judging judging(Policy policy, List<Waiver> inline) {
    List<Waiver> all = new ArrayList<>(policy.waivers());
    all.addAll(inline);
    return new Judging(policy.rules(), all, policy.places());
  }
}
