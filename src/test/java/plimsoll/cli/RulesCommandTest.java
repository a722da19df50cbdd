package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RulesCommandTest {
  @Test
  void listsEveryRule() {
    Audited listed = Audited.run("rules", "list");
    assertThat(listed.exit()).isZero();
    assertThat(listed.out().lines())
        .anyMatch(line -> line.matches("container-privileged +critical +Container runs .*"))
        .anyMatch(line -> line.startsWith("host-no-lsm"));
  }

  @Test
  void showsOne() {
    Audited shown = Audited.run("rules", "show", "container-no-pids-limit");
    assertThat(shown.exit()).isZero();
    assertThat(shown.out())
        .contains("# Container may start processes without end", "`/limits/pids` is set", "5.29");
  }

  @Test
  void aRuleThatIsNotThereIsAUsageErrorWithASuggestion() {
    Audited shown = Audited.run("rules", "show", "container-no-pid-limit");
    assertThat(shown.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(shown.err()).contains("did you mean container-no-pids-limit?");
    assertThat(Audited.run("rules").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void countsWhatOfABenchmarkIsJudged() {
    Audited covered = Audited.run("rules", "coverage");
    assertThat(covered.exit()).isZero();
    assertThat(covered.out())
        .contains("CIS Docker Benchmark 1.8")
        .containsPattern("5\\.5 +L1 +not privileged +container-privileged")
        .containsPattern("1\\.2\\.1 +L1 +host is hardened +by a person: host-hardening")
        .endsWith("\n117/117 117/117 118/118\n");
    assertThat(Audited.run("rules", "coverage", "--benchmark", "cis-docker:1.6").out())
        .contains("CIS Docker Benchmark 1.6")
        .doesNotContain("devicemapper");
    assertThat(Audited.run("rules", "coverage", "--benchmark", "cis-docker-9").err())
        .contains("there are cis-docker-1.6, cis-docker-1.7, cis-docker-1.8");
    assertThat(Audited.run("rules", "coverage", "--benchmark", "x").exit())
        .isEqualTo(ExitCode.USAGE);
  }
}
