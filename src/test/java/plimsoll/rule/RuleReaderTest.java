package plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.yaml.Problem;

class RuleReaderTest {
  private static final String WHOLE =
      """
      id: container-test
      title: A title
      message: does it
      subject: container
      severity: high
      why: because
      require: {path: /limits/pids, at-most: 100}
      fix: {run: do not}
      examples: {good: [], bad: []}
      """;

  private static List<String> problems(String yaml) {
    BadRuleException e =
        catchThrowableOfType(BadRuleException.class, () -> RuleReader.read("x.yaml", yaml));
    assertThat(e).isNotNull();
    return e.problems().stream().map(Problem::toString).toList();
  }

  private static List<String> requiring(String condition) {
    return problems(WHOLE.replace("{path: /limits/pids, at-most: 100}", condition));
  }

  @Test
  void aWholeRuleIsRead() throws BadRuleException {
    Rule rule = RuleReader.read("x.yaml", WHOLE);
    assertThat(rule.severity().worst()).isEqualTo(Severity.HIGH);
    assertThat(rule.require()).isInstanceOf(Condition.Test.class);
  }

  @Test
  void severityMayDependOnWhetherItWasWritten() throws BadRuleException {
    Rule rule =
        RuleReader.read(
            "x.yaml",
            WHOLE.replace("severity: high", "severity: {written: critical, omitted: low}"));
    assertThat(rule.severity().written()).isEqualTo(Severity.CRITICAL);
    assertThat(rule.severity().omitted()).isEqualTo(Severity.LOW);
  }

  @Test
  void aWrongPathIsFoundWithItsPlaceAndASuggestion() {
    assertThat(requiring("{path: /limts/pids, exists: true}"))
        .containsExactly("x.yaml:7:17: no field /limts; did you mean limits?");
  }

  @Test
  void aWrongOperatorIsFound() {
    assertThat(requiring("{path: /limits/pids, atmost: 3}"))
        .containsExactly("x.yaml:7:10: unknown operator atmost; did you mean at-most?");
  }

  @Test
  void aValueOfTheWrongTypeIsFound() {
    assertThat(requiring("{path: /privileged, equals: no}"))
        .containsExactly("x.yaml:7:38: expected true or false");
    assertThat(requiring("{path: /limits/pids, at-most: many}"))
        .containsExactly("x.yaml:7:40: expected a number");
    assertThat(requiring("{path: /seccomp/mode, equals: filtre}"))
        .containsExactly("x.yaml:7:40: it is never filtre; did you mean filter?");
  }

  @Test
  void anOperatorThatDoesNotFitTheFactIsFound() {
    assertThat(requiring("{path: /mounts, equals: x}"))
        .containsExactly(
            "x.yaml:7:34: /mounts is a list: use subset-of, disjoint-from, none-match, empty or"
                + " each");
    assertThat(requiring("{path: /limits/pids, empty: true}"))
        .containsExactly(
            "x.yaml:7:38: /limits/pids is no list: use equals, in, matches, at-most, at-least or"
                + " exists");
  }

  @Test
  void everyMistakeIsReportedAtOnce() {
    assertThat(problems("id: X\ntitel: y\nseverity: hihg\nsubject: container\n"))
        .contains(
            "x.yaml:2:1: unknown key titel; did you mean title?",
            "x.yaml:3:11: hihg is none of info, low, medium, high, critical; did you mean high?",
            "x.yaml:1:1: the key title is missing",
            "x.yaml:1:1: the key require is missing",
            "x.yaml:1:5: an id is lower-case words joined by hyphens, such as container-privileged");
  }

  @Test
  void whatIsNotYamlIsSaidSo() {
    assertThat(problems("id: ["))
        .singleElement()
        .asString()
        .startsWith("x.yaml:")
        .contains("not YAML");
    assertThat(problems("")).containsExactly("x.yaml:1:1: the file is empty");
    assertThat(problems("- a")).contains("x.yaml:1:1: expected a mapping of keys to values");
  }

  @Test
  void aKeyThatStandsTwiceIsFound() {
    assertThat(problems(WHOLE + "title: again\n"))
        .containsExactly("x.yaml:10:1: the key title stands here twice");
  }

  @Test
  void aRelativePathOutsideOfEachIsFound() {
    assertThat(requiring("{path: privileged, equals: true}"))
        .containsExactly(
            "x.yaml:7:17: the path privileged must start with a slash outside of each");
  }

  @Test
  void aParameterMustBeThereAndBeUsed() throws BadRuleException {
    String whole =
        WHOLE
            .replace("at-most: 100", "at-most: $most")
            .replace("require:", "parameters: {most: {what: How many, default: 100}}\nrequire:");
    Rule rule = RuleReader.read("x.yaml", whole);
    assertThat(rule.parameters())
        .containsExactly(new Parameter("most", "How many", List.of("100"), false));
    assertThat(((Condition.Test) rule.require()).operator()).isEqualTo(new Operator.AtMost(100));
    assertThat(problems(whole.replace("$most", "$msot")))
        .contains("x.yaml:8:40: the rule has no parameter msot; did you mean $most?");
    assertThat(problems(whole.replace("$most", "7")))
        .containsExactly("x.yaml:7:46: nothing in require refers to this parameter, as $most");
    assertThat(problems(whole.replace("default: 100", "default: some")))
        .containsExactly("x.yaml:7:46: expected a number");
  }

  @Test
  void aliasesDoNotBlowUp() {
    String bomb =
        "a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
            + "d: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n";
    assertThat(problems(bomb)).isNotEmpty();
  }
}
