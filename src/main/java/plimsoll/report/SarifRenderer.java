package plimsoll.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plimsoll.finding.Finding;
import plimsoll.finding.Location;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;
import plimsoll.model.Gap;
import plimsoll.rule.Rule;
import plimsoll.rule.Severity;
import plimsoll.rule.Waiver;

/**
 * Failures in files as SARIF 2.1.0 (OASIS), with what GitHub's code scanning asks for beyond: a
 * place for each result, {@code security-severity} for each rule, fingerprints that survive moved
 * lines. What is waived is there as suppressed.
 */
public final class SarifRenderer implements Renderer {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

  @Override
  public void render(Report report, OutputStream out) throws IOException {
    List<Finding> results =
        report.findings().stream()
            .filter(
                finding -> finding.verdict() == Verdict.FAIL || finding.verdict() == Verdict.WAIVED)
            .toList();
    Map<String, Rule> rules = new LinkedHashMap<>();
    results.forEach(finding -> rules.putIfAbsent(finding.rule().id(), finding.rule()));
    List<String> order = new ArrayList<>(rules.keySet());
    try (JsonGenerator json = AsciiJson.to(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      json.writeObjectFieldStart("tool");
      json.writeObjectFieldStart("driver");
      json.writeStringField("name", report.tool().name());
      json.writeStringField("version", report.tool().version());
      json.writeArrayFieldStart("rules");
      for (Rule rule : rules.values()) {
        rule(json, rule);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
      json.writeStringField("columnKind", "utf16CodeUnits");
      invocation(json, report);
      json.writeArrayFieldStart("results");
      for (Finding finding : results) {
        result(json, finding, order.indexOf(finding.rule().id()));
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void rule(JsonGenerator json, Rule rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", rule.id());
    text(json, "shortDescription", rule.title());
    text(json, "fullDescription", rule.why().strip());
    StringBuilder help = new StringBuilder(rule.why().strip());
    rule.fix()
        .forEach(
            (where, fix) -> help.append("\n\n").append(where).append(": ").append(fix.strip()));
    text(json, "help", help.toString());
    json.writeObjectFieldStart("defaultConfiguration");
    json.writeStringField("level", level(rule.severity().worst()));
    json.writeEndObject();
    json.writeObjectFieldStart("properties");
    json.writeArrayFieldStart("tags");
    json.writeString("security");
    json.writeString("container");
    json.writeEndArray();
    json.writeStringField("precision", "high");
    json.writeStringField("security-severity", score(rule.severity().worst()));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void invocation(JsonGenerator json, Report report) throws IOException {
    json.writeArrayFieldStart("invocations");
    json.writeStartObject();
    json.writeBooleanField("executionSuccessful", true);
    json.writeStringField("endTimeUtc", Plain.time(report.takenAt()));
    json.writeArrayFieldStart("toolExecutionNotifications");
    for (Gap gap : report.gaps()) {
      json.writeStartObject();
      json.writeStringField("level", "warning");
      text(json, "message", gap.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void result(JsonGenerator json, Finding finding, int rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", finding.rule().id());
    json.writeNumberField("ruleIndex", rule);
    json.writeStringField("level", level(finding.severity()));
    Location location = finding.location();
    String note = location == null ? null : location.note();
    text(
        json,
        "message",
        finding.subject().name()
            + " "
            + finding.message()
            + (note == null ? "" : " (" + note + ")"));
    json.writeArrayFieldStart("locations");
    if (location != null) {
      location(json, location);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField("plimsoll/v1", finding.fingerprint());
    json.writeEndObject();
    json.writeArrayFieldStart("suppressions");
    Waiver waiver = finding.waiver();
    if (waiver != null) {
      json.writeStartObject();
      json.writeStringField("kind", "external");
      json.writeStringField("status", "accepted");
      json.writeStringField(
          "justification",
          waiver.reason() + " (" + waiver.owner() + ", until " + waiver.expires() + ")");
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void location(JsonGenerator json, Location location) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(location.file()));
    json.writeEndObject();
    json.writeObjectFieldStart("region");
    json.writeNumberField("startLine", location.line());
    json.writeNumberField("startColumn", location.column());
    json.writeNumberField("endLine", location.endLine());
    json.writeNumberField("endColumn", location.endColumn());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  /** A path as a relative reference; a colon in its first segment would be a scheme. */
  private static String uri(String path) throws IOException {
    try {
      String encoded =
          new URI(null, null, path.startsWith("/") ? path : "/" + path, null).toASCIIString();
      return path.startsWith("/") ? "file://" + encoded : encoded.substring(1).replace(":", "%3A");
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void text(JsonGenerator json, String name, String text) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW, INFO -> "note";
    };
  }

  /** As GitHub sorts them: critical above 9, high above 7, medium above 4. */
  private static String score(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "9.5";
      case HIGH -> "8.0";
      case MEDIUM -> "5.5";
      case LOW -> "2.5";
      case INFO -> "0.5";
    };
  }
}
