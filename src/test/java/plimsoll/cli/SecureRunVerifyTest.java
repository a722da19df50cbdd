package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.read.Word;
import plimsoll.testing.JsonSchemas;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;

/**
 * An engine whose runtimes do less than they are told: each takes a hardening out of the OCI bundle
 * before runc reads it. The engine believes them; the kernel does not.
 */
@NeedsEngine
class SecureRunVerifyTest {
  @TempDir static Path folder;

  private static final Map<String, String> CHEATS =
      Map.of(
          "nnp", "s/\"noNewPrivileges\":true/\"noNewPrivileges\":false/",
          "rw", "s/\"readonly\":true/\"readonly\":false/",
          "pids", "s/\"pids\":{\"limit\":[0-9]*}/\"pids\":{\"limit\":-1}/",
          "seccomp", "s/\"seccomp\":{.*}\\(,\"maskedPaths\\)/\"x\":{}\\1/",
          // As if the path had become a link to it after it was looked at.
          "swap", "s#\"source\":\"[^\"]*/swapped\"#\"source\":\"/etc\"#",
          "ipc", "s/{\"type\":\"ipc\"},\\{0,1\\}//");

  @RegisterExtension
  static final PrivateEngine engine = PrivateEngine.with().daemonJson(daemonJson());

  private static String daemonJson() {
    StringBuilder runtimes = new StringBuilder();
    for (String cheat : CHEATS.keySet()) {
      runtimes.append(runtimes.isEmpty() ? "" : ", ");
      runtimes.append("\"" + cheat + "\": {\"path\": \"/tmp/plimsoll-cheat-" + cheat + "\"}");
    }
    return "{\"runtimes\": {" + runtimes + "}}";
  }

