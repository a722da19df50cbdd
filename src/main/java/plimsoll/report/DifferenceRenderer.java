package plimsoll.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Difference;
import plimsoll.finding.Difference.Changed;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.rule.SubjectKind;

/** What became of failures from one report to another, for people, programs and pull requests. */
public final class DifferenceRenderer {
  /** The JSON's schema. */
  public static final String SCHEMA = "plimsoll-diff/1";

  /** As many rows a list as fit into a comment. */
  private static final int ROWS = 100;

  private final Report old;
  private final Report now;
  private final Difference difference;

  /** Of these two. */
  public DifferenceRenderer(Report old, Report now, Difference difference) {
    this.old = old;
    this.now = now;
    this.difference = difference;
  }

  /** For a person at a terminal. */
  public void terminal(OutputStream out, boolean colour) {
    PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
    Columns columns = new Columns(writer, colour);
    list(columns, "New", "+", difference.appeared());
    if (!difference.changed().isEmpty()) {
      columns.line(columns.bold("Changed"));
      for (Changed changed : difference.changed()) {
        line(columns, "~", changed.now());
        columns.words("      was: ", "           ", Plain.line(changed.was().message()));
      }
      columns.blank();
    }
    list(columns, "Mended", "-", difference.mended());
    columns.line(columns.bold(sum()) + "; exposure " + exposure());
    writer.flush();
  }

  private static void list(Columns columns, String title, String sign, List<Finding> findings) {
    if (!findings.isEmpty()) {
      columns.line(columns.bold(title));
      findings.forEach(finding -> line(columns, sign, finding));
      columns.blank();
    }
  }

  private static void line(Columns columns, String sign, Finding finding) {
    columns.words(
        "  " + sign + " ",
        "      ",
        columns.coloured(finding.severity(), finding.severity().toString())
            + " "
            + columns.bold(subject(finding))
            + " "
            + Plain.line(finding.message())
            + " ("
            + finding.rule().id()
            + ")");
  }

  private static String subject(Finding finding) {
    return finding.subject().kind() == SubjectKind.CONTAINER
        ? Plain.line(finding.subject().name())
        : finding.subject().kind().toString();
  }

  private String sum() {
    return difference.appeared().size()
        + " new, "
        + difference.changed().size()
        + " changed, "
        + difference.mended().size()
        + " mended, "
        + difference.unchanged()
        + " unchanged";
  }

  private String exposure() {
    return String.format(Locale.ROOT, "%.1f, was %.1f", now.totals().score(), old.totals().score());
  }

  /** For a pull request's comment, in GitHub's and GitLab's Markdown. */
  public void markdown(OutputStream out) {
    PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
    writer.println("### Container hardening: " + sum());
    writer.println();
    writer.println("Exposure " + exposure() + " (0 is best, 10 is worst).");
    table(writer, "New", difference.appeared());
    if (!difference.changed().isEmpty()) {
      heading(writer, "Changed", "| severity | what | was | is | rule |", 5);
      difference.changed().stream()
          .limit(ROWS)
          .forEach(changed ->
              row(
                  writer,
                  changed.now(),
                  code(changed.was().message()) + " | " + code(changed.now().message())));
      more(writer, difference.changed().size());
    }
    table(writer, "Mended", difference.mended());
    writer.flush();
  }

  private static void table(PrintWriter writer, String title, List<Finding> findings) {
    if (!findings.isEmpty()) {
      heading(writer, title, "| severity | what | finding | rule |", 4);
      findings.stream()
          .limit(ROWS)
          .forEach(finding -> row(writer, finding, code(finding.message())));
      more(writer, findings.size());
    }
  }

  private static void heading(PrintWriter writer, String title, String columns, int count) {
    writer.println();
    writer.println("**" + title + "**");
    writer.println();
    writer.println(columns);
    writer.println("|" + " --- |".repeat(count));
  }

  private static void row(PrintWriter writer, Finding finding, String cells) {
    writer.println(
        "| "
            + finding.severity()
            + " | "
            + code(subject(finding))
            + " | "
            + cells
            + " | "
            + finding.rule().id()
            + " |");
  }

  private static void more(PrintWriter writer, int count) {
    if (count > ROWS) {
      writer.println();
      writer.println("and " + (count - ROWS) + " more.");
    }
  }

  /**
   * As code, so that nothing in it is a mention, a link or markup; what would end the code or the
   * cell is taken out.
   */
  private static String code(String text) {
    String plain = Plain.line(text).replace('`', '\'').replace('|', '/').strip();
    return plain.isEmpty() ? "" : "`" + plain + "`";
  }

  /** For programs. */
  public void json(OutputStream out) throws IOException {
    try (JsonGenerator json = AsciiJson.to(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("schema", SCHEMA);
      side(json, "old", old);
      side(json, "new", now);
      list(json, "appeared", difference.appeared());
      json.writeArrayFieldStart("changed");
      for (Changed changed : difference.changed()) {
        finding(json, changed.now(), changed.was().message());
      }
      json.writeEndArray();
      list(json, "mended", difference.mended());
      json.writeNumberField("unchanged", difference.unchanged());
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void side(JsonGenerator json, String name, Report report) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("takenAt", report.takenAt().toString());
    json.writeNumberField("score", report.totals().score());
    json.writeEndObject();
  }

  private static void list(JsonGenerator json, String name, List<Finding> findings)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Finding finding : findings) {
      finding(json, finding, null);
    }
    json.writeEndArray();
  }

  private static void finding(JsonGenerator json, Finding finding, @Nullable String was)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", finding.rule().id());
    json.writeStringField("severity", finding.severity().toString());
    json.writeStringField("kind", finding.subject().kind().toString());
    json.writeStringField("subject", finding.subject().name());
    json.writeStringField("message", finding.message());
    if (was != null) {
      json.writeStringField("was", was);
    }
    json.writeStringField("fingerprint", finding.fingerprint());
    json.writeEndObject();
  }
}
