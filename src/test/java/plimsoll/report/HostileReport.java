package plimsoll.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Fingerprint;
import plimsoll.finding.Report;
import plimsoll.finding.Subject;
import plimsoll.finding.Totals;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Gap;
import plimsoll.model.Origin;
import plimsoll.model.Snapshot;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.SubjectKind;

/** A report with names that would do harm where they are not made harmless. */
final class HostileReport {
  static final String TEXT =
      "=web\u001b[2J\u001b]0;owned\u0007\r\n\u202egnp.exe\u0000<script>]]>&\"\\,{}'"
          + "x".repeat(70_000);

  /** A report on some containers, the first with a hostile name. */
  static Report of(int containers) {
    Rule rule = RuleSet.builtIn().find("container-privileged").orElseThrow();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < containers; i++) {
      String name = i == 0 ? TEXT : "container-" + i;
      findings.add(
          new Finding(
              rule,
              new Subject(SubjectKind.CONTAINER, name, "id", name),
              new Finding.Judgement(
                  Verdict.FAIL,
                  rule.severity().worst(),
                  Because.WRITTEN,
                  null,
                  List.of(ViewName.REQUESTED),
                  null),
              "runs privileged as " + TEXT,
              List.of(
                  new Evidence(
                      ViewName.REQUESTED,
                      "/privileged",
                      "false",
                      TEXT,
                      Origin.inspect(TEXT),
                      null)),
              Fingerprint.given("0".repeat(32))));
    }
    return new Report(
        new Snapshot.Tool("plimsoll", "1"),
        Instant.EPOCH,
        new Report.Audited(TEXT, TEXT, containers),
        findings,
        Totals.of(findings),
        List.of(),
        List.of(new Gap("/x", TEXT)));
  }

  /** What a renderer makes of it. */
  static String render(Renderer renderer, Report report) throws java.io.IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    renderer.render(report, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private HostileReport() {}
}
