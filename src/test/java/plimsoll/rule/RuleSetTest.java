package plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plimsoll.testing.Project;

class RuleSetTest {
  private static final RuleSet RULES = RuleSet.builtIn();

  @Test
  void theProgramHasEveryRuleFileThatThereIs() throws IOException {
    Path folder = Project.root().resolve("rules");
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".yaml"))
                  .map(file -> folder.relativize(file).toString())
                  .filter(
                      file -> !file.startsWith("benchmarks/") && !file.startsWith("advisories/"))
                  .map(file -> file.replaceAll(".*/|\\.yaml$", "")))
          .containsExactlyInAnyOrderElementsOf(RULES.rules().stream().map(Rule::id).toList());
    }
  }

  @Test
  void aFileIsNamedAfterItsRuleAndLiesWithItsSubject() {
    for (Rule rule : RULES.rules()) {
      String folder =
          rule.subject() == SubjectKind.ENGINE
              ? rule.id().startsWith("swarm-") ? "swarm" : "daemon"
              : rule.subject().toString();
      assertThat(rule.id()).startsWith(folder + "-");
      assertThat(Project.root().resolve("rules/" + folder + "/" + rule.id() + ".yaml")).exists();
    }
  }

  @Test
  void everyRuleSaysWhyAndHowToMendIt() {
    for (Rule rule : RULES.rules()) {
      assertThat(rule.why()).as(rule.id()).hasSizeGreaterThan(100);
      assertThat(rule.fix()).as(rule.id()).isNotEmpty();
      assertThat(rule.title()).as(rule.id()).hasSizeLessThan(70).doesNotEndWith(".");
      if (rule.subject() == SubjectKind.CONTAINER) {
        // Drift is between two views, and a run line is but one; neither what a name led to before
        // nor what runs by now is in it.
        if (!(rule.require() instanceof Condition.NoDrift)
            && !List.of(
                    "container-image-outdated",
                    "container-leaking-paths",
                    "container-local-logs",
                    "container-old-shim",
                    "container-out-of-memory",
                    "container-ssh-server",
                    "container-unhealthy",
                    "container-zombies")
                .contains(rule.id())) {
          assertThat(rule.examples().bad()).as(rule.id()).isNotEmpty();
        }
        assertThat(rule.fix()).as(rule.id()).containsKeys("run", "compose");
      }
    }
  }

  @Test
  void everyControlNumberIsOneTheBenchmarkHas() {
    for (Rule rule : RULES.rules()) {
      for (Control control : rule.controls()) {
        assertThat(RuleSet.benchmarks())
            .filteredOn(benchmark -> benchmark.id().equals(control.benchmark()))
            .flatExtracting(Benchmark::controls)
            .as(rule.id() + " " + control)
            .anyMatch(item ->
                control.id().equals(item.ids().get(control.version()))
                    && item.level() == control.level());
      }
    }
  }
}
