package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.collect.FakeEngine;
import plimsoll.collect.FakeHost;

/** Controls that other auditors get wrong, on hosts and engines that are not at hand. */
class CisTrapsOfHostsTest {
  private static final String ROOT = "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n";
  private static final String CGROUPS = "30 20 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";

  @TempDir Path root;
  private FakeHost host;
  private FakeEngine engine;

  @BeforeEach
  void start() throws IOException {
    host = new FakeHost(root);
    engine = new FakeEngine().healthy();
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
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

  private String verdict(String rule) {
    return audit().finding(rule).path("verdict").asText();
  }

  private String dataRoot(String mounts) throws IOException {
    host.file("/proc/self/mountinfo", ROOT + CGROUPS + mounts);
    host.file("/var/lib/docker/x", "");
    engine.json("/info", "{\"DockerRootDir\": \"/var/lib/docker\"}");
    return verdict("host-data-root-not-separate");
  }

  @Test
  void control111AMountPointIsNotYetAFileSystemOfItsOwn() throws IOException {
    assertThat(dataRoot("")).isEqualTo("fail");
    // A daemon mounts its folder onto itself where the root's mounts are not shared.
    assertThat(dataRoot("40 20 8:1 /var/lib/docker /var/lib/docker rw - ext4 /dev/sda1 rw\n"))
        .isEqualTo("fail");
    // Only /var is a file system of its own: that is what is wanted.
    assertThat(dataRoot("40 20 8:2 / /var rw - ext4 /dev/sda2 rw\n")).isEqualTo("pass");
    assertThat(dataRoot("40 20 8:2 / /var/lib/docker rw - ext4 /dev/sda2 rw\n")).isEqualTo("pass");
  }

  @Test
  void control21And210AnEngineWithoutRootIsWhatItIs() {
    engine.json(
        "/info", "{\"SecurityOptions\": [\"name=seccomp,profile=builtin\", \"name=rootless\"]}");
    Audited audited = audit();
    assertThat(audited.verdict("daemon-root")).startsWith("pass");
    assertThat(audited.verdict("daemon-userns-remap")).startsWith("pass");
    // 2.18: newer engines call their own filter so.
    assertThat(audited.verdict("daemon-seccomp-profile")).startsWith("pass");
    engine.json("/info", "{\"SecurityOptions\": [\"name=seccomp,profile=default\"]}");
    audited = audit();
    assertThat(audited.verdict("daemon-root")).startsWith("fail");
    assertThat(audited.verdict("daemon-userns-remap")).startsWith("fail");
    assertThat(audited.verdict("daemon-seccomp-profile")).startsWith("pass");
  }

  @Test
  void control122PodmanIsNoOldDocker() {
    String podman =
        "{\"Version\": \"4.3.1\", \"ApiVersion\": \"1.41\", \"Components\": [{\"Name\": \"Podman"
            + " Engine\", \"Version\": \"4.3.1\"}]}";
    assertThat(verdict("daemon-version")).isEqualTo("fail");
    assertThat(audit().finding("host-known-vulnerability").path("message").asText())
        .contains("in docker");
    engine.json("/version", podman);
    assertThat(verdict("daemon-version")).isEqualTo("not-applicable");
    assertThat(verdict("host-known-vulnerability")).isEqualTo("pass");
  }

  @Test
  void control25RegistriesAreThoseInForce() {
    engine.json(
        "/info",
        "{\"RegistryConfig\": {\"InsecureRegistryCIDRs\": [\"127.0.0.0/8\", \"::1/128\"],"
            + " \"IndexConfigs\": {\"registry.example:5000\": {\"Secure\": false},"
            + " \"other.example\": {\"Secure\": true}}}}");
    assertThat(audit().finding("daemon-insecure-registry").path("message").asText())
        .contains("registry.example:5000")
        .doesNotContain("other.example", "127.0.0.0");
  }

  @Test
  void control46AnImageThatNothingIsMadeOfNeedsNoHealthCheck() {
    engine
        .json("/images/json", "[{\"Id\": \"i0\"}, {\"Id\": \"i1\"}]")
        .json("/images/i0/json", "{\"Id\": \"i0\", \"RepoTags\": [\"used:1\"]}")
        .json("/images/i0/history", "[]")
        .json("/images/i1/json", "{\"Id\": \"i1\", \"RepoTags\": [\"idle:1\"]}")
        .json("/images/i1/history", "[]")
        .json("/containers/json?all=1", "[{\"Id\": \"c0\"}]")
        .json(
            "/containers/c0/json",
            "{\"Id\": \"c0\", \"Name\": \"/c\", \"Image\": \"i0\","
                + " \"State\": {\"Status\": \"exited\"}}");
    Audited audited = audit();
    assertThat(audited.verdict("image-no-health-check", "used:1")).startsWith("fail");
    assertThat(audited.verdict("image-no-health-check", "idle:1")).startsWith("not-applicable");
    assertThat(audited.verdict("image-unused", "idle:1")).startsWith("fail");
    assertThat(audited.verdict("image-unused", "used:1")).startsWith("pass");
  }
}
