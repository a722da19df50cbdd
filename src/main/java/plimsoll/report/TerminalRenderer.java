package plimsoll.report;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Report;
import plimsoll.finding.Trend;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Origin;
import plimsoll.rule.Rule;
import plimsoll.rule.Severity;

/** A report for a person at a terminal: worst first, one block a rule, 80 columns. */
public final class TerminalRenderer implements Renderer {
  private final Show show;
  private final Trend trend;
  private final boolean colour;

  /** Lists what {@code show} says, beside earlier reports if there are any, in colour or not. */
  public TerminalRenderer(Show show, Trend trend, boolean colour) {
    this.show = show;
    this.trend = trend;
    this.colour = colour;
  }

  @Override
  public void render(Report report, OutputStream out) {
    PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
    new Page(report, new Columns(writer, colour)).print();
    writer.flush();
  }

  /** What was audited, and when. */
  static void heading(Report report, Columns out) {
    out.line(out.bold("Plimsoll " + report.tool().version()) + "  " + Plain.time(report.takenAt()));
    entry(out, "host", report.subject().host(), "not looked at");
    entry(out, "engine", report.subject().engine(), "none answered");
    out.line("  containers  " + report.subject().containers());
    out.blank();
  }

  private static void entry(Columns out, String name, @Nullable String value, String otherwise) {
    out.line(String.format("  %-10s  %s", name, value == null ? otherwise : Plain.line(value)));
  }

  /** What is said of several subjects in the same words. */
  private record Saying(String message, @Nullable Because because, String confirmation) {}

  private final class Page {
    private final Report report;
    private final Columns out;
    private final TerminalLists lists;

    Page(Report report, Columns out) {
      this.report = report;
      this.out = out;
      this.lists = new TerminalLists(report, out);
    }

    void print() {
      heading(report, out);
      TrendTable.print(trend, out);
      for (Map.Entry<Rule, List<Finding>> rule : lists.byRule(Verdict.FAIL).entrySet()) {
        failed(rule.getKey(), rule.getValue());
      }
      lists.listed("Could not be told", Verdict.UNKNOWN);
      lists.listed("To be looked at by a person", Verdict.MANUAL);
      lists.waived();
      if (show == Show.ALL) {
        lists.listed("Passed", Verdict.PASS);
        lists.listed("Does not apply", Verdict.NOT_APPLICABLE);
      }
      lists.gaps();
      lists.unconfirmed();
      summary();
    }

    private void failed(Rule rule, List<Finding> findings) {
      Severity worst =
          findings.stream().map(Finding::severity).max(Severity::compareTo).orElseThrow();
      out.line(
          out.coloured(worst, worst.toString().toUpperCase(java.util.Locale.ROOT))
              + "  "
              + out.bold(rule.title()));
      out.line("  " + rule.id() + benchmark(rule));
      Map<Saying, List<Finding>> sayings = new LinkedHashMap<>();
      for (Finding finding : findings) {
        sayings.computeIfAbsent(saying(finding), s -> new ArrayList<>()).add(finding);
      }
      sayings.forEach(this::saying);
      fix(rule);
      out.blank();
    }

    private Saying saying(Finding finding) {
      return new Saying(
          finding.message(), finding.judgement().because(), confirmation(finding.judgement()));
    }

    private static String confirmation(Judgement judgement) {
      if (judgement.views().equals(List.of(ViewName.ENFORCED))) {
        return "only the kernel shows it";
      }
      String reason = judgement.reason();
      if (reason != null) {
        // The file is the container's own: with it, no two containers would be told together.
        return reason.replaceFirst(" in /\\S+$", "");
      }
      Boolean confirmed = judgement.confirmed();
      return confirmed == null
          ? ""
          : confirmed ? "the kernel shows the same" : "the kernel could not be asked";
    }

    private void saying(Saying saying, List<Finding> findings) {
      boolean named = !findings.get(0).subject().kind().single();
      if (named) {
        out.words("    ", "    ", out.bold(TerminalLists.names(findings)));
      }
      String indent = named ? "      " : "    ";
      out.words(indent, indent, Plain.line(saying.message()));
      String source = source(saying, findings);
      String how =
          Stream.of(source, Plain.line(saying.confirmation()))
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining("; "));
      out.words(indent, indent, out.faint(how));
    }

    /** Who asked for it, or that nobody asked for anything else; of one subject, with the field. */
    private static String source(Saying saying, List<Finding> findings) {
      List<Evidence> evidence = findings.size() > 1 ? List.of() : findings.get(0).evidence();
      if (findings.get(0).judgement().views().equals(List.of(ViewName.ENFORCED))) {
        return origins(evidence, ViewName.ENFORCED);
      }
      String where = origins(evidence, ViewName.REQUESTED);
      if (saying.because() == Because.WRITTEN) {
        return where.isEmpty() ? "asked for" : "asked for by " + where;
      }
      return where.isEmpty() ? "nobody asked for anything else" : where;
    }

    private static String origins(List<Evidence> evidence, ViewName view) {
      return evidence.stream()
          .filter(e -> e.view() == view)
          .map(Evidence::origin)
          .filter(Objects::nonNull)
          .map(Origin::describe)
          .map(Plain::line)
          .distinct()
          .limit(3)
          .collect(Collectors.joining(", "));
    }

    private void fix(Rule rule) {
      for (String place : List.of("run", "dockerfile", "policy", "daemon", "host")) {
        String fix = rule.fixFor(place);
        if (fix != null) {
          out.words("    fix: ", "         ", fix);
          return;
        }
      }
    }

    private void summary() {
      Map<Verdict, Integer> counts = report.totals().counts();
      int waived = counts.getOrDefault(Verdict.WAIVED, 0);
      Map<Severity, Long> failed =
          report.findings().stream()
              .filter(finding -> finding.verdict() == Verdict.FAIL)
              .collect(
                  Collectors.groupingBy(Finding::severity, TreeMap::new, Collectors.counting()));
      List<String> parts = new ArrayList<>();
      failed.forEach(
          (severity, count) -> parts.add(0, out.coloured(severity, count + " " + severity)));
      out.words(
          "",
          "  ",
          out.bold(counts.get(Verdict.FAIL) + " failed")
              + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")")
              + ", "
              + counts.get(Verdict.UNKNOWN)
              + " unknown, "
              + counts.get(Verdict.PASS)
              + " passed"
              + (waived == 0 ? "" : ", " + waived + " waived")
              + "; exposure "
              + report.totals().score()
              + " of 10");
      next();
    }

    private void next() {
      report.findings().stream()
          .filter(finding -> finding.verdict() == Verdict.FAIL)
          .findFirst()
          .ifPresentOrElse(
              worst ->
                  out.words(
                      "Next: ",
                      "      ",
                      "mend "
                          + worst.rule().id()
                          + (worst.subject().kind().single()
                              ? ""
                              : " of " + Plain.line(worst.subject().name()))
                          + " first; for every detail, add --output json=report.json"),
              () ->
                  out.words(
                      "Next: ",
                      "      ",
                      lists.byRule(Verdict.UNKNOWN).isEmpty()
                          ? "nothing failed; keep it so with --fail-on low in a scheduled run"
                          : "nothing failed, but not everything could be told: see above"));
    }

    private static String benchmark(Rule rule) {
      return rule.controls().stream()
          .reduce((first, last) -> last)
          .map(ControlText::of)
          .map(text -> "  (" + text + ")")
          .orElse("");
    }
  }
}
