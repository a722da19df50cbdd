package plimsoll.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import plimsoll.rule.Condition;
import plimsoll.rule.Message;
import plimsoll.rule.Rule;
import plimsoll.rule.Severity;
import plimsoll.rule.SubjectKind;

class ScoreTest {

  private static Finding finding(Severity severity, Verdict verdict, String name) {
    Rule rule =
        new Rule(
            "container-x",
            "t",
            Message.of("m"),
            SubjectKind.CONTAINER,
            new Rule.Severities(severity, severity),
            List.of(),
            "w",
            List.of(),
            new Condition.All(List.of()),
            Map.of(),
            Rule.Examples.NONE);
    return new Finding(
        rule,
        new Subject(SubjectKind.CONTAINER, name, null, name),
        new Finding.Judgement(verdict, severity, null, null, List.of(), null),
        "m",
        List.of(),
        Fingerprint.given("f"));
  }

  @Test
  void nothingFailedIsZero() {
    assertThat(Score.of(List.of(finding(Severity.CRITICAL, Verdict.PASS, "a")))).isZero();
  }

  @Test
  void anotherFailureNeverImprovesItAndMendingOneNeverWorsensIt() {
    Random random = new Random(42);
    List<Severity> severities = List.of(Severity.values());
    for (int run = 0; run < 200; run++) {
      List<Finding> findings = new ArrayList<>();
      double before = 0;
      for (int i = 0; i < 30; i++) {
        Severity severity = severities.get(random.nextInt(severities.size()));
        findings.add(finding(severity, Verdict.FAIL, "c" + i));
        double after = Score.of(findings);
        assertThat(after).isGreaterThanOrEqualTo(before).isLessThan(10);
        before = after;
      }
    }
  }

  @Test
  void moreBadContainersShow() {
    List<Finding> thirty = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      thirty.add(finding(Severity.CRITICAL, Verdict.FAIL, "c" + i));
    }
    List<Finding> hundred = new ArrayList<>(thirty);
    for (int i = 30; i < 100; i++) {
      hundred.add(finding(Severity.CRITICAL, Verdict.FAIL, "c" + i));
    }
    assertThat(Score.of(hundred) - Score.of(thirty)).isGreaterThan(0.3);
  }

  @Test
  void aNameChangesNothing() {
    assertThat(Score.of(List.of(finding(Severity.HIGH, Verdict.FAIL, "a"))))
        .isEqualTo(Score.of(List.of(finding(Severity.HIGH, Verdict.FAIL, "zzz"))));
  }

  @Test
  void notKnowingIsNotSafe() {
    assertThat(Score.of(List.of(finding(Severity.HIGH, Verdict.UNKNOWN, "a")))).isPositive();
  }
}
