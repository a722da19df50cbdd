package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;

/** Containers of a real engine, judged by what was asked for and by what the kernel does. */
@NeedsEngine
class AuditContainersTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.shared();

  private static final String[] HARDENED = {
    "--read-only",
    "--cap-drop",
    "ALL",
    "--security-opt",
    "no-new-privileges",
    "--pids-limit",
    "100",
    "--memory",
    "64m",
    "--user",
    "1000:1000"
  };

  @AfterEach
  void removeContainers() {
    engine.removeContainers();
  }

  /** Starts a container that sleeps; options come before the image. */
  private static String start(String name, String... options) {
    List<String> words = new java.util.ArrayList<>(List.of("run", "-d", "--name", name));
    words.addAll(List.of(options));
    words.addAll(List.of(engine.image(), "sleep", "1000"));
    return engine.docker(words.toArray(String[]::new));
  }

  private static Audited audit() {
    Audited audited = Audited.engine(engine.host());
    assertThat(audited.exit()).as(audited.err()).isZero();
    return audited;
  }

  /** What newer engines hide, others do not: that is no matter of how a container is started. */
  private static List<String> failed(Audited audited, String name) {
    return audited.failed(name).stream().filter(rule -> !rule.equals("leaking-paths")).toList();
  }

  @Test
  void aHardenedContainerFailsNothingButWhatTheDaemonLacks() {
    start("good", HARDENED);
    Audited audited = audit();
    assertThat(failed(audited, "good"))
        .containsExactly(
            "default-bridge",
            "image-not-pinned",
            "no-cpu-limit",
            "no-health-check",
            "no-init",
            "no-io-limit",
            "no-log-limit",
            "userns-not-remapped");
    for (String rule :
        List.of("root-user", "no-new-privileges", "no-pids-limit", "writable-root")) {
      assertThat(audited.verdict("container-" + rule, "good"))
          .isEqualTo("pass [requested, enforced] confirmed");
    }
  }

  @Test
  void aContainerThatSaysNothingLacksHardeningNobodyAskedFor() {
    start("plain");
    Audited audited = audit();
    assertThat(failed(audited, "plain"))
        .containsExactly(
            "capabilities-not-dropped",
            "default-bridge",
            "image-not-pinned",
            "no-cpu-limit",
            "no-health-check",
            "no-init",
            "no-io-limit",
            "no-log-limit",
            "no-memory-limit",
            "no-new-privileges",
            "no-pids-limit",
            "root-user",
            "userns-not-remapped",
            "writable-root");
    List<String> onlyTheEngineKnows =
        List.of("default-bridge", "image-not-pinned", "no-health-check", "no-init", "no-log-limit");
    for (String rule : failed(audited, "plain")) {
      assertThat(audited.verdict("container-" + rule, "plain"))
          .isEqualTo(
              onlyTheEngineKnows.contains(rule)
                  ? "fail omitted [requested]"
                  : "fail omitted [requested, enforced] confirmed");
    }
  }

  @Test
  void whatWasAskedForIsFoundInBothViewsWithItsEvidence() {
    start(
        "bad",
        "--network=host",
        "--pid=host",
        "--security-opt=seccomp=unconfined",
        "--cap-add=sys_ptrace",
        "--volume=" + engine.root() + ":/engine:ro",
        "--volume=/etc/shadow:/s:ro",
        "--volume=/etc/localtime:/etc/localtime:ro");
    Audited audited = audit();
    for (String rule :
        List.of("host-network", "host-pid", "seccomp-unconfined", "dangerous-capability")) {
      assertThat(audited.verdict("container-" + rule, "bad"))
          .as(rule)
          .isEqualTo("fail written [requested, enforced] confirmed");
    }
    assertThat(audited.verdict("container-engine-socket", "bad"))
        .isEqualTo("fail written [requested, enforced] confirmed");
    JsonNode socket = audited.finding("container-engine-socket", "bad").path("evidence").get(0);
    assertThat(socket.path("actual").asText()).contains(engine.socket().toString());
    assertThat(socket.path("origin").path("field").asText()).startsWith("HostConfig.Binds[");

    JsonNode mounts = audited.finding("container-sensitive-mount", "bad").path("evidence");
    assertThat(mounts.findValuesAsText("view"))
        .as(mounts.toPrettyString())
        .containsExactly("requested", "requested", "enforced", "enforced");
    // The engine's data lies there too.
    String root = engine.root().toString();
    assertThat(mounts.findValuesAsText("actual"))
        .containsExactly(root, "/etc/shadow", root, "/etc/shadow");

    String pid = engine.docker("inspect", "-f", "{{.State.Pid}}", "bad");
    JsonNode kernel = audited.finding("container-seccomp-unconfined", "bad").path("evidence");
    assertThat(kernel.findValuesAsText("file")).contains("/proc/" + pid + "/status");
    assertThat(kernel.findValuesAsText("field")).contains("HostConfig.SecurityOpt", "Seccomp");
  }

  @Test
  void aPrivilegedContainerIsOneFindingAndNotThree() {
    engine.docker("create", "--name", "priv", "--privileged", engine.image(), "sleep", "1");
    Audited audited = audit();
    assertThat(audited.verdict("container-privileged", "priv"))
        .isEqualTo("fail written [requested]");
    assertThat(audited.finding("container-privileged", "priv").path("severity").asText())
        .isEqualTo("critical");
    for (String implied :
        List.of("seccomp-unconfined", "dangerous-capability", "capabilities-not-dropped")) {
      assertThat(audited.finding("container-" + implied, "priv").path("verdict").asText())
          .isEqualTo("not-applicable");
    }
  }

  @Test
  void aStoppedContainerIsJudgedByWhatWasAskedFor() {
    start("gone", "--network=host");
    engine.docker("kill", "gone");
    assertThat(audit().verdict("container-host-network", "gone"))
        .isEqualTo("fail written [requested]");
  }

  @Test
  void whoJoinsAContainerOnTheHostsNetworkIsOnTheHostsNetwork() {
    start("first", "--network=host");
    start("second", "--network=container:first");
    start("third", "--network=container:second");
    Audited audited = audit();
    assertThat(audited.verdict("container-host-network", "third"))
        .isEqualTo("fail written [requested, enforced] confirmed");
    assertThat(
            audited
                .finding("container-host-network", "third")
                .path("evidence")
                .get(0)
                .path("origin")
                .path("field")
                .asText())
        .isEqualTo("HostConfig.NetworkMode of container second of container first");
  }

  @Test
  void aLimitLiftedBehindTheEnginesBackIsFound() throws IOException {
    start("lifted", "--pids-limit=100");
    assertThat(audit().verdict("container-no-pids-limit", "lifted"))
        .isEqualTo("pass [requested, enforced] confirmed");
    Files.writeString(cgroup("lifted").resolve("pids.max"), "max");
    Audited audited = audit();
    assertThat(audited.verdict("container-no-pids-limit", "lifted"))
        .isEqualTo("fail written [enforced] confirmed");
    assertThat(
            audited
                .finding("container-no-pids-limit", "lifted")
                .path("evidence")
                .get(0)
                .path("origin")
                .path("file")
                .asText())
        .isEqualTo(cgroup("lifted") + "/pids.max");
  }

  @Test
  void aLimitOfAnAncestorCountsAndIsNamed() throws IOException {
    Path controller = Path.of("/sys/fs/cgroup/pids");
    Path parent = controller.resolve("plimsoll-test");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isDirectory(controller), "this test writes to a cgroup v1 hierarchy");
    Files.createDirectories(parent);
    try {
      Files.writeString(parent.resolve("pids.max"), "50");
      start("limited", "--cgroup-parent=/plimsoll-test");
      Audited audited = audit();
      assertThat(audited.verdict("container-no-pids-limit", "limited"))
          .isEqualTo("pass [enforced] confirmed");
      assertThat(
              audited
                  .finding("container-no-pids-limit", "limited")
                  .path("evidence")
                  .get(0)
                  .path("origin")
                  .path("provider")
                  .asText())
          .isEqualTo("ancestor plimsoll-test");
    } finally {
      engine.removeContainers();
      Files.deleteIfExists(parent);
    }
  }

  @Test
  void whatAProgramDidToItselfExcusesNoRequest() {
    engine.docker(
        "run", "-d", "--name", "self", engine.image(), "su", "app", "-c", "exec sleep 1000");
    awaitUser("self", "1000");
    Audited audited = audit();
    assertThat(audited.verdict("container-root-user", "self"))
        .isEqualTo("fail omitted [requested] not confirmed");
    assertThat(audited.finding("container-root-user", "self").path("reason").asText())
        .startsWith("not credited, since nobody asked for it: the kernel shows /user/uid 1000");
  }

  @Test
  void aUserNameIsResolvedByTheKernel() {
    start("named", "--user=app");
    engine.docker("create", "--name", "never", "--user=app", engine.image(), "sleep", "1");
    Audited audited = audit();
    assertThat(audited.verdict("container-root-user", "named"))
        .isEqualTo("pass [enforced] confirmed");
    assertThat(audited.finding("container-root-user", "never").path("verdict").asText())
        .isEqualTo("unknown");
  }

  @Test
  void aSeccompProfileThatAllowsEverythingIsNone() {
    Path profile =
        engine.file("allow.json", "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": []}");
    start("open", "--security-opt=seccomp=" + profile);
    assertThat(audit().finding("container-seccomp-unconfined", "open").path("verdict").asText())
        .isEqualTo("fail");
  }

  @Test
  void aVolumeThatIsABindInDisguiseIsSeenThrough() {
    engine.docker(
        "volume", "create", "-o", "type=none", "-o", "o=bind", "-o", "device=/etc", "innocent");
    try {
      engine.docker(
          "create", "--name", "disguise", "-v", "innocent:/data", engine.image(), "sleep", "1");
      JsonNode finding = audit().finding("container-sensitive-mount", "disguise");
      assertThat(finding.path("verdict").asText()).isEqualTo("fail");
      assertThat(finding.path("evidence").get(0).path("actual").asText()).isEqualTo("/etc");
    } finally {
      engine.removeContainers();
      engine.docker("volume", "rm", "innocent");
    }
  }

  @Test
  void aFingerprintSurvivesMakingTheContainerAnew() {
    start("again", "--network=host");
    String before = audit().finding("container-host-network", "again").path("fingerprint").asText();
    engine.docker("rm", "-f", "again");
    start("other");
    start("again", "--network=host", "--pids-limit=10");
    String after = audit().finding("container-host-network", "again").path("fingerprint").asText();
    assertThat(after).isEqualTo(before);
  }

  private static Path cgroup(String container) throws IOException {
    String pid = engine.docker("inspect", "-f", "{{.State.Pid}}", container);
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts[1].equals("pids")) {
        return Path.of("/sys/fs/cgroup/pids" + parts[2]);
      }
      if (parts[1].isEmpty() && !Files.exists(Path.of("/sys/fs/cgroup/pids"))) {
        return Path.of("/sys/fs/cgroup" + parts[2]);
      }
    }
    throw new AssertionError("no pids cgroup of " + container);
  }

  private static void awaitUser(String container, String uid) {
    String status =
        "/proc/" + engine.docker("inspect", "-f", "{{.State.Pid}}", container) + "/status";
    for (int i = 0; i < 1000; i++) {
      try {
        if (Files.readString(Path.of(status)).contains("\nUid:\t" + uid)) {
          return;
        }
        Thread.sleep(10);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("the program never became user " + uid);
  }
}
