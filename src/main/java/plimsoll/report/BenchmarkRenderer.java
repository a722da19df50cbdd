package plimsoll.report;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import plimsoll.finding.Conformance;
import plimsoll.finding.Conformance.Row;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;
import plimsoll.rule.Benchmark.Edition;
import plimsoll.rule.Severity;

/** A report for a person at a terminal, laid out as a benchmark is: every control, in its order. */
public final class BenchmarkRenderer implements Renderer {
  private static final String INDENT = "             ";
  private static final List<Verdict> COUNTED =
      List.of(
          Verdict.PASS,
          Verdict.FAIL,
          Verdict.UNKNOWN,
          Verdict.MANUAL,
          Verdict.NOT_APPLICABLE,
          Verdict.WAIVED);

  private final Edition edition;
  private final boolean colour;

  /** By this benchmark, in colour or not. */
  public BenchmarkRenderer(Edition edition, boolean colour) {
    this.edition = edition;
    this.colour = colour;
  }

  @Override
  public void render(Report report, OutputStream out) {
    PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
    Columns columns = new Columns(writer, colour);
    Conformance conformance = Conformance.of(edition, report);
    TerminalRenderer.heading(report, columns);
    columns.line(columns.bold(edition.toString()));
    columns.blank();
    for (Conformance.Section section : conformance.sections()) {
      columns.line(
          columns.bold(section.name())
              + "  "
              + columns.faint(counted(section.rows().size(), section.rows())));
      section.rows().forEach(row -> row(row, columns));
      columns.blank();
    }
    new TerminalLists(report, columns).gaps();
    List<Row> all = conformance.sections().stream().flatMap(s -> s.rows().stream()).toList();
    columns.words("", "", all.size() + " controls: " + counted(all.size(), all));
    writer.flush();
  }

  private static String counted(int all, List<Row> rows) {
    Map<Verdict, Integer> counts = Conformance.counts(rows);
    int judged = counts.values().stream().mapToInt(Integer::intValue).sum();
    return Stream.concat(
            COUNTED.stream()
                .filter(counts::containsKey)
                .map(verdict -> counts.get(verdict) + " " + words(verdict)),
            Stream.of(all - judged + " not judged").filter(text -> judged < all))
        .collect(Collectors.joining(", "));
  }

  private static String words(Verdict verdict) {
    return verdict.toString().replace('-', ' ');
  }

  private static void row(Row row, Columns out) {
    Verdict verdict = row.verdict();
    String status =
        verdict == null
            ? "-"
            : verdict == Verdict.NOT_APPLICABLE
                ? "n/a"
                : verdict.toString().toUpperCase(Locale.ROOT);
    String padded = String.format("%-7s", status);
    out.words(
        "  " + String.format("%-7s", row.number()) + " " + shown(verdict, padded, out),
        INDENT + "      ",
        Plain.line(row.control().title()) + " (level " + row.control().level() + ")");
    if (verdict == Verdict.FAIL || verdict == Verdict.UNKNOWN || verdict == Verdict.MANUAL) {
      details(row).forEach(detail -> out.words(INDENT, INDENT + "  ", out.faint(detail)));
    }
  }

  private static String shown(
      @org.jspecify.annotations.Nullable Verdict verdict, String text, Columns out) {
    if (verdict == Verdict.FAIL) {
      return out.coloured(Severity.HIGH, text);
    }
    return verdict == Verdict.UNKNOWN || verdict == Verdict.MANUAL
        ? out.coloured(Severity.MEDIUM, text)
        : text;
  }

  /** What was found, said once for all it is true of. */
  private static List<String> details(Row row) {
    Map<String, List<Finding>> alike = new LinkedHashMap<>();
    for (Finding finding : row.decisive()) {
      alike
          .computeIfAbsent(
              finding.rule().id() + ": " + Plain.line(finding.message()), k -> new ArrayList<>())
          .add(finding);
    }
    List<String> details = new ArrayList<>();
    alike.forEach((said, findings) -> {
      details.add(said + " (" + TerminalLists.names(findings) + ")");
      if (row.verdict() == Verdict.MANUAL) {
        findings.get(0).evidence().forEach(evidence -> details.add("  " + gathered(evidence)));
      }
    });
    return details;
  }

  private static String gathered(Evidence evidence) {
    return evidence.path() + ": " + Plain.line(evidence.actual());
  }
}
