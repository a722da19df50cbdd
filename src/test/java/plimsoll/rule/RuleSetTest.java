package plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plimsoll.testing.Project;

class RuleSetTest {
  private static final RuleSet RULES = RuleSet.builtIn();

  @Test
  void theIndexListsEveryRuleFile() throws IOException {
    Path folder = Project.root().resolve("rules");
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> there =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .map(file -> folder.relativize(file).toString())
              .sorted()
              .toList();
      assertThat(Files.readAllLines(folder.resolve("index")))
          .as("rules/index; to make it anew: cd rules && ls */*.yaml | LC_ALL=C sort > index")
          .isEqualTo(there);
    }
  }

  @Test
  void aFileIsNamedAfterItsRuleAndLiesWithItsSubject() throws IOException {
    Set<String> ids = RULES.rules().stream().map(Rule::id).collect(Collectors.toSet());
    for (String file : Files.readAllLines(Project.root().resolve("rules/index"))) {
      assertThat(ids).contains(file.replaceAll(".*/|\\.yaml$", ""));
    }
    for (Rule rule : RULES.rules()) {
      String folder = rule.subject() == SubjectKind.ENGINE ? "daemon" : rule.subject().toString();
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
        assertThat(rule.examples().bad()).as(rule.id()).isNotEmpty();
        assertThat(rule.fix()).as(rule.id()).containsKey("run");
      }
    }
  }

  @Test
  void everyControlNumberIsOneTheBenchmarkHas() {
    for (Rule rule : RULES.rules()) {
      for (Control control : rule.controls()) {
        assertThat(control.id()).as(rule.id()).matches("[1-7]\\.[0-9]{1,2}(\\.[0-9]{1,2})?");
        assertThat(control.version()).as(rule.id()).isIn("1.6", "1.7", "1.8");
      }
    }
  }
}