  @BeforeAll
  static void makeRuntimes() throws IOException {
    for (Map.Entry<String, String> cheat : CHEATS.entrySet()) {
      Path file = Path.of("/tmp/plimsoll-cheat-" + cheat.getKey());
      Files.writeString(
          file,
          "#!/bin/sh\nb=\nfor w; do [ \"$b\" = next ] && { sed -i '"
              + cheat.getValue()
              + "' \"$w/config.json\"; b=; }; [ \"$w\" = --bundle ] && b=next; done\nexec runc \"$@\"\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      file.toFile().deleteOnExit();
    }
  }

  private static Audited run(String line) {
    List<String> words = new ArrayList<>(List.of("secure-run", "--host", engine.host()));
    Word.split(line).forEach(word -> words.add(word.text()));
    return Audited.run(
        Map.of(
            "DOCKER_CONFIG",
            engine.root().resolve("client").toString(),
            "XDG_CACHE_HOME",
            folder.resolve("cache").toString()),
        words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "nnp, /noNewPrivileges: true asked for",
    "rw, /readOnlyRoot: true asked for",
    "pids, /limits/pids: 256 asked for",
    "seccomp, /seccomp/mode: filter asked for",
    "ipc, /namespaces/ipc/host: false asked for"
  })
  void whatTheKernelDoesNotEnforceIsKilled(String runtime, String difference) throws Exception {
    Path report = folder.resolve(runtime + ".json");
    Audited run =
        run(
            "--runtime "
                + runtime
                + " --allow container-runtime=test --name v-"
                + runtime
                + " --report "
                + report
                + " busybox sh -c 'sleep 100; echo survived'");
    assertThat(run.exit()).as(run.err()).isEqualTo(125);
    assertThat(run.out()).doesNotContain("survived");
    assertThat(run.err())
        .contains("is not confined as it was asked to be, and was killed")
        .contains(difference);
    assertThat(engine.docker("inspect", "-f", "{{.State.Running}}", "v-" + runtime))
        .isEqualTo("false");
    JsonNode written = valid(report);
    assertThat(written.path("verification").toString()).contains("\"status\":\"contradicted\"");
  }

  @Test
  void aPathThatLedElsewhereInTheMeantimeIsNoticed() throws Exception {
    Path swapped = Files.createDirectory(folder.resolve("swapped"));
    Audited run =
        run(
            "--runtime swap --allow container-runtime=test --rm -v "
                + swapped
                + ":/x busybox sh -c 'sleep 100; echo survived'");
    assertThat(run.exit()).as(run.err()).isEqualTo(125);
    assertThat(run.out()).doesNotContain("survived");
    assertThat(run.err()).contains("and was killed").contains("/etc");
  }

  @Test
  void aNameThatIsRootInItsImageIsRoot() {
    engine.docker(
        "run",
        "--name",
        "root-by-name",
        "busybox",
        "sh",
        "-c",
        "echo toor:x:0:0::/:/bin/sh >> /etc/passwd");
    engine.docker("commit", "root-by-name", "named");
    engine.docker("commit", "-c", "USER toor", "root-by-name", "toored");
    for (String line : List.of("--user toor named", "toored")) {
      Audited run = run("--rm " + line + " sh -c 'sleep 100; echo survived'");
      assertThat(run.exit()).as(run.err()).isEqualTo(125);
      assertThat(run.out()).doesNotContain("survived");
      assertThat(run.err())
          .contains("turned out to be what the profile restricted refuses, and was killed")
          .contains("container-root-user (")
          .contains("/user/uid is 0");
      assertThat(run("--rm --allow container-root-user=test " + line + " id -u").out())
          .isEqualTo("0\n");
    }
    assertThat(run("--rm --profile baseline toored id -u").out()).isEqualTo("0\n");
  }

  @Test
  void aDetachedOneIsKilledAsWell() {
    Audited run =
        run("-d --runtime nnp --allow container-runtime=test --name v-d busybox sleep 100");
    assertThat(run.exit()).isEqualTo(125);
    assertThat(run.out()).isEmpty();
    assertThat(engine.docker("inspect", "-f", "{{.State.Running}}", "v-d")).isEqualTo("false");
  }

  @Test
  void anHonestOneIsConfirmed() throws Exception {
    Path report = folder.resolve("honest.json");
    Audited run = run("--report " + report + " --rm busybox sleep 1");
    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode written = valid(report);
    int confirmed = 0;
    for (JsonNode check : written.path("verification")) {
      assertThat(check.path("status").asText()).as(check.toString()).isNotEqualTo("contradicted");
      confirmed += check.path("status").asText().equals("confirmed") ? 1 : 0;
    }
    assertThat(confirmed).isGreaterThan(25);
  }

  private static JsonNode valid(Path report) throws IOException {
    String json = Files.readString(report);
    assertThat(JsonSchemas.check("reports/secure-run-1.schema.json", json)).as(json).isEmpty();
    return new ObjectMapper().readTree(json);
  }

  private static long canariesMade() throws InterruptedException {
    // The client asks for events up to a whole second.
    TimeUnit.MILLISECONDS.sleep(1100);
    return engine
        .docker("events", "--since", "1", "--until", "0s", "--filter", "event=create")
        .lines()
        .filter(line -> line.contains("plimsoll-canary"))
        .count();
  }

  @Test
  void aCanaryIsConfirmedOnceForAConfiguration() throws Exception {
    long before = canariesMade();
    String line = "--require-verify --rm --memory 77m --user app --group-add 4321 busybox id -u";
    Audited first = run(line);
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).isEqualTo("1000\n");
    assertThat(canariesMade()).isEqualTo(before + 1);
    assertThat(run(line).exit()).isZero();
    assertThat(canariesMade()).isEqualTo(before + 1);
    assertThat(run(line.replace("77m", "78m")).exit()).isZero();
    assertThat(canariesMade()).isEqualTo(before + 2);
    assertThat(engine.docker("ps", "-a", "--format", "{{.Image}}")).doesNotContain("canary");
  }

  @Test
  void withACanaryNothingIsStartedThatIsNotEnforced() {
    Audited run =
        run(
            "--require-verify --runtime pids --allow container-runtime=test --name v-never busybox true");
    assertThat(run.exit()).isEqualTo(125);
    assertThat(run.err())
        .contains("so nothing was started")
        .contains("/limits/pids: 256 asked for");
    assertThat(engine.tryDocker("inspect", "v-never").exit()).isNotZero();
    assertThat(engine.docker("ps", "-a", "--format", "{{.Image}}")).doesNotContain("canary");
  }

  @Test
  void oneThatEndedTooSoonIsNotClaimedToBeConfirmed() throws Exception {
    Path report = folder.resolve("short.json");
    assertThat(run("--report " + report + " --rm busybox true").exit()).isZero();
    JsonNode written = valid(report);
    for (JsonNode check : written.path("verification")) {
      assertThat(check.path("status").asText()).as(check.toString()).isNotEqualTo("contradicted");
    }
  }
}
