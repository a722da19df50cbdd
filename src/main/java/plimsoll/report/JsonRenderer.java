package plimsoll.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Location;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Gap;
import plimsoll.model.Origin;
import plimsoll.rule.Control;
import plimsoll.rule.Waiver;

/**
 * The JSON report, {@code plimsoll-report/1}: a contract, whose schema is {@code
 * reports/report-1.schema.json}. Only ASCII is written, so that no text in it can do anything to a
 * terminal.
 */
public final class JsonRenderer implements Renderer {
  /** The schema's name. */
  public static final String SCHEMA = "plimsoll-report/1";

  private final Show show;

  /** Lists what {@code show} says. */
  public JsonRenderer(Show show) {
    this.show = show;
  }

  @Override
  public void render(Report report, OutputStream out) throws IOException {
    try (JsonGenerator json = AsciiJson.to(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("schema", SCHEMA);
      json.writeObjectFieldStart("tool");
      json.writeStringField("name", report.tool().name());
      json.writeStringField("version", report.tool().version());
      json.writeEndObject();
      json.writeStringField("takenAt", report.takenAt().toString());
      audited(json, report.subject());
      summary(json, report);
      json.writeArrayFieldStart("findings");
      for (Finding finding : report.findings()) {
        if (show.lists(finding)) {
          finding(json, finding);
        }
      }
      json.writeEndArray();
      controls(json, report.totals().controls());
      gaps(json, report);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void location(JsonGenerator json, @Nullable Location location) throws IOException {
    if (location == null) {
      json.writeNullField("location");
      return;
    }
    json.writeObjectFieldStart("location");
    json.writeStringField("file", location.file());
    json.writeNumberField("line", location.line());
    json.writeNumberField("column", location.column());
    json.writeNumberField("endLine", location.endLine());
    json.writeNumberField("endColumn", location.endColumn());
    text(json, "note", location.note());
    json.writeEndObject();
  }

  private static void audited(JsonGenerator json, Report.Audited audited) throws IOException {
    json.writeObjectFieldStart("audited");
    text(json, "host", audited.host());
    text(json, "engine", audited.engine());
    json.writeNumberField("containers", audited.containers());
    json.writeEndObject();
  }

  private static void summary(JsonGenerator json, Report report) throws IOException {
    json.writeObjectFieldStart("summary");
    for (Map.Entry<Verdict, Integer> count : report.totals().counts().entrySet()) {
      json.writeNumberField(count.getKey().toString(), count.getValue());
    }
    json.writeNumberField("score", report.totals().score());
    json.writeEndObject();
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    Judgement judgement = finding.judgement();
    json.writeStartObject();
    json.writeStringField("rule", finding.rule().id());
    json.writeStringField("severity", finding.severity().toString());
    json.writeStringField("verdict", finding.verdict().toString());
    text(json, "because", judgement.because());
    Boolean confirmed = judgement.confirmed();
    if (confirmed == null) {
      json.writeNullField("confirmed");
    } else {
      json.writeBooleanField("confirmed", confirmed);
    }
    json.writeObjectFieldStart("subject");
    json.writeStringField("kind", finding.subject().kind().toString());
    json.writeStringField("name", finding.subject().name());
    text(json, "id", finding.subject().id());
    json.writeEndObject();
    json.writeArrayFieldStart("views");
    for (ViewName view : judgement.views()) {
      json.writeString(view.toString());
    }
    json.writeEndArray();
    json.writeStringField("message", finding.message());
    json.writeArrayFieldStart("evidence");
    for (Evidence evidence : finding.evidence()) {
      evidence(json, evidence);
    }
    json.writeEndArray();
    location(json, finding.location());
    json.writeArrayFieldStart("controls");
    for (Control control : finding.rule().controls()) {
      control(json, control, null);
    }
    json.writeEndArray();
    waiver(json, finding.waiver());
    text(json, "reason", judgement.reason());
    json.writeStringField("fingerprint", finding.fingerprint());
    json.writeEndObject();
  }

  private static void waiver(JsonGenerator json, @Nullable Waiver waiver) throws IOException {
    if (waiver == null) {
      json.writeNullField("waiver");
      return;
    }
    json.writeObjectFieldStart("waiver");
    json.writeStringField("reason", waiver.reason());
    json.writeStringField("owner", waiver.owner());
    json.writeStringField("expires", waiver.expires().toString());
    json.writeStringField("place", waiver.place());
    json.writeEndObject();
  }

  private static void evidence(JsonGenerator json, Evidence evidence) throws IOException {
    json.writeStartObject();
    json.writeStringField("view", evidence.view().toString());
    json.writeStringField("path", evidence.path());
    json.writeStringField("expected", evidence.expected());
    json.writeStringField("actual", evidence.actual());
    Origin origin = evidence.origin();
    if (origin == null) {
      json.writeNullField("origin");
    } else {
      json.writeObjectFieldStart("origin");
      json.writeStringField("source", origin.source().toString());
      optional(json, "field", origin.field());
      optional(json, "file", origin.file());
      optional(json, "line", origin.line());
      optional(json, "column", origin.column());
      optional(json, "provider", origin.provider());
      json.writeEndObject();
    }
    Long process = evidence.process();
    if (process == null) {
      json.writeNullField("process");
    } else {
      json.writeNumberField("process", process);
    }
    json.writeEndObject();
  }

  private static void controls(JsonGenerator json, Map<Control, Verdict> controls)
      throws IOException {
    json.writeArrayFieldStart("controls");
    for (Map.Entry<Control, Verdict> control : controls.entrySet()) {
      control(json, control.getKey(), control.getValue());
    }
    json.writeEndArray();
  }

  private static void control(JsonGenerator json, Control control, @Nullable Verdict status)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("benchmark", control.benchmark());
    json.writeStringField("version", control.version());
    json.writeStringField("id", control.id());
    if (status != null) {
      json.writeStringField("status", status.toString());
    }
    json.writeEndObject();
  }

  private static void gaps(JsonGenerator json, Report report) throws IOException {
    json.writeArrayFieldStart("gaps");
    for (Gap gap : report.gaps()) {
      json.writeStartObject();
      json.writeStringField("path", gap.path());
      json.writeStringField("reason", gap.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value.toString());
    }
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void optional(JsonGenerator json, String name, @Nullable Integer value)
      throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }
}
