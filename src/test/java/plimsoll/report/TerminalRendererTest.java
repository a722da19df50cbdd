package plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.finding.Subject;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Gap;
import plimsoll.model.Origin;
import plimsoll.model.Snapshot;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.SubjectKind;

class TerminalRendererTest {
  private static final String HOSTILE =
      "web\u001b[2J\u001b]0;owned\u0007\r\n\u202egnp.exe\u0000<script>" + "x".repeat(70_000);

  private static Report report(int containers) {
    Rule rule = RuleSet.builtIn().find("container-privileged").orElseThrow();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < containers; i++) {
      String name = i == 0 ? HOSTILE : "container-" + i;
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
              "runs privileged as " + HOSTILE,
              List.of(
                  new Evidence(
                      ViewName.REQUESTED,
                      "/privileged",
                      "false",
                      HOSTILE,
                      Origin.inspect(HOSTILE),
                      null)),
              "0".repeat(32)));
    }
    return new Report(
        new Snapshot.Tool("plimsoll", "1"),
        Instant.EPOCH,
        new Report.Audited(HOSTILE, HOSTILE, containers),
        findings,
        List.of(new Gap("/x", HOSTILE)));
  }

  private static String render(Renderer renderer, Report report) throws java.io.IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    renderer.render(report, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void nothingFromAContainerMovesTheCursorOrTurnsTheText() throws java.io.IOException {
    String text = render(new TerminalRenderer(Renderer.Show.ALL, false), report(3));
    assertThat(text.replace("\n", "")).doesNotContainPattern("[\\p{Cntrl}\u202a-\u202e]");
    assertThat(text).hasSizeLessThan(5_000);
    String json = render(new JsonRenderer(Renderer.Show.ALL), report(3));
    assertThat(json.replace("\n", "")).doesNotContainPattern("[^ -~]");
  }

  @Test
  void colourIsThereWhenWantedAndOnlyThen() throws java.io.IOException {
    assertThat(render(new TerminalRenderer(Renderer.Show.FAILED, true), report(1)))
        .contains("\u001b[1;91mCRITICAL\u001b[m");
    assertThat(render(new TerminalRenderer(Renderer.Show.FAILED, false), report(1)))
        .contains("CRITICAL")
        .doesNotContain("\u001b");
  }

  @Test
  void manyContainersWithTheSameFaultAreOneEntry() throws java.io.IOException {
    String text = render(new TerminalRenderer(Renderer.Show.FAILED, false), report(200));
    assertThat(text.split("fix:", -1)).hasSize(2);
    assertThat(text).contains("and 188 more");
  }
}
