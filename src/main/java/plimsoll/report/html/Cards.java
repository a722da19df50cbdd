package plimsoll.report.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Mount;
import plimsoll.model.Origin;
import plimsoll.model.View;
import plimsoll.report.ControlText;
import plimsoll.report.Plain;
import plimsoll.report.WaiverText;
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
          "dockerfile", "Dockerfile",
          "policy", "plimsoll.yaml",
          "daemon", "the daemon",
          "host", "the host");

  private static final Pattern MOUNT = Pattern.compile("/mounts/([0-9]{1,6})(/.*)?");

  private final Map<String, Integer> anchors = new HashMap<>();

  /**
   * One finding's.
   *
   * @param container whose it is; null where that is not known, or it is no container's
   */
  Card card(Finding finding, @Nullable Container container) {
    // Containers of one service may have the same finding.
    int times = anchors.merge(finding.fingerprint(), 1, Integer::sum);
    return new Card(
        "f-" + Plain.line(finding.fingerprint()) + (times == 1 ? "" : "~" + times),
        finding.severity().toString(),
        finding.verdict().toString(),
        finding.rule().id(),
        finding.rule().title(),
        message(finding, container),
        how(finding),
        finding.evidence().stream().map(evidence -> evidence(evidence, container)).toList(),
        finding.rule().why(),
        finding.rule().fix().entrySet().stream()
            .map(fix -> new Fix(PLACES.getOrDefault(fix.getKey(), fix.getKey()), fix.getValue()))
            .toList(),
        controls(finding.rule().controls()));
  }

  /** What the title does not say already, and for a mount, which one. */
  private static String message(Finding finding, @Nullable Container container) {
    String message = Plain.line(finding.message());
    String title = finding.rule().title();
    String verb = title.substring(title.indexOf(' ') + 1);
    String said = message.startsWith(verb) || verb.startsWith(message) ? "" : message;
    String mounts =
        finding.evidence().stream()
            .map(evidence -> mount(evidence, container))
            .filter(mount -> !mount.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    return mounts.isEmpty() ? said : said + ", by the mount of " + mounts;
  }

  /** The mount that a pointer leads to, {@code SOURCE at DESTINATION}; empty for other facts. */
  private static String mount(Evidence evidence, @Nullable Container container) {
    Matcher matcher = MOUNT.matcher(evidence.path());
    if (container == null || !matcher.matches()) {
      return "";
    }
    View<Confinement> enforced = container.enforced();
    View<Confinement> view =
        evidence.view() == ViewName.ENFORCED && enforced != null ? enforced : container.requested();
    int index = Integer.parseInt(matcher.group(1));
    List<Mount> mounts = view.facts().mounts();
    return index < mounts.size() ? Plain.line(mounts.get(index).describe()) : "";
  }

  /** The number in each version of a benchmark: {@code CIS Docker 5.10 (1.6, 1.7, 1.8)}. */
  private static String controls(List<Control> controls) {
    Map<String, List<String>> versions = new LinkedHashMap<>();
    for (Control control : controls) {
      versions
          .computeIfAbsent(
              ControlText.benchmark(control) + " " + control.id(), id -> new ArrayList<>())
          .add(control.version());
    }
    return versions.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
        .collect(Collectors.joining(", "));
  }

  private static List<String> how(Finding finding) {
    Judgement judgement = finding.judgement();
    List<String> how = new ArrayList<>();
    if (finding.waiver() != null) {
      how.add(Plain.line(WaiverText.of(finding.waiver())));
    }
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

  private static EvidenceRow evidence(Evidence evidence, @Nullable Container container) {
    String mount = mount(evidence, container);
    Origin origin = evidence.origin();
    return new EvidenceRow(
        evidence.view().toString(),
        Plain.line(evidence.path()) + (mount.isEmpty() ? "" : " (" + mount + ")"),
        Plain.line(evidence.actual()),
        Plain.line(evidence.expected()),
        origin == null ? "" : Plain.line(origin.describe()));
  }
}
