package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.testing.Golden;
import plimsoll.testing.JsonSchemas;
import plimsoll.testing.Project;
import plimsoll.wire.SnapshotJson;
import plimsoll.wire.SnapshotJson.NotASnapshotException;

/**
 * The recorded hosts: judged as expected, the same every time, in reports that keep their contract.
 */
class SamplesTest {
  private static final Path HOSTS = Project.root().resolve("samples/hosts");

  private static Audited audit(String host, String... more) {
    List<String> args = new java.util.ArrayList<>(List.of("audit", "--snapshot"));
    args.add(HOSTS.resolve(host + ".json").toString());
    args.addAll(List.of(more));
    return Audited.run(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"careless", "hardened"})
  void reportsOfTheSamplesAreThoseOfTheExamples(String host) throws IOException {
    Path examples = Project.root().resolve("reports/examples");
    Golden.check(examples.resolve(host + ".txt"), audit(host).out());
    Golden.check(examples.resolve(host + ".json"), audit(host, "--output", "json").out());
    Golden.check(examples.resolve(host + ".html"), audit(host, "--output", "html").out());
    Golden.check(examples.resolve(host + ".junit.xml"), audit(host, "--output", "junit").out());
    Golden.check(examples.resolve(host + ".csv"), audit(host, "--output", "csv").out());
    Golden.check(examples.resolve(host + ".ocsf.jsonl"), audit(host, "--output", "ocsf").out());
    Golden.check(examples.resolve(host + ".prom"), audit(host, "--output", "prometheus").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"careless", "hardened"})
  void theJsonReportKeepsItsSchema(String host) throws IOException {
    String schema = "reports/report-1.schema.json";
    assertThat(JsonSchemas.check(schema, audit(host, "--output", "json", "--show", "all").out()))
        .isEmpty();
    assertThat(JsonSchemas.check(schema, "{\"schema\": \"other\"}")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"careless", "hardened"})
  void linesAreEightyColumnsAtMostUnlessOneWordIsLonger(String host) {
    for (String line : audit(host, "--show", "all").out().lines().toList()) {
      assertThat(line.length() <= 80 || line.strip().split(" ", -1).length == 1).as(line).isTrue();
    }
  }

  @Test
  void theRecordedHostsAreJudgedAsTheyWereSetUp() {
    RecordedHosts.assertCareless(audit("careless", "--output", "json", "--show", "all"));
    RecordedHosts.assertHardened(audit("hardened", "--output", "json", "--show", "all"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"careless", "hardened"})
  void everyControlComesToWhatWasWorkedOutByHand(String host) throws Exception {
    RecordedHosts.assertControls(host, HOSTS.resolve(host + ".json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"careless", "hardened"})
  void aSnapshotReadAndWrittenIsTheSame(String host) throws IOException, NotASnapshotException {
    byte[] before = Files.readAllBytes(HOSTS.resolve(host + ".json"));
    ByteArrayOutputStream after = new ByteArrayOutputStream();
    SnapshotJson.write(SnapshotJson.read(new ByteArrayInputStream(before)), after);
    assertThat(after.toString(StandardCharsets.UTF_8))
        .isEqualTo(new String(before, StandardCharsets.UTF_8));
  }

  @Test
  void noSecretOfAnEnvironmentIsInASnapshot() throws IOException {
    // samples/hosts/record starts "shop" with PASSWORD=s3cret.
    assertThat(Files.readString(HOSTS.resolve("record"))).contains("s3cret");
    assertThat(Files.readString(HOSTS.resolve("careless.json"))).doesNotContain("s3cret");
  }

  @Test
  void aBrokenSnapshotIsAClearErrorAndExitThree(@TempDir Path folder) throws IOException {
    String whole = Files.readString(HOSTS.resolve("hardened.json"));
    Map<String, String> broken =
        Map.of(
            "{}",
            "it has no \"schema\"",
            "{\"schema\": \"plimsoll-snapshot/9\"}",
            "its schema is plimsoll-snapshot/9",
            "not json",
            "line 1, column",
            "{\"schema\": \"plimsoll-snapshot/2\"}",
            "nothing stands at /takenAt",
            whole.replace("\"name\" : \"shop\",", ""),
            "nothing stands at /containers/",
            whole.replace("\"privileged\"", "\"privilged\""),
            "privilged",
            whole.substring(0, 2_000),
            "line ");
    for (Map.Entry<String, String> each : broken.entrySet()) {
      Path file = Files.writeString(folder.resolve("broken.json"), each.getKey());
      Audited audited = Audited.run("audit", "--snapshot", file.toString());
      assertThat(audited.exit()).isEqualTo(ExitCode.UNUSABLE);
      assertThat(audited.err())
          .startsWith("plimsoll: cannot use the snapshot " + file + ": ")
          .contains(each.getValue())
          .hasLineCount(1);
      assertThat(audited.out()).isEmpty();
    }
  }
}
