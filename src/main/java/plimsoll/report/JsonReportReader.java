package plimsoll.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Fingerprint;
import plimsoll.finding.Location;
import plimsoll.finding.Report;
import plimsoll.finding.Subject;
import plimsoll.finding.Totals;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Gap;
import plimsoll.model.Origin;
import plimsoll.model.Snapshot.Tool;
import plimsoll.model.Source;
import plimsoll.rule.Condition;
import plimsoll.rule.Control;
import plimsoll.rule.Glob;
import plimsoll.rule.Message;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.Severity;
import plimsoll.rule.SubjectKind;
import plimsoll.rule.Waiver;

/**
 * Reads what {@link JsonRenderer} wrote. What a report does not say of a rule is taken from the
 * rules at hand; of a rule that is not among them, only what the report says is known.
 */
public final class JsonReportReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final RuleSet rules;

  /** With these rules at hand. */
  public JsonReportReader(RuleSet rules) {
    this.rules = rules;
  }

  /** A file that is no report, or not one this version reads. */
  public static final class NotAReportException extends Exception {
    private static final long serialVersionUID = 1L;

    NotAReportException(String message) {
      super(message);
    }
  }

  /**
   * The report in a JSON text; null if its schema is of another kind.
   *
   * @throws NotAReportException saying what is wrong and where
   */
  public @Nullable Report read(byte[] json) throws NotAReportException {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new NotAReportException(
          "line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ": "
              + Plain.line(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new NotAReportException(String.valueOf(e.getMessage()));
    }
    String schema = tree.path("schema").asText("");
    if (!schema.startsWith("plimsoll-report/")) {
      return null;
    }
    if (!schema.equals(JsonRenderer.SCHEMA)) {
      throw new NotAReportException(
          "its schema is " + Plain.line(schema) + ", this version reads " + JsonRenderer.SCHEMA);
    }
    return report(new At(tree, ""));
  }

  /** A place in the text. */
  private record At(JsonNode node, String pointer) {
    At to(String name) {
      return new At(node.path(name), pointer + "/" + name);
    }

    String text() throws NotAReportException {
      if (!node.isTextual()) {
        throw wrong("a text");
      }
      return node.asText();
    }

    @Nullable String optional() throws NotAReportException {
      return node.isMissingNode() || node.isNull() ? null : text();
    }

    @Nullable Integer optionalNumber() throws NotAReportException {
      return node.isMissingNode() || node.isNull() ? null : (Integer) number();
    }

    int number() throws NotAReportException {
      if (!node.canConvertToInt()) {
        throw wrong("a number");
      }
      return node.asInt();
    }

    List<At> each() throws NotAReportException {
      if (!node.isArray()) {
        throw wrong("a list");
      }
      List<At> all = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        all.add(new At(node.get(i), pointer + "/" + i));
      }
      return all;
    }

    /** One of an enum's constants, by its name in reports. */
    <E extends Enum<E>> E one(Class<E> type) throws NotAReportException {
      for (E constant : type.getEnumConstants()) {
        if (constant.toString().equals(text())) {
          return constant;
        }
      }
      throw wrong("one of " + List.of(type.getEnumConstants()));
    }

    NotAReportException wrong(String expected) {
      String actual = node.isMissingNode() ? "nothing" : Plain.line(node.toString());
      return new NotAReportException("at " + pointer + " stands " + actual + ", not " + expected);
    }
  }

  private Report report(At at) throws NotAReportException {
    List<Finding> findings = new ArrayList<>();
    for (At finding : at.to("findings").each()) {
      findings.add(finding(finding));
    }
    List<Gap> gaps = new ArrayList<>();
    for (At gap : at.to("gaps").each()) {
      gaps.add(new Gap(gap.to("path").text(), gap.to("reason").text()));
    }
    At audited = at.to("audited");
    Integer containers = audited.to("containers").optionalNumber();
    return new Report(
        new Tool(at.to("tool").to("name").text(), at.to("tool").to("version").text()),
        instant(at.to("takenAt")),
        new Report.Audited(
            audited.to("host").optional(),
            audited.to("engine").optional(),
            containers == null ? 0 : containers),
        findings,
        totals(at),
        List.of(),
        gaps);
  }

  private static Instant instant(At at) throws NotAReportException {
    try {
      return Instant.parse(at.text());
    } catch (DateTimeException e) {
      throw at.wrong("a time such as 2026-11-25T00:13:53Z");
    }
  }

  private static Totals totals(At at) throws NotAReportException {
    At summary = at.to("summary");
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, summary.to(verdict.toString()).number());
    }
    At score = summary.to("score");
    if (!score.node().isNumber()) {
      throw score.wrong("a number");
    }
    Map<Control, Verdict> controls = new LinkedHashMap<>();
    for (At control : at.to("controls").each()) {
      controls.put(control(control), control.to("status").one(Verdict.class));
    }
    return new Totals(counts, score.node().asDouble(), controls);
  }

  private static Control control(At at) throws NotAReportException {
    return new Control(
        at.to("benchmark").text(), at.to("version").text(), at.to("id").text(), Control.NO_LEVEL);
  }

  private Finding finding(At at) throws NotAReportException {
    At subject = at.to("subject");
    SubjectKind kind = subject.to("kind").one(SubjectKind.class);
    String name = subject.to("name").text();
    List<Evidence> evidence = new ArrayList<>();
    for (At each : at.to("evidence").each()) {
      evidence.add(evidence(each));
    }
    return new Finding(
        rule(at, kind),
        new Subject(kind, name, subject.to("id").optional(), name),
        judgement(at),
        at.to("message").text(),
        evidence,
        Fingerprint.given(at.to("fingerprint").text()),
        location(at.to("location")),
        waiver(at.to("waiver"), at.to("rule").text(), kind, name));
  }

  private static @Nullable Location location(At at) throws NotAReportException {
    return at.node().isObject()
        ? new Location(
            at.to("file").text(),
            at.to("line").node().asInt(),
            at.to("column").node().asInt(),
            at.to("endLine").node().asInt(),
            at.to("endColumn").node().asInt(),
            at.to("note").optional())
        : null;
  }

  /** What a waiver was written for is not in a report: it is for this rule and subject. */
  private static @Nullable Waiver waiver(At at, String rule, SubjectKind kind, String name)
      throws NotAReportException {
    if (!at.node().isObject()) {
      return null;
    }
    try {
      return new Waiver(
          Glob.of(rule),
          kind == SubjectKind.CONTAINER
              ? new Waiver.Target.ContainerName(Glob.of(name))
              : new Waiver.Target.Kind(kind),
          at.to("reason").text(),
          at.to("owner").text(),
          LocalDate.parse(at.to("expires").text()),
          at.to("place").text());
    } catch (DateTimeException e) {
      throw at.to("expires").wrong("a day");
    }
  }

  private Rule rule(At at, SubjectKind kind) throws NotAReportException {
    String id = at.to("rule").text();
    Rule known = rules.find(id).orElse(null);
    if (known != null) {
      return known;
    }
    List<Control> controls = new ArrayList<>();
    for (At control : at.to("controls").each()) {
      controls.add(control(control));
    }
    Severity severity = at.to("severity").one(Severity.class);
    return new Rule(
        id,
        id,
        Message.of("{actual}"),
        kind,
        new Rule.Severities(severity, severity),
        controls,
        "",
        List.of(),
        new Condition.All(List.of()),
        Map.of(),
        Rule.Examples.NONE);
  }

  private static Judgement judgement(At at) throws NotAReportException {
    List<ViewName> views = new ArrayList<>();
    for (At view : at.to("views").each()) {
      views.add(view.one(ViewName.class));
    }
    JsonNode confirmed = at.to("confirmed").node();
    return new Judgement(
        at.to("verdict").one(Verdict.class),
        at.to("severity").one(Severity.class),
        at.to("because").optional() == null ? null : at.to("because").one(Because.class),
        confirmed.isBoolean() ? (Boolean) confirmed.asBoolean() : null,
        views,
        at.to("reason").optional());
  }

  private static Evidence evidence(At at) throws NotAReportException {
    JsonNode process = at.to("process").node();
    return new Evidence(
        at.to("view").one(ViewName.class),
        at.to("path").text(),
        at.to("expected").text(),
        at.to("actual").text(),
        at.to("origin").node().isObject() ? origin(at.to("origin")) : null,
        process.canConvertToLong() && process.isNumber() ? (Long) process.asLong() : null);
  }

  private static Origin origin(At at) throws NotAReportException {
    return new Origin(
        at.to("source").one(Source.class),
        at.to("field").optional(),
        at.to("file").optional(),
        at.to("line").optionalNumber(),
        at.to("column").optionalNumber(),
        at.to("provider").optional());
  }
}
