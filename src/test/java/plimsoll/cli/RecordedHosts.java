package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plimsoll.derive.Derivation;
import plimsoll.engine.Evaluator;
import plimsoll.engine.Scope;
import plimsoll.finding.Conformance;
import plimsoll.finding.Report;
import plimsoll.model.Snapshot;
import plimsoll.rule.Benchmark.Edition;
import plimsoll.rule.RuleSet;
import plimsoll.testing.Project;
import plimsoll.wire.SnapshotJson;

/**
 * What is to be found on the hosts that {@code samples/hosts/record} sets up, worked out by hand
 * from that script.
 */
final class RecordedHosts {
  private RecordedHosts() {}

  /**
   * Compares what each control comes to with {@code samples/hosts/expected.tsv}.
   *
   * @param host {@code careless} or {@code hardened}
   */
  static void assertControls(String host, Path snapshot) throws Exception {
    Snapshot taken;
    try (InputStream in = Files.newInputStream(snapshot)) {
      taken = SnapshotJson.read(in);
    }
    Report report =
        Evaluator.evaluate(RuleSet.builtIn(), Derivation.derive(taken), Scope.ALL, taken.tool());
    Map<String, String> found = new TreeMap<>();
    Conformance.of(Edition.named("cis-docker-1.8", Edition.EVERY_LEVEL), report).sections().stream()
        .flatMap(section -> section.rows().stream())
        .filter(row -> row.number().matches("[1235]\\..*"))
        .forEach(row -> found.put(row.number(), row.status()));
    Map<String, String> expected = new TreeMap<>();
    List<String> lines = Files.readAllLines(Project.root().resolve("samples/hosts/expected.tsv"));
    int column = List.of(lines.get(1).split("\t")).indexOf(host);
    for (String line : lines.subList(2, lines.size())) {
      String[] fields = line.split("\t");
      expected.put(fields[0], fields[column]);
    }
    assertThat(expected).hasSize(95);
    assertThat(found).isEqualTo(expected);
  }

  static void assertCareless(Audited audited) {
    Map<String, List<String>> expected = new TreeMap<>();
    List<String> plain =
        List.of(
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
    expected.put("shop", plus(plain, "port-on-all-interfaces", "secret-env"));
    expected.put("migration", plus(plain));
    List<String> sidecar = plus(plain, "host-network", "shared-namespace");
    sidecar.remove("default-bridge");
    expected.put("sidecar", sidecar);
    expected.put(
        "ci-runner", plus(plain, "engine-socket", "engine-socket-reachable", "sensitive-mount"));
    expected.put("backup", plus(plain, "dangerous-capability", "sensitive-mount"));
    expected.put(
        "debug", plus(plain, "apparmor-unconfined", "dangerous-capability", "seccomp-unconfined"));
    List<String> agent =
        plus(
            plain,
            "engine-socket",
            "engine-socket-reachable",
            "host-network",
            "host-pid",
            "privileged",
            "sensitive-mount");
    agent.removeAll(List.of("capabilities-not-dropped", "default-bridge"));
    expected.put("agent", agent);
    List<String> cache = plus(plain, "drift");
    cache.removeAll(List.of("no-memory-limit", "root-user"));
    expected.put("cache", cache);
    expected.forEach((container, rules) -> {
      if (!container.equals("migration")) {
        // The image was made anew after all others were started.
        rules.add("image-outdated");
        // Docker 20.10 hides less than newer engines do, which only a process shows.
        rules.add("leaking-paths");
      }
    });
    expected.forEach((container, rules) ->
        assertThat(audited.failed(container))
            .as(container)
            .containsExactlyInAnyOrderElementsOf(rules));
    // Its limit was lifted in the cgroup: only the kernel shows it.
    assertThat(audited.verdict("container-no-pids-limit", "cache"))
        .isEqualTo("fail written [enforced] confirmed");
    assertThat(audited.finding("container-no-pids-limit", "shop").path("reason").asText())
        .contains("not credited", "docker-");
    assertThat(audited.verdict("container-privileged", "agent"))
        .isEqualTo("fail written [requested]");
    for (String rule : List.of("tcp-without-tls", "insecure-registry", "log-level")) {
      assertThat(audited.verdict("daemon-" + rule)).isEqualTo("fail written [requested]");
    }
    for (String rule : List.of("icc", "live-restore", "userland-proxy", "userns-remap")) {
      assertThat(audited.verdict("daemon-" + rule)).isEqualTo("fail omitted [requested]");
    }
    assertThat(audited.failedOfHost())
        .containsExactlyInAnyOrder(
            "config-file-mode",
            "config-file-unaudited",
            "config-folder-unaudited",
            "containerd-config-unaudited",
            "containerd-folder-unaudited",
            "containerd-program-unaudited",
            "containerd-socket-mode",
            "containerd-socket-unaudited",
            "data-root-not-separate",
            "data-root-unaudited",
            "default-file-mode",
            "default-file-unaudited",
            "engine-group-members",
            "engine-program-unaudited",
            "engine-socket-mode",
            "engine-socket-unaudited",
            "registry-certificate-mode",
            "registry-certificate-owner",
            "registry-key-mode",
            "kernel-lockdown",
            "kernel-pointers",
            "known-vulnerability",
            "ptrace",
            "runtime-program-unaudited",
            "service-unit-mode",
            "service-unit-owner",
            "service-unit-unaudited",
            "shim-program-unaudited",
            "shim-runc-v1-program-unaudited",
            "shim-runc-v2-program-unaudited",
            "socket-unit-unaudited",
            "unprivileged-userns");
    assertThat(audited.verdict("host-no-lsm")).isEqualTo("pass [requested]");
    assertThat(audited.verdict("host-cgroup-v1")).isEqualTo("pass [requested]");
  }

  static void assertHardened(Audited audited) {
    // What remains is for information.
    assertThat(audited.failed("shop"))
        .containsExactly("image-not-pinned", "leaking-paths", "no-io-limit");
    assertThat(audited.failed("cache"))
        .containsExactly("image-not-pinned", "leaking-paths", "no-io-limit");
    assertThat(audited.failedOfHost()).containsExactly("kernel-lockdown", "known-vulnerability");
    // Debian 12 has not mended all that its Docker is known for.
    assertThat(audited.report().path("summary").path("unknown").asInt()).isZero();
    assertThat(audited.report().path("summary").path("score").asDouble()).isLessThan(5);
    assertThat(audited.verdict("container-root-user", "shop"))
        .isEqualTo("pass [requested, enforced] confirmed");
    assertThat(audited.verdict("container-no-new-privileges", "migration"))
        .isEqualTo("pass [requested]");
  }

  private static List<String> plus(List<String> rules, String... more) {
    List<String> all = new java.util.ArrayList<>(rules);
    all.addAll(List.of(more));
    return all;
  }
}
