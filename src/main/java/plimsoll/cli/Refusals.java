package plimsoll.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plimsoll.engine.Scope;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Origin;
import plimsoll.model.Snapshot;
import plimsoll.profile.Profile;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;
import plimsoll.report.Plain;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.SubjectKind;

/**
 * What of a run line a profile does not let through.
 *
 * @param refused in the order of how bad they are
 * @param allowed what would have been, but was allowed by the line itself
 */
record Refusals(List<Finding> refused, List<Finding> allowed) {

  /**
   * Judges what a line asks for.
   *
   * @param snapshot the container as it was asked for, first of all, with what is around it
   * @param allowances rules that are let through, with the reason
   * @throws UnusableException if a rule that the profile goes by could not judge
   */
  static Refusals of(
      Policy policy,
      Snapshot snapshot,
      Profile profile,
      Map<String, String> allowances,
      Edges edges)
      throws UnusableException {
    List<Finding> refused = new ArrayList<>();
    List<Finding> allowed = new ArrayList<>();
    String name = snapshot.containers().get(0).identity().name();
    for (Finding finding : policy.judge(snapshot, Scope.ALL, edges).report().findings()) {
      if (finding.subject().kind() != SubjectKind.CONTAINER
          || !finding.subject().name().equals(name)) {
        continue;
      }
      if (Unjudged.is(finding) && profile.refuses(finding.rule().id(), finding.severity())) {
        throw new UnusableException(
            finding.rule().id()
                + " has not judged, and nothing was created: "
                + finding.judgement().reason());
      }
      if (finding.verdict() != Verdict.FAIL
          || finding.judgement().because() != Because.WRITTEN
          || !profile.refuses(finding.rule().id(), finding.severity())) {
        continue;
      }
      (allowances.containsKey(finding.rule().id()) ? allowed : refused).add(finding);
    }
    return new Refusals(refused, allowed);
  }

  /**
   * What the kernel shows of a container that was started and a profile does not let through,
   * though nothing in the line told of it: a user by a name that is root in its image, a path that
   * led elsewhere in the meantime.
   *
   * @param derived with everything derived
   */
  static List<Finding> seen(
      Policy policy,
      Snapshot derived,
      String name,
      Profile profile,
      Map<String, String> allowances,
      Edges edges) {
    // Somebody waits for the program: other rules need not be asked.
    List<Rule> refusing =
        policy.rules().rules().stream()
            .filter(rule -> rule.subject() == SubjectKind.CONTAINER)
            .filter(rule -> profile.refuses(rule.id(), rule.severity().worst()))
            .toList();
    Policy asked = policy.of(new RuleSet(refusing));
    return asked.judgeDerived(derived, Scope.ALL, edges).report().findings().stream()
        .filter(finding -> finding.subject().kind() == SubjectKind.CONTAINER)
        .filter(finding -> finding.subject().name().equals(name))
        .filter(finding ->
            Unjudged.is(finding)
                || (finding.verdict() == Verdict.FAIL
                    && finding.judgement().views().equals(List.of(ViewName.ENFORCED))))
        .filter(finding -> profile.refuses(finding.rule().id(), finding.severity()))
        .filter(finding -> !allowances.containsKey(finding.rule().id()))
        .toList();
  }

  /** Each with its flag, and the smallest way forward. */
  String explained(RunLine line, Profile profile) {
    StringBuilder text =
        new StringBuilder("refused by the profile ").append(Plain.line(profile.name()));
    text.append("; nothing was created\n");
    for (Finding finding : refused) {
      for (String flag : flags(finding, line)) {
        text.append("  ").append(Plain.line(flag)).append('\n');
      }
      text.append("      ").append(finding.rule().id());
      text.append(" (").append(finding.severity()).append("): ");
      text.append(Plain.line(finding.message())).append('\n');
      String fix = finding.rule().fixFor("run");
      if (fix != null) {
        text.append("      ").append(fix.strip()).append('\n');
      }
      text.append("      or say why it must be: --allow ");
      text.append(finding.rule().id()).append("=REASON\n");
    }
    return text.toString().stripTrailing();
  }

  /** The flags of the line that a finding is about, as they were typed. */
  static Set<String> flags(Finding finding, RunLine line) {
    Set<String> flags = new LinkedHashSet<>();
    for (Given given : offending(finding, line)) {
      String word = given.word().text();
      boolean whole =
          word.contains("=") || given.value().equals("true") || word.endsWith(given.value());
      flags.add(whole ? word : word + " " + given.value());
    }
    return flags;
  }

  /** The flags of the line that a finding is about. */
  static Set<Given> offending(Finding finding, RunLine line) {
    Set<Given> offending = new LinkedHashSet<>();
    for (Evidence evidence : finding.evidence()) {
      Origin origin = evidence.origin();
      Integer row = origin == null ? null : origin.line();
      Integer column = origin == null ? null : origin.column();
      for (Given given : line.flags()) {
        if (row != null
            && column != null
            && given.word().line() == row
            && given.word().column() == column) {
          offending.add(given);
        }
      }
    }
    return offending;
  }
}
