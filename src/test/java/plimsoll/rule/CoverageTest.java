package plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plimsoll.rule.Benchmark.Edition;

/** The whole benchmark, and what of it is judged on a host. */
class CoverageTest {
  private static final RuleSet RULES = RuleSet.builtIn();

  static Stream<Edition> editions() {
    return RuleSet.benchmarks().stream()
        .flatMap(benchmark ->
            benchmark.versions().stream()
                .map(version -> benchmark.edition(version, Edition.EVERY_LEVEL)));
  }

  @ParameterizedTest
  @MethodSource("editions")
  void noControlIsMissing(Edition edition) {
    Coverage coverage = Coverage.of(edition, RULES);
    assertThat(coverage.controls()).isEqualTo(edition.version().equals("1.8") ? 118 : 117);
    assertThat(coverage.covered()).isEqualTo(coverage.controls());
    assertThat(coverage.decided()).isGreaterThanOrEqualTo(95);
    for (Benchmark.Item control : edition.controls()) {
      List<Rule> judging = edition.judging(control, RULES);
      // A control that only Dockerfiles were judged by would be missing from every audit.
      assertThat(judging)
          .as(edition.number(control))
          .anyMatch(rule -> rule.subject() != SubjectKind.BUILD);
      for (Rule rule : judging) {
        assertThat(rule.controls())
            .as(rule.id())
            .filteredOn(c ->
                c.version().equals(edition.version()) && c.id().equals(edition.number(control)))
            .allMatch(c -> c.level() == control.level());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("editions")
  void controlsAreInTheOrderOfTheirNumbers(Edition edition) {
    List<String> numbers = edition.controls().stream().map(edition::number).toList();
    assertThat(numbers).isSortedAccordingTo(Control.BY_NUMBER).doesNotHaveDuplicates();
  }
}
