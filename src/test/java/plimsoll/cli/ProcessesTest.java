package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  private Audited audit() {
    return Audited.run(
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
  }

  private JsonNode drift() {
    return audit().finding("container-drift", "web");
  }

  private String verdict(String rule) {
    return audit().finding(rule, "web").path("verdict").asText();
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
  void aShimWhoseProgramWasReplacedKeepsTheOldOneRunning() throws IOException {
    host.process("/proc/50", 1, "none", Map.of());
    host.file("/proc/50/cmdline", "containerd-shim\0-id\0c0\0");
    host.process("/proc/100", 50, "c0", Map.of());
    host.file("/proc/100/comm", "sleep\n");
    host.link("/proc/50/exe", "/usr/bin/containerd-shim-runc-v2");
    assertThat(verdict("container-old-shim")).isEqualTo("pass");
    host.link("/proc/50/exe", "/usr/bin/containerd-shim-runc-v2 (deleted)");
    JsonNode finding = audit().finding("container-old-shim", "web");
    assertThat(finding.path("message").asText())
        .isEqualTo("is run by /usr/bin/containerd-shim-runc-v2 as it was before it was replaced");
    assertThat(finding.path("evidence").get(0).path("origin").path("file").asText())
        .isEqualTo("/proc/50/exe");
  }

  @Test
  void deadChildrenOfTheFirstProcessAreCountedAndNoOthers() throws IOException {
    host.file("/proc/100/comm", "sleep\n");
    for (int pid = 200; pid < 206; pid++) {
      host.process("/proc/" + pid, pid == 205 ? 204 : 100, "c0", Map.of());
      String stat = Files.readString(root.resolve("proc/" + pid + "/stat"));
      host.file("/proc/" + pid + "/stat", stat.replace(") S ", ") Z "));
    }
    assertThat(verdict("container-zombies")).isEqualTo("pass");
    host.process("/proc/206", 100, "c0", Map.of());
    String stat = Files.readString(root.resolve("proc/206/stat"));
    host.file("/proc/206/stat", stat.replace(") S ", ") Z "));
    assertThat(audit().finding("container-zombies", "web").path("message").asText())
        .isEqualTo("its first process has not reaped 6 that have ended");
  }

  @Test
  void processesEndedForWantOfMemoryAreCountedByTheKernel() throws IOException {
    host.file("/proc/100/comm", "sleep\n");
    assertThat(verdict("container-out-of-memory")).isEqualTo("pass");
    String events = "/sys/fs/cgroup/system.slice/docker-c0.scope/memory.events";
    host.file(events, "low 0\noom 3\noom_kill 0\n");
    assertThat(verdict("container-out-of-memory")).isEqualTo("pass");
    host.file(events, "low 0\noom 3\noom_kill 2\noom_group_kill 0\n");
    JsonNode finding = audit().finding("container-out-of-memory", "web");
    assertThat(finding.path("message").asText()).endsWith(": 2");
    assertThat(finding.path("evidence").get(0).path("origin").path("file").asText())
        .isEqualTo(events);
  }

  private static String socket(String local, String state, int inode) {
    return "  0: " + local + " 0000:0000 " + state + " 0:0 0:0 0 0 0 " + inode + " 1\n";
  }

  @Test
  void portsOfTheHostsNetworkAreThoseOfTheContainersOwnSockets() throws IOException {
    host.file("/proc/100/comm", "sleep\n");
    host.process("/proc/101", 100, "c0", Map.of());
    host.link("/proc/100/fd/3", "socket:[71]");
    host.link("/proc/101/fd/3", "socket:[72]");
    host.link("/proc/101/fd/4", "socket:[73]");
    host.link("/proc/101/fd/5", "socket:[74]");
    String any = "00000000:";
    host.file(
        "/proc/100/net/tcp",
        "  sl  local_address rem_address   st\n"
            + socket("0100007F:0050", "0A", 71)
            + socket(any + "0016", "0A", 99) // another's
            + socket(any + "0019", "01", 72)); // connected
    host.file("/proc/100/net/tcp6", socket("00000000".repeat(4) + ":01BB", "0A", 72));
    host.file(
        "/proc/100/net/udp",
        socket(any + "0035", "07", 73) + socket(any + "C000", "07", 74)); // waits for its answer
    assertThat(verdict("container-privileged-port")).isEqualTo("pass");
    for (String process : List.of("100", "101")) {
      host.link("/proc/" + process + "/ns/net", "net:[1]");
    }
    JsonNode ports = audit().finding("container-privileged-port", "web").path("evidence");
    assertThat(ports.findValuesAsText("actual")).containsExactly("53", "80", "443");
    assertThat(ports.get(0).path("origin").path("file").asText()).isEqualTo("/proc/100/net/tcp");
    JsonNode open = audit().finding("container-port-on-all-interfaces", "web").path("evidence");
    assertThat(open.findValuesAsText("actual")).containsExactly("0.0.0.0", "[0:0:0:0:0:0:0:0]");
    Files.delete(root.resolve("proc/100/net/tcp"));
    assertThat(verdict("container-privileged-port")).isEqualTo("unknown");
  }

  @Test
  void anotherEngineIsNamedByItsSocketAndOwnHelpersAreNone() throws IOException {
    assertThat(audit().finding("host-several-engines").path("verdict").asText()).isEqualTo("pass");
    // A containerd that a dockerd started, and podman doing something for a user.
    host.process("/proc/300", 1, "none", Map.of());
    host.file("/proc/300/comm", "dockerd\n");
    host.process("/proc/301", 300, "none", Map.of("PPid", "300"));
    host.file("/proc/301/comm", "containerd\n");
    host.process("/proc/302", 1, "none", Map.of());
    host.file("/proc/302/comm", "podman\n");
    host.file("/proc/302/cmdline", "podman\0ps\0");
    for (int pid = 300; pid < 303; pid++) {
      host.link("/proc/" + pid + "/ns/mnt", "mnt:[1]");
    }
    assertThat(audit().finding("host-several-engines").path("message").asText())
        .isEqualTo("also runs dockerd");
    host.file("/proc/302/cmdline", "/usr/bin/podman\0system\0service\0");
    host.link("/proc/302/ns/mnt", "mnt:[7]");
    assertThat(audit().finding("host-several-engines").path("message").asText())
        .isEqualTo("also runs dockerd, podman with mounts of its own, as in a container");
  }

  @Test
  void controllersThatLimitsNeedAreAllThere() throws IOException {
    host.file("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n");
    assertThat(audit().verdict("host-missing-controllers")).startsWith("pass");
    host.file("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu pids\n");
    assertThat(audit().finding("host-missing-controllers").path("message").asText())
        .endsWith("its controllers are cpu, cpuset, pids");
  }

  @Test
  void aSystemMadeForContainersIsRecognised() throws IOException {
    host.file("/etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian 12\"\n");
    assertThat(audit().finding("host-hardening").path("evidence").toString())
        .contains("\"Debian 12\"", "/system");
    host.file("/etc/os-release", "ID=fedora\nVARIANT_ID=coreos\nPRETTY_NAME='Fedora CoreOS 40'\n");
    JsonNode evidence = audit().finding("host-hardening").path("evidence");
    assertThat(evidence.findValuesAsText("actual").stream().filter("Fedora CoreOS 40"::equals))
        .hasSize(2);
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
