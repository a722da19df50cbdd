package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.collect.FakeEngine;
import plimsoll.collect.FakeHost;

/** Processes and threads of a container whose kernel files are made up, and drift among them. */
class ProcessesTest {
  private static final String ALL = "000001ffffffffff";
  private static final String NONE = "0000000000000000";

  @TempDir Path root;
  private FakeHost host;
  private FakeEngine engine;

  @BeforeEach
  void oneContainer() throws IOException {
    host = new FakeHost(root);
    engine = new FakeEngine().healthy();
    engine.json("/containers/json?all=1", "[{\"Id\": \"c0\"}]");
    inspect("\"ExecIDs\": null");
    host.process("/proc/100", 1, "c0", Map.of());
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private void inspect(String more) {
    engine.json(
        "/containers/c0/json",
        "{\"Id\": \"c0\", \"Name\": \"/web\", \"State\": {\"Status\": \"running\", \"Pid\": 100}, "
            + more
            + "}");
  }

  private JsonNode drift() {
    Audited audited =
        Audited.run(
            Map.of(),
            root,
            "audit",
            "--host",
            engine.host(),
            "--output",
            "json",
            "--show",
            "all",
            "--timeout",
            "5");
    return audited.finding("container-drift", "web");
  }

  private void assertNoDrift() {
    JsonNode drift = drift();
    assertThat(drift.path("verdict").asText()).as(drift.toString()).isNotEqualTo("fail");
    assertThat(drift.path("evidence")).isEmpty();
  }

  @Test
  void aContainerAsItWasAskedForDoesNotDrift() {
    assertNoDrift();
  }

  @Test
  void aThreadWithMoreCapabilitiesThanItsProcessIsFound() throws IOException {
    host.process("/proc/100/task/101", 1, "c0", Map.of("CapPrm", ALL, "Name", "worker"));
    JsonNode drift = drift();
    assertThat(drift.path("verdict").asText()).isEqualTo("fail");
    assertThat(drift.path("message").asText())
        .contains("process 100, thread 101 (worker", "/capabilities/effective", "SYS_ADMIN");
    assertThat(drift.path("evidence").get(0).path("origin").path("file").asText())
        .isEqualTo("/proc/100/task/101/status");
  }

  @Test
  void aLeaderThatExitedBeforeItsThreadsIsSeenThroughThem() throws IOException {
    host.exits("/proc/100");
    host.process("/proc/100/task/101", 1, "c0", Map.of());
    host.process("/proc/101", 1, "c0", Map.of());
    host.process("/proc/100/task/100", 1, "c0", Map.of());
    host.exits("/proc/100/task/100");
    assertNoDrift();
    host.process("/proc/101", 1, "c0", Map.of("Seccomp", "0"));
    assertThat(drift().path("message").asText()).contains("/seccomp/mode");
  }

  /** It has left its cgroups already, and is not yet a zombie. */
  @Test
  void oneThatIsEndingHasNotDrifted() throws IOException {
    String status = Files.readString(host.root().resolve("proc/100/status"));
    host.file(
        "/proc/100/status",
        status.replaceAll("VmSize:.*\n", "").replace("Seccomp:\t2", "Seccomp:\t0"));
    JsonNode drift = drift();
    assertThat(drift.path("verdict").asText()).isEqualTo("unknown");
    assertThat(drift.path("reason").asText()).contains("ended or moved while it was being read");
    host.file("/proc/100/status", status.replace("Seccomp:\t2", "Seccomp:\t0"));
    assertThat(drift().path("verdict").asText()).isEqualTo("fail");
  }

  @Test
  void capabilitiesInAUserNamespaceOfItsOwnAreNone() throws IOException {
    host.process("/proc/102", 100, "c0", Map.of("CapPrm", ALL, "CapBnd", ALL));
    host.link("/proc/102/ns/user", "user:[3]");
    assertNoDrift();
    host.link("/proc/102/ns/user", "user:[2]");
    assertThat(drift().path("message").asText()).contains("process 102");
  }

  @Test
  void aProcessIsReportedWithHowItCameIn() throws IOException {
    // The shim's child, as an exec is.
    host.process("/proc/50", 1, "none", Map.of());
    host.file("/proc/50/cmdline", "containerd-shim\0-id\0c0\0");
    host.process("/proc/103", 50, "c0", Map.of("CapPrm", ALL));
    assertThat(drift().path("message").asText()).contains("(sleep, started by docker exec)");

    inspect("\"ExecIDs\": [\"e1\", \"gone\"]");
    engine.json(
        "/exec/e1/json",
        "{\"Running\": true, \"Pid\": 103, \"ProcessConfig\": {\"entrypoint\": \"sh\","
            + " \"arguments\": [\"-c\", \"x\"], \"user\": \"0\", \"privileged\": true}}");
    assertThat(drift().path("message").asText())
        .contains("(sleep, started by docker exec --privileged --user 0)");

    host.process("/proc/103", 1, "c0", Map.of("CapPrm", ALL));
    inspect("\"ExecIDs\": null");
    assertThat(drift().path("message").asText())
        .contains("put into the container by something other than the engine");

    // In its PID namespace, but not in its cgroup.
    host.process("/proc/103", 1, "none", Map.of("CapPrm", ALL));
    assertThat(drift().path("message").asText()).contains("joined from outside, as nsenter does");
  }

  @Test
  void aHealthCheckIsAHealthCheck() throws IOException {
    host.process("/proc/104", 1, "c0", Map.of("Seccomp", "0"));
    inspect(
        "\"ExecIDs\": [\"e2\"], \"Config\": {\"Healthcheck\": {\"Test\": [\"CMD-SHELL\","
            + " \"curl x\"]}}");
    engine.json(
        "/exec/e2/json",
        "{\"Running\": true, \"Pid\": 104, \"ProcessConfig\": {\"entrypoint\": \"/bin/sh\","
            + " \"arguments\": [\"-c\", \"curl x\"], \"privileged\": false}}");
    assertThat(drift().path("message").asText()).contains("(sleep, the health check)");
  }

  @Test
  void whatSomebodyDoesInsideIsGoneTomorrowAndNotInTheFingerprint() throws IOException {
    String mine = "host-lasting";
    host.process("/proc/100", 1, "c0", Map.of("Seccomp", "0"));
    String before = drift().path("fingerprint").asText();
    host.process("/proc/103", 1, "none", Map.of("CapPrm", ALL, "Name", mine));
    assertThat(drift().path("message").asText()).contains(mine);
    assertThat(drift().path("fingerprint").asText()).isEqualTo(before);
  }

  @Test
  void fewerRightsThanWereAskedForAreNoDrift() throws IOException {
    host.process(
        "/proc/105",
        100,
        "c0",
        Map.of("Uid", "7\t7\t7\t7", "CapPrm", NONE, "CapBnd", NONE, "NoNewPrivs", "1"));
    assertNoDrift();
  }

  @Test
  void anotherProcessUnderTheContainersIdIsNotTakenForIt() throws IOException {
    host.process("/proc/100", 1, "other", Map.of("Seccomp", "0"));
    JsonNode drift = drift();
    assertThat(drift.path("verdict").asText()).isEqualTo("unknown");
    assertThat(drift.path("reason").asText()).contains("in no cgroup of this container");
  }

  @Test
  void aProcessThatHasEndedIsAGap() {
    engine.json(
        "/containers/c0/json",
        "{\"Id\": \"c0\", \"Name\": \"/web\", \"State\": {\"Status\": \"running\", \"Pid\": 99}}");
    JsonNode drift = drift();
    assertThat(drift.path("verdict").asText()).isEqualTo("unknown");
    assertThat(drift.path("reason").asText()).contains("process 99 cannot be read");
  }

  @Test
  void aKernelOfItsOwnIsNotThisHosts() throws IOException {
    host.process("/proc/100", 1, "c0", Map.of("Seccomp", "0"));
    inspect("\"HostConfig\": {\"Runtime\": \"sandboxed\"}");
    engine.json("/info", "{\"Runtimes\": {\"sandboxed\": {\"path\": \"/usr/bin/runsc\"}}}");
    JsonNode drift = drift();
    assertThat(drift.path("verdict").asText()).isEqualTo("unknown");
    assertThat(drift.path("reason").asText()).contains("a kernel of its own");
  }
}
