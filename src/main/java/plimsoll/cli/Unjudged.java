package plimsoll.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import plimsoll.finding.Because;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.report.Plain;

/** Rules that could not judge, because the policy that they name failed. */
final class Unjudged {
  private Unjudged() {}

  /** Says which they are, and why; whether there is any. */
  static boolean complain(Report report, Edges edges) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      if (is(finding)) {
        reasons.putIfAbsent(finding.rule().id(), String.valueOf(finding.judgement().reason()));
      }
    }
    reasons.forEach((rule, reason) ->
        edges.err().println("plimsoll: " + rule + " has not judged: " + Plain.line(reason)));
    return !reasons.isEmpty();
  }

  /** Whether it says of its subject that nothing could be said. */
  static boolean is(Finding finding) {
    return finding.judgement().because() == Because.ERROR;
  }
}
