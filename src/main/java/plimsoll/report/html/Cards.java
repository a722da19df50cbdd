package plimsoll.report.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Origin;
import plimsoll.report.Plain;
import plimsoll.report.html.Page.Card;
import plimsoll.report.html.Page.EvidenceRow;
import plimsoll.report.html.Page.Fix;
import plimsoll.rule.Control;

/** Makes findings into cards, each with a link that is still its own in tomorrow's report. */
final class Cards {
  private static final Map<String, String> PLACES =
      Map.of(
          "run", "docker run",
          "compose", "compose.yaml",
          "daemon", "the daemon",
          "host", "the host");

  private final Map<String, Integer> anchors = new HashMap<>();

  Card card(Finding finding) {
    // Containers of one service may have the same finding.
    int times = anchors.merge(finding.fingerprint(), 1, Integer::sum);
    return new Card(
        "f-" + Plain.line(finding.fingerprint()) + (times == 1 ? "" : "~" + times),
        finding.severity().toString(),
        finding.verdict().toString(),
        finding.rule().id(),
        finding.rule().title(),
        Plain.line(finding.message()),
        how(finding),
        finding.evidence().stream().map(Cards::evidence).toList(),
        finding.rule().why(),
        finding.rule().fix().entrySet().stream()
            .map(fix -> new Fix(PLACES.getOrDefault(fix.getKey(), fix.getKey()), fix.getValue()))
            .toList(),
        finding.rule().controls().stream().map(Cards::control).collect(Collectors.joining(", ")));
  }

  static String control(Control control) {
    String name = control.benchmark().equals("cis-docker") ? "CIS Docker" : control.benchmark();
    return name + " " + control.version() + ": " + control.id();
  }

  private static List<String> how(Finding finding) {
    Judgement judgement = finding.judgement();
    List<String> how = new ArrayList<>();
    if (judgement.because() != null && !onlyEnforced(judgement)) {
      how.add(
          judgement.because() == Because.WRITTEN
              ? "somebody asked for it"
              : "nobody asked for more");
    }
    if (judgement.reason() != null) {
      how.add(Plain.line(judgement.reason()));
    } else if (onlyEnforced(judgement) && finding.verdict() == Verdict.FAIL) {
      how.add("only the kernel shows it");
    } else if (judgement.confirmed() != null) {
      how.add(
          judgement.confirmed() ? "the kernel shows the same" : "the kernel could not be asked");
    }
    return how;
  }

  private static boolean onlyEnforced(Judgement judgement) {
    return judgement.views().equals(List.of(ViewName.ENFORCED));
  }

  private static EvidenceRow evidence(Evidence evidence) {
    Origin origin = evidence.origin();
    return new EvidenceRow(
        evidence.view().toString(),
        Plain.line(evidence.path()),
        Plain.line(evidence.actual()),
        Plain.line(evidence.expected()),
        origin == null ? "" : Plain.line(origin.describe()));
  }
}
