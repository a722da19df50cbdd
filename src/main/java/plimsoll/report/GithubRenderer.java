package plimsoll.report;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import plimsoll.finding.Finding;
import plimsoll.finding.Location;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;

/** Failures in files as workflow commands of GitHub Actions, which shows them at their lines. */
public final class GithubRenderer implements Renderer {

  @Override
  public void render(Report report, OutputStream out) {
    PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
    List<Finding> failures =
        report.findings().stream().filter(finding -> finding.verdict() == Verdict.FAIL).toList();
    // GitHub shows but ten of a kind for a step.
    for (Gathered gathered : Gathered.of(failures)) {
      writer.println(command(gathered));
    }
    writer.flush();
  }

  private static String command(Gathered gathered) {
    Finding finding = gathered.first();
    String kind =
        switch (finding.severity()) {
          case CRITICAL, HIGH -> "error";
          case MEDIUM -> "warning";
          case LOW, INFO -> "notice";
        };
    StringBuilder text = new StringBuilder("::").append(kind).append(' ');
    Location location = finding.location();
    String note = gathered.note();
    if (location != null) {
      text.append("file=").append(property(location.file()));
      text.append(",line=").append(location.line());
      text.append(",endLine=").append(location.endLine());
      text.append(",col=").append(location.column());
      text.append(",endColumn=").append(location.endColumn()).append(',');
    }
    text.append("title=").append(property(finding.rule().id()));
    text.append("::");
    String message =
        finding.severity()
            + ": "
            + finding.subject().name()
            + " "
            + finding.message()
            + (note == null ? "" : " (" + note + ")");
    return text.append(data(Plain.line(message))).toString();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
