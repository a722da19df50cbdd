package plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.testing.Golden;
import plimsoll.testing.Project;

class RulePagesTest {
  private static final RuleSet RULES = RuleSet.builtIn();

  @Test
  void everyRuleHasItsPageAndNoPageIsLeftOver() throws IOException {
    Path folder = Project.root().resolve("rules/pages");
    for (Rule rule : RULES.rules()) {
      Golden.check(folder.resolve(rule.id() + ".md"), RulePages.page(rule));
    }
    try (Stream<Path> pages = Files.list(folder)) {
      List<String> names = pages.map(page -> page.getFileName().toString()).sorted().toList();
      assertThat(names)
          .isEqualTo(RULES.rules().stream().map(rule -> rule.id() + ".md").sorted().toList());
    }
  }

  @Test
  void theListNamesEveryRule() throws IOException {
    Golden.check(Project.root().resolve("rules/README.md"), RulePages.index(RULES));
  }
}
