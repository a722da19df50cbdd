package plimsoll.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;

/**
 * Comma-separated values (RFC 4180), a line for each finding under one with the columns' names. A
 * value that a spreadsheet would take for a formula gets an apostrophe in front.
 */
public final class CsvRenderer implements Renderer {
  private static final List<String> COLUMNS =
      List.of(
          "rule",
          "severity",
          "verdict",
          "because",
          "confirmed",
          "kind",
          "name",
          "id",
          "message",
          "reason",
          "evidence",
          "controls",
          "fingerprint");

  private final Show show;

  /** Lists what {@code show} says. */
  public CsvRenderer(Show show) {
    this.show = show;
  }

  @Override
  public void render(Report report, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
    for (Finding finding : report.findings()) {
      if (show.lists(finding)) {
        text.append(line(finding)).append("\r\n");
      }
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String line(Finding finding) {
    List<String> evidence = finding.evidence().stream().map(EvidenceText::of).toList();
    List<String> controls =
        finding.rule().controls().stream()
            .map(control -> control.benchmark() + " " + control.version() + " " + control.id())
            .toList();
    @Nullable Object[] cells = {
      finding.rule().id(),
      finding.severity(),
      finding.verdict(),
      finding.judgement().because(),
      finding.judgement().confirmed(),
      finding.subject().kind(),
      finding.subject().name(),
      finding.subject().id(),
      finding.message(),
      finding.judgement().reason(),
      String.join("; ", evidence),
      String.join("; ", controls),
      finding.fingerprint()
    };
    return Arrays.stream(cells).map(CsvRenderer::cell).collect(Collectors.joining(","));
  }

  private static String cell(@Nullable Object value) {
    String text = value == null ? "" : Plain.line(value.toString());
    if (!text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    return text.matches("[^\",]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
