package plimsoll.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.SortedSet;
import java.util.TreeSet;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;
import plimsoll.rule.Control;
import plimsoll.rule.Severity;

/**
 * Compliance Finding events of the Open Cybersecurity Schema Framework (class 2003), a line of JSON
 * each. What is unknown is a warning, which there means that information was missing; evidence has
 * no place in that class and goes under {@code unmapped}.
 */
public final class OcsfRenderer implements Renderer {
  private static final String SCHEMA_VERSION = "1.3.0";
  private static final int CATEGORY = 2;
  private static final int CLASS = 2003;
  private static final int CREATE = 1;

  private final Show show;

  /** Lists what {@code show} says. */
  public OcsfRenderer(Show show) {
    this.show = show;
  }

  @Override
  public void render(Report report, OutputStream out) throws IOException {
    try (JsonGenerator json = AsciiJson.to(out)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      for (Finding finding : report.findings()) {
        if (show.lists(finding)) {
          event(json, report, finding);
          json.writeRaw('\n');
        }
      }
    }
  }

  private static void event(JsonGenerator json, Report report, Finding finding) throws IOException {
    boolean failed = finding.verdict() == Verdict.FAIL;
    json.writeStartObject();
    json.writeNumberField("category_uid", CATEGORY);
    json.writeNumberField("class_uid", CLASS);
    json.writeNumberField("activity_id", CREATE);
    json.writeNumberField("type_uid", CLASS * 100 + CREATE);
    json.writeNumberField("time", report.takenAt().toEpochMilli());
    json.writeNumberField("severity_id", severity(failed ? finding.severity() : Severity.INFO));
    json.writeStringField("message", finding.message());
    metadata(json, report);
    json.writeObjectFieldStart("finding_info");
    json.writeStringField("uid", finding.fingerprint());
    json.writeStringField("title", finding.rule().title());
    json.writeStringField("desc", finding.rule().why().strip());
    json.writeEndObject();
    compliance(json, finding);
    json.writeArrayFieldStart("resources");
    json.writeStartObject();
    json.writeStringField("type", finding.subject().kind().toString());
    json.writeStringField("name", finding.subject().name());
    String id = finding.subject().id();
    if (id != null) {
      json.writeStringField("uid", id);
    }
    json.writeEndObject();
    json.writeEndArray();
    if (failed) {
      json.writeObjectFieldStart("remediation");
      json.writeStringField("desc", String.join("\n", finding.rule().fix().values()).strip());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("unmapped");
    json.writeArrayFieldStart("evidence");
    for (Evidence evidence : finding.evidence()) {
      json.writeString(EvidenceText.of(evidence));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void metadata(JsonGenerator json, Report report) throws IOException {
    json.writeObjectFieldStart("metadata");
    json.writeStringField("version", SCHEMA_VERSION);
    json.writeObjectFieldStart("product");
    json.writeStringField("name", "Plimsoll");
    json.writeStringField("vendor_name", "Plimsoll");
    json.writeStringField("version", report.tool().version());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void compliance(JsonGenerator json, Finding finding) throws IOException {
    json.writeObjectFieldStart("compliance");
    json.writeStringField("control", finding.rule().id());
    SortedSet<String> standards = new TreeSet<>();
    json.writeArrayFieldStart("requirements");
    for (Control control : finding.rule().controls()) {
      standards.add(control.benchmark() + " " + control.version());
      json.writeString(control.benchmark() + " " + control.version() + " " + control.id());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("standards");
    for (String standard :
        standards.isEmpty() ? new TreeSet<>(java.util.Set.of("Plimsoll")) : standards) {
      json.writeString(standard);
    }
    json.writeEndArray();
    switch (finding.verdict()) {
      case PASS -> status(json, 1, "Pass");
      case UNKNOWN -> status(json, 2, "Warning");
      case FAIL -> status(json, 3, "Fail");
      case NOT_APPLICABLE, MANUAL, WAIVED -> status(json, 99, finding.verdict().toString());
    }
    String reason = finding.judgement().reason();
    if (reason != null) {
      json.writeStringField("status_detail", reason);
    }
    json.writeEndObject();
  }

  private static void status(JsonGenerator json, int id, String caption) throws IOException {
    json.writeNumberField("status_id", id);
    json.writeStringField("status", caption);
  }

  private static int severity(Severity severity) {
    return switch (severity) {
      case INFO -> 1;
      case LOW -> 2;
      case MEDIUM -> 3;
      case HIGH -> 4;
      case CRITICAL -> 5;
    };
  }
}
