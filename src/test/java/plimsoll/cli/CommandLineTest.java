package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.testing.Project;

/** Options, their mistakes and the exit codes. */
class CommandLineTest {
  private static final String CARELESS =
      Project.root().resolve("samples/hosts/careless.json").toString();
  private static final String HARDENED =
      Project.root().resolve("samples/hosts/hardened.json").toString();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "audti|Did you mean",
        "audit --fail-on hihg|--fail-on: hihg is none of critical, high, medium, low, info",
        "audit --output jsn|there is no format \"jsn\"; did you mean json?",
        "audit --output json=|no file stands after json=",
        "audit --output json --output terminal|only one report fits on standard output",
        "audit --show some|--show: some is neither failed nor all",
        "audit --only web|\"web\" is no rule:GLOB, container:GLOB or subject:KIND",
        "audit --skip images:x|\"images:x\" is no rule:GLOB",
        "audit --timeout 0|--timeout must be at least 1 second",
        "audit --timeout soon|'soon' is not an int",
        "audit --host ssh://h|goes through ssh",
        "audit --context none-such|there is no docker context \"none-such\"",
        "audit --snapshot x --host unix:///y|--snapshot judges a file",
        "audit extra|extra"
      })
  void aMistakeIsExitTwoAndSaysWhatToType(String line, String message) {
    Audited audited = Audited.run(Map.of("HOME", "/nonexistent"), line.split(" "));
    assertThat(audited.exit()).as(audited.err()).isEqualTo(ExitCode.USAGE);
    assertThat(audited.err()).contains(message).contains("--help");
    assertThat(audited.out()).isEmpty();
  }

  @Test
  void helpAndVersionAreExitZero() {
    assertThat(Audited.run("--version").out()).startsWith("plimsoll ");
    assertThat(Audited.run("audit", "--help").out()).contains("Exit codes:", "--save-snapshot");
    assertThat(Audited.run("audit", "--help").exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "careless, , 0",
    "careless, --fail-on=critical, 1",
    "careless, --fail-on=low, 1",
    "hardened, --fail-on=medium, 1",
    "hardened, --fail-on=high, 1",
    "hardened, --fail-on=critical, 0",
    "hardened, --fail-on-unknown, 0"
  })
  void failOnIsInclusiveAndOffUnlessGiven(String host, String option, int exit) {
    String file = host.equals("careless") ? CARELESS : HARDENED;
    Audited audited =
        option == null
            ? Audited.run("audit", "--snapshot", file)
            : Audited.run("audit", "--snapshot", file, option);
    assertThat(audited.exit()).isEqualTo(exit);
  }

  @Test
  void theThresholdItselfFails() {
    String[] only = {"audit", "--snapshot", CARELESS, "--only", "rule:daemon-icc"};
    assertThat(Audited.run(with(only, "--fail-on=medium")).exit()).isEqualTo(ExitCode.FAILED);
    assertThat(Audited.run(with(only, "--fail-on=high")).exit()).isZero();
  }

  private static String[] with(String[] args, String more) {
    List<String> all = new java.util.ArrayList<>(List.of(args));
    all.add(more);
    return all.toArray(String[]::new);
  }

  @Test
  void theUnknownFailsOnlyWhenAskedTo() throws IOException {
    String gone = "unix:///nonexistent.sock";
    Audited quiet = Audited.engine(gone, "--fail-on=info", "--only=subject:engine");
    assertThat(quiet.report().path("summary").path("unknown").asInt()).isPositive();
    // 3 wins over 1 either way.
    assertThat(quiet.exit()).isEqualTo(ExitCode.UNUSABLE);
    try (plimsoll.collect.FakeEngine engine = new plimsoll.collect.FakeEngine().healthy()) {
      String[] args = {
        "audit", "--host", engine.host(), "--only=rule:daemon-userland-proxy", "--output=json"
      };
      assertThat(Audited.run(args).exit()).isZero();
    }
  }

  @Test
  void onlyAndSkipChooseRulesContainersAndSubjects() {
    Audited audited =
        Audited.run(
            "audit",
            "--snapshot",
            CARELESS,
            "--output=json",
            "--show=all",
            "--only=rule:container-host-?e*",
            "--only=rule:container-priv*ed",
            "--only=container:a*",
            "--skip=rule:*-device");
    assertThat(audited.findings().stream().map(f -> f.path("rule").asText()))
        .containsExactlyInAnyOrder("container-host-network", "container-privileged");
    assertThat(audited.findings())
        .allMatch(f -> f.path("subject").path("name").asText().equals("agent"));
  }

  @Test
  void severalReportsAreWrittenAtOnce(@TempDir Path folder) throws IOException {
    Path json = folder.resolve("a.json");
    Path text = folder.resolve("a.txt");
    Audited audited =
        Audited.run(
            "audit",
            "--snapshot",
            CARELESS,
            "-o",
            "json=" + json,
            "-o",
            "terminal=" + text,
            "-o",
            "terminal");
    assertThat(audited.exit()).isZero();
    assertThat(Files.readString(text)).isEqualTo(audited.out());
    assertThat(Files.readString(json)).startsWith("{").endsWith("}\n");
    try (var files = Files.list(folder)) {
      assertThat(files).as("nothing temporary is left").hasSize(2);
    }
  }

  @Test
  void aReportThatCannotBeWrittenIsExitThree(@TempDir Path folder) {
    Audited audited =
        Audited.run(
            "audit", "--snapshot", HARDENED, "-o", "json=" + folder.resolve("no/such/folder.json"));
    assertThat(audited.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audited.err()).contains("cannot write " + folder);
  }

  @Test
  void aSnapshotIsJudgedElsewhereWithTheSameFindings(@TempDir Path folder) throws IOException {
    try (plimsoll.collect.FakeEngine engine = new plimsoll.collect.FakeEngine().healthy()) {
      engine.json("/containers/json?all=1", "[{\"Id\": \"c0\"}]");
      engine.json(
          "/containers/c0/json",
          "{\"Id\": \"c0\", \"Name\": \"/c0\", \"HostConfig\": {\"Privileged\": true, \"New\": 1}}");
      Path file = folder.resolve("s.json");
      Audited live = Audited.engine(engine.host(), "--save-snapshot", file.toString());
      Audited replayed =
          Audited.run("audit", "--snapshot", file.toString(), "-o", "json", "--show", "all");
      assertThat(replayed.out()).isEqualTo(live.out());
      assertThat(live.report().path("gaps").findValuesAsText("reason"))
          .anyMatch(reason -> reason.startsWith("HostConfig.New is set"));
    }
  }
}
