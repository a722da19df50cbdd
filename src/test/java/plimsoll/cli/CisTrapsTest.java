package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;

/**
 * Controls that others get wrong, each named by its number in CIS Docker 1.8, on real engines. What
 * needs no engine is tested beside the code: audit rules, modes, the group, histories.
 */
@NeedsEngine
class CisTrapsTest {
  private static final PrivateEngine CARELESS =
      PrivateEngine.with(
              "-l",
              "debug",
              "--iptables=false",
              "--live-restore=false",
              "--no-new-privileges=false",
              "--experimental",
              "--host=tcp://127.0.0.1:2375")
          .daemonJson(
              """
              {"cgroup-parent": "/chosen", "log-driver": "local",
               "storage-opts": ["overlay2.override_kernel_check=true"]}
              """);
  private static Audited careless = new Audited(-1, "", "", MissingNode.getInstance());

  @BeforeAll
  static void start() throws InterruptedException {
    CARELESS.start();
    String image = CARELESS.image();
    CARELESS.docker("run", "-d", "--name", "quiet", "--log-driver", "none", image, "sleep", "1000");
    CARELESS.docker(
        "run", "-d", "--name", "label", "--security-opt", "label=disable", image, "sleep", "1000");
    CARELESS.docker("run", "-d", "--name", "app", "--user", "1000", image, "sleep", "1000");
    CARELESS.docker("exec", "-d", "--user", "0:0", "app", "sleep", "1000");
    // A program that calls itself so.
    CARELESS.docker(
        "run",
        "-d",
        "--name",
        "door",
        image,
        "sh",
        "-c",
        "echo -n sshd >/proc/self/comm; sleep 1000; true");
    String check = "--health-cmd=test -e /well";
    CARELESS.docker(
        "run", "-d", "--name", "ill", check, "--health-interval=1s", image, "sleep", "1000");
    CARELESS.docker(
        "run",
        "-d",
        "--name",
        "openly",
        "--network=host",
        image,
        "sh",
        "-c",
        "nc -l -p 81 & nc -l -p 54 & nc -l -p 8082 & wait");
    CARELESS.docker(
        "run",
        "-d",
        "--name",
        "within",
        "--network=container:openly",
        image,
        "nc",
        "-l",
        "-p",
        "82");
    CARELESS.docker("run", "-d", "--name", "apart", image, "nc", "-l", "-p", "83");
    CARELESS.docker("create", "--name", "idle", CARELESS.image("idle", "USER 0:0"), "true");
    await(() ->
        CARELESS.docker("inspect", "-f", "{{.State.Health.Status}}", "ill").contains("unhealthy"));
    await(() ->
        CARELESS
            .docker("exec", "openly", "netstat", "-lnut")
            .matches("(?s)(?=.*:54 )(?=.*:81 )(?=.*:82 ).*"));
    careless = Audited.engine(CARELESS.host());
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!done.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @AfterAll
  static void stop() {
    CARELESS.close();
  }

  private static String verdict(String rule, String... name) {
    return careless.finding(rule, name).path("verdict").asText();
  }

  @Test
  void control115TheDataIsWhereThisEngineKeepsIt() {
    String actual = careless.finding("host-data-root-unaudited").path("evidence").toString();
    assertThat(verdict("host-data-root-unaudited")).isEqualTo("fail");
    assertThat(actual).doesNotContain("/var/lib/docker");
  }

  @Test
  void control122AnOldEngineFails() {
    assertThat(verdict("daemon-version")).isEqualTo("fail");
  }

  @Test
  void control21HowThisEngineRuns() {
    assertThat(verdict("daemon-root")).isEqualTo("fail");
  }

  @Test
  void control23TheShortFlagIsReadAsWell() {
    assertThat(verdict("daemon-log-level")).isEqualTo("fail");
  }

  @Test
  void control24And216And215ValuesCountAndNotNames() {
    assertThat(verdict("daemon-no-iptables")).isEqualTo("fail");
    assertThat(verdict("daemon-live-restore")).isEqualTo("fail");
    assertThat(verdict("daemon-no-new-privileges")).isEqualTo("fail");
  }

  @Test
  void control28AListenerWithoutTls() {
    assertThat(verdict("daemon-tcp-without-tls")).isEqualTo("fail");
  }

  @Test
  void control211TheFileIsReadAsWell() {
    assertThat(verdict("daemon-cgroup-parent")).isEqualTo("fail");
  }

  @Test
  void control212AnotherStorageOptionIsNone() {
    assertThat(verdict("daemon-base-size")).isEqualTo("pass");
  }

  @Test
  void control214LocalStaysHere() {
    assertThat(verdict("daemon-local-logs")).isEqualTo("fail");
    assertThat(verdict("container-no-log-limit", "quiet")).isEqualTo("fail");
    // What a container says for itself is looked at as well.
    assertThat(verdict("container-local-logs", "quiet")).isEqualTo("fail");
    assertThat(verdict("container-local-logs", "app")).isEqualTo("not-applicable");
  }

  @Test
  void control218And219() {
    assertThat(verdict("daemon-seccomp-profile")).isEqualTo("pass");
    assertThat(verdict("daemon-experimental")).isEqualTo("fail");
  }

  @Test
  void control315RootRootIsStricter() {
    // The engine's group does not exist here, so that its socket is root's alone.
    assertThat(verdict("host-engine-socket-owner")).isEqualTo("pass");
  }

  @Test
  void control41ZeroIsRootHoweverItIsWritten() {
    assertThat(verdict("image-root-user", "idle:latest")).isEqualTo("fail");
    assertThat(verdict("container-root-user", "idle")).isEqualTo("fail");
  }

  @Test
  void control53AnotherOptionIsNoLabel() {
    assertThat(verdict("container-selinux-disabled", "label")).isEqualTo("fail");
  }

  @Test
  void control57ByTheListOfProcesses() {
    assertThat(verdict("container-ssh-server", "door")).isEqualTo("fail");
    assertThat(verdict("container-ssh-server", "app")).isEqualTo("pass");
    assertThat(verdict("container-ssh-server", "idle")).isEqualTo("not-applicable");
  }

  @Test
  void control58OfTheHostsNetworkCountsWhatIsListenedOn() {
    JsonNode finding = careless.finding("container-privileged-port", "openly");
    assertThat(finding.path("evidence").findValuesAsText("path"))
        .containsExactly("/networking/listening/0/hostPort", "/networking/listening/1/hostPort");
    assertThat(finding.path("message").asText()).isEqualTo("takes port 54, 81 of the host");
    assertThat(finding.path("evidence").get(1).path("actual").asText()).isEqualTo("81");
    assertThat(careless.finding("container-privileged-port", "within").path("message").asText())
        .isEqualTo("takes port 82 of the host");
    assertThat(verdict("container-privileged-port", "apart")).isEqualTo("pass");
  }

  @Test
  void control527AnUnhealthyContainerFailsThoughItHasACheck() {
    assertThat(verdict("container-no-health-check", "ill")).isEqualTo("pass");
    assertThat(careless.finding("container-unhealthy", "ill").path("message").asText())
        .isEqualTo("is unhealthy by its own health check");
    assertThat(verdict("container-unhealthy", "app")).isEqualTo("pass");
    assertThat(verdict("container-no-health-check", "app")).isEqualTo("fail");
  }

  @Test
  void control524ByTheEnginesRecords() {
    assertThat(verdict("container-exec-root", "app")).isEqualTo("fail");
    assertThat(verdict("container-exec-privileged", "app")).isEqualTo("pass");
    assertThat(verdict("container-exec-root", "quiet")).isEqualTo("pass");
  }

  @Test
  void control528AnImageThatWasReplaced() {
    assertThat(verdict("container-image-outdated", "app")).isEqualTo("pass");
  }

  @Test
  void section7WithoutASwarmDoesNotApply() {
    for (String rule :
        List.of("swarm-managers", "swarm-no-autolock", "swarm-unlock-key-rotation")) {
      assertThat(verdict(rule)).as(rule).isEqualTo("not-applicable");
    }
    assertThat(verdict("daemon-swarm-mode")).isEqualTo("pass");
  }

  @Test
  void section7InASwarm() {
    try (PrivateEngine engine = PrivateEngine.with().start()) {
      engine.docker("swarm", "init", "--advertise-addr", "127.0.0.1");
      engine.docker("network", "create", "-d", "overlay", "--opt", "encrypted", "sealed");
      engine.docker("network", "create", "-d", "overlay", "clear");
      engine.docker(
          "service",
          "create",
          "--detach",
          "--name",
          "web",
          "--env",
          "DB_PASSWORD=hunter22",
          engine.image(),
          "sleep",
          "1000");
      Audited audited = Audited.engine(engine.host());
      assertThat(audited.verdict("daemon-swarm-mode")).startsWith("fail");
      // One leader of one manager: managers are counted.
      assertThat(audited.verdict("swarm-managers")).startsWith("pass");
      assertThat(audited.verdict("swarm-listens-everywhere")).startsWith("fail");
      assertThat(audited.verdict("network-not-encrypted", "clear")).startsWith("fail");
      assertThat(audited.verdict("network-not-encrypted", "sealed")).startsWith("pass");
      assertThat(audited.verdict("network-not-encrypted", "bridge")).startsWith("not-applicable");
      assertThat(audited.verdict("swarm-secret-in-environment")).startsWith("fail");
      assertThat(audited.out()).doesNotContain("hunter22");
      assertThat(audited.verdict("swarm-no-autolock")).startsWith("fail");
      assertThat(audited.verdict("swarm-unlock-key-rotation")).startsWith("manual");
      assertThat(audited.verdict("swarm-certificate-expiry")).startsWith("pass");
      assertThat(audited.verdict("swarm-authority-rotation")).startsWith("pass");
      assertThat(audited.verdict("swarm-shared-data-path")).startsWith("fail");
    }
    try (PrivateEngine engine = PrivateEngine.with().start()) {
      engine.docker(
          "swarm",
          "init",
          "--advertise-addr",
          "127.0.0.1",
          "--listen-addr",
          "127.0.0.1:2377",
          "--data-path-addr",
          "127.0.0.1",
          "--autolock",
          "--cert-expiry",
          "8760h");
      Audited audited = Audited.engine(engine.host());
      assertThat(audited.verdict("swarm-listens-everywhere")).startsWith("pass");
      assertThat(audited.verdict("swarm-no-autolock")).startsWith("pass");
      assertThat(audited.verdict("swarm-certificate-expiry")).startsWith("fail");
      assertThat(audited.verdict("swarm-shared-data-path")).startsWith("pass");
    }
  }

  @Test
  void control28And314TlsInTheFileAndAKeyNobodyReads(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("certificates");
    Files.writeString(
        script,
        """
        set -e
        cd "$1"
        new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        openssl req -x509 $new -days 3 -subj /CN=ca -keyout ca.key -out ca.pem
        openssl req $new -subj /CN=localhost -keyout key.pem -out request.pem
        openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 3 -out cert.pem
        chmod 0200 key.pem
        chmod 0646 cert.pem
        """);
    Process made =
        new ProcessBuilder("sh", script.toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(made.waitFor())
        .as(new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
    try (PrivateEngine engine =
        PrivateEngine.with("--host=tcp://127.0.0.1:2376")
            .daemonJson(
                """
                {"tlsverify": true, "tlscacert": "DIR/ca.pem", "tlscert": "DIR/cert.pem",
                 "tlskey": "DIR/key.pem"}
                """
                    .replace("DIR", folder.toString()))
            .start()) {
      Audited audited = Audited.engine(engine.host());
      assertThat(audited.verdict("daemon-tcp-without-tls")).startsWith("pass");
      // Stricter than 400 is no failure, and 646 is not below 644.
      assertThat(audited.verdict("host-tls-key-mode")).startsWith("pass");
      assertThat(audited.verdict("host-tls-certificate-mode")).startsWith("fail");
    }
  }

  @Test
  void theReportIsLaidOutByTheBenchmark() {
    Audited laidOut =
        Audited.run(
            "audit", "--host", CARELESS.host(), "--benchmark", "cis-docker-1.8", "--level", "1");
    assertThat(laidOut.out())
        .containsPattern("\\n  2\\.3 +FAIL +log level info \\(level 1\\)\\n")
        .containsPattern("\\n  7\\.1 +n/a ")
        .containsPattern("\\n  1\\.2\\.1 +MANUAL ")
        .doesNotContain("level 2)")
        .containsPattern("\\n[0-9]+ controls: [0-9]+ pass, ");
  }
}
