package plimsoll.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;
import plimsoll.model.Gap;
import plimsoll.rule.Rule;
import plimsoll.rule.Waiver;

/** What stands below the failures in a report for a terminal: the rest, in few lines. */
final class TerminalLists {
  private static final int NAMES_SHOWN = 12;
  private static final int GAPS_SHOWN = 10;

  private final Report report;
  private final Columns out;

  TerminalLists(Report report, Columns out) {
    this.report = report;
    this.out = out;
  }

  Map<Rule, List<Finding>> byRule(Verdict verdict) {
    return report.findings().stream()
        .filter(finding -> finding.verdict() == verdict)
        .collect(
            Collectors.groupingBy(
                Finding::rule, LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
  }

  static String names(List<Finding> findings) {
    List<String> names =
        findings.stream().map(f -> Plain.line(f.subject().name())).distinct().toList();
    return names.size() <= NAMES_SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMES_SHOWN))
            + " and "
            + (names.size() - NAMES_SHOWN)
            + " more";
  }

  void listed(String title, Verdict verdict) {
    Map<Rule, List<Finding>> rules = byRule(verdict);
    if (rules.isEmpty()) {
      return;
    }
    out.line(out.bold(title));
    rules.forEach((rule, findings) -> {
      out.words("  ", "    ", rule.id() + ": " + names(findings));
      Collection<String> reasons = new TreeSet<>();
      findings.forEach(finding -> {
        String reason = finding.judgement().reason();
        if (reason != null && verdict != Verdict.PASS) {
          reasons.add(reason);
        }
      });
      reasons.stream()
          .limit(2)
          .forEach(reason -> out.words("      ", "      ", out.faint(Plain.line(reason))));
    });
    out.blank();
  }

  void waived() {
    Map<Rule, List<Finding>> rules = byRule(Verdict.WAIVED);
    if (rules.isEmpty()) {
      return;
    }
    out.line(out.bold("Waived"));
    rules.forEach((rule, findings) -> {
      Map<Waiver, List<Finding>> byWaiver =
          findings.stream()
              .filter(finding -> finding.waiver() != null)
              .collect(
                  Collectors.groupingBy(
                      finding -> Objects.requireNonNull(finding.waiver()),
                      LinkedHashMap::new,
                      Collectors.toList()));
      byWaiver.forEach((waiver, names) -> {
        out.words("  ", "    ", rule.id() + ": " + names(names));
        out.words("      ", "      ", out.faint(Plain.line(WaiverText.of(waiver))));
      });
    });
    out.blank();
  }

  void gaps() {
    List<String> reasons = report.gaps().stream().map(Gap::reason).distinct().toList();
    if (reasons.isEmpty()) {
      return;
    }
    out.line(out.bold("Could not be read"));
    reasons.stream()
        .limit(GAPS_SHOWN)
        .forEach(reason -> out.words("  - ", "    ", Plain.line(reason)));
    if (reasons.size() > GAPS_SHOWN) {
      out.line("  and " + (reasons.size() - GAPS_SHOWN) + " more: see the JSON report");
    }
    out.blank();
  }

  /** Said once, not for each finding. */
  void unconfirmed() {
    long count =
        report.findings().stream()
            .filter(finding -> finding.verdict() == Verdict.PASS)
            .filter(finding -> Boolean.FALSE.equals(finding.judgement().confirmed()))
            .count();
    if (count > 0) {
      out.words(
          "",
          "",
          count
              + " passed as asked for only: the kernel could not be asked whether it is so"
              + " (no rights, or the engine is on another host).");
      out.blank();
    }
  }
}
