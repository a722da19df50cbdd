package plimsoll.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import plimsoll.finding.Finding;
import plimsoll.finding.Location;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;

/** Failures in files as GitLab's code quality report, whose fingerprints must be unique. */
public final class CodeQualityRenderer implements Renderer {

  @Override
  public void render(Report report, OutputStream out) throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    try (JsonGenerator json = AsciiJson.to(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartArray();
      for (Finding finding : report.findings()) {
        Location location = finding.location();
        if (finding.verdict() != Verdict.FAIL || location == null) {
          continue;
        }
        int before = seen.merge(finding.fingerprint(), 1, Integer::sum);
        json.writeStartObject();
        json.writeStringField("description", finding.subject().name() + " " + finding.message());
        json.writeStringField("check_name", finding.rule().id());
        json.writeStringField(
            "fingerprint", finding.fingerprint() + (before == 1 ? "" : "-" + before));
        json.writeStringField("severity", severity(finding));
        json.writeObjectFieldStart("location");
        json.writeStringField("path", location.file());
        json.writeObjectFieldStart("lines");
        json.writeNumberField("begin", location.line());
        json.writeNumberField("end", location.endLine());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeRaw('\n');
    }
  }

  private static String severity(Finding finding) {
    return switch (finding.severity()) {
      case CRITICAL -> "blocker";
      case HIGH -> "critical";
      case MEDIUM -> "major";
      case LOW -> "minor";
      case INFO -> "info";
    };
  }
}
