package plimsoll.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;

/**
 * Metrics in Prometheus' text format (version 0.0.4), for the node exporter's textfile collector: a
 * series for each failed finding, and sums.
 */
public final class PrometheusRenderer implements Renderer {

  @Override
  public void render(Report report, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder();
    head(text, "plimsoll_snapshot_timestamp_seconds", "When the host was looked at.");
    text.append("plimsoll_snapshot_timestamp_seconds ")
        .append(report.takenAt().getEpochSecond())
        .append('\n');
    head(text, "plimsoll_exposure_score", "Exposure from 0, nothing failed, to 10.");
    text.append("plimsoll_exposure_score ").append(report.totals().score()).append('\n');
    head(text, "plimsoll_containers", "Containers that were looked at.");
    text.append("plimsoll_containers ").append(report.subject().containers()).append('\n');
    head(text, "plimsoll_gaps", "Things that could not be read.");
    text.append("plimsoll_gaps ").append(report.gaps().size()).append('\n');
    head(text, "plimsoll_findings", "Findings by verdict.");
    report
        .totals()
        .counts()
        .forEach((verdict, count) ->
            text.append("plimsoll_findings{verdict=\"")
                .append(verdict)
                .append("\"} ")
                .append(count)
                .append('\n'));
    head(text, "plimsoll_failed", "Rules that a subject fails.");
    failed(report)
        .forEach((labels, count) ->
            text.append("plimsoll_failed{").append(labels).append("} ").append(count).append('\n'));
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** By labels, since a series must not be there twice. */
  private static Map<String, Integer> failed(Report report) {
    Map<String, Integer> failed = new TreeMap<>();
    for (Finding finding : report.findings()) {
      if (finding.verdict() == Verdict.FAIL) {
        String labels =
            "rule=\""
                + finding.rule().id()
                + "\",severity=\""
                + finding.severity()
                + "\",kind=\""
                + finding.subject().kind()
                + "\",subject=\""
                + escape(finding.subject().name())
                + "\"";
        failed.merge(labels, 1, Integer::sum);
      }
    }
    return failed;
  }

  private static void head(StringBuilder text, String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }

  private static String escape(String value) {
    return Plain.line(value).replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
