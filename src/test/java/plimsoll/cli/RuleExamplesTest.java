package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.SubjectKind;

/** Each rule's own examples: the bad ones fail it, the good ones pass. */
class RuleExamplesTest {

  static Stream<RuleExamples.Tried> examples() {
    return RuleSet.builtIn().rules().stream()
        .filter(rule -> RuleExamples.readable(rule.subject()))
        .flatMap(rule -> RuleExamples.judge(rule).stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isJudgedAsTheRuleSays(RuleExamples.Tried example) {
    assertThat(example.wrong()).as(example.line()).isNull();
  }

  /** What no command line of dockerd tells. */
  private static final List<String> NOT_TOLD =
      List.of(
          "daemon-content-trust",
          "daemon-replaced",
          "daemon-stopped-containers",
          "daemon-swarm-mode",
          "daemon-unsupported-limits",
          "daemon-version");

  @Test
  void everyRuleForTheEngineHasBothKinds() {
    for (Rule rule : RuleSet.builtIn().rules()) {
      if (rule.subject() == SubjectKind.ENGINE
          && !rule.id().startsWith("swarm-")
          && !NOT_TOLD.contains(rule.id())) {
        assertThat(rule.examples().good()).as(rule.id()).isNotEmpty();
        assertThat(rule.examples().bad()).as(rule.id()).isNotEmpty();
      }
    }
  }

  @Test
  void anExampleThatIsJudgedOtherwiseIsSaidSo() {
    Rule rule = RuleSet.builtIn().find("daemon-icc").orElseThrow();
    Rule wrong =
        new Rule(
            rule.id(),
            rule.title(),
            rule.message(),
            rule.subject(),
            rule.severity(),
            rule.controls(),
            rule.why(),
            rule.parameters(),
            rule.require(),
            rule.fix(),
            new Rule.Examples(
                List.of("dockerd", "docker run alpine"), List.of(), rule.examples().files()));
    assertThat(RuleExamples.judge(wrong))
        .extracting(tried -> String.valueOf(tried.wrong()))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("should be pass, is fail: "),
            second ->
                assertThat(second).isEqualTo("an example is a line that starts with dockerd"));
  }
}
