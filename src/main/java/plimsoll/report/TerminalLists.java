package plimsoll.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final int REASONS_SHOWN = 2;

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

  /** Rules that say the same of the same subjects share their lines. */
  private record Alike(String names, List<String> reasons) {}

  void listed(String title, Verdict verdict) {
    Map<Alike, List<String>> rules = new LinkedHashMap<>();
    byRule(verdict)
        .forEach((rule, findings) ->
            rules
                .computeIfAbsent(
                    new Alike(
                        names(findings), verdict == Verdict.PASS ? List.of() : reasons(findings)),
                    alike -> new ArrayList<>())
                .add(rule.id()));
    if (rules.isEmpty()) {
      return;
    }
    out.line(out.bold(title));
    rules.forEach((alike, ids) -> {
      out.words("  ", "    ", String.join(", ", ids) + ": " + alike.names());
      alike.reasons().forEach(reason -> out.words("      ", "      ", out.faint(reason)));
    });
    out.blank();
  }

  private static List<String> reasons(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.judgement().reason())
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .limit(REASONS_SHOWN)
        .map(Plain::line)
        .toList();
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
