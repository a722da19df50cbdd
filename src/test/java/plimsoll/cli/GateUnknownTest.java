package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code plimsoll gate} on what files leave open until they run. */
class GateUnknownTest extends GateInFolder {

  @Test
  void whatIsKnownOnlyWhenItRunsIsUnknown() throws IOException {
    file("run.sh", "docker run -v \"$SOCKET:/s\" --network \"$NET\" app\n");
    Audited run = gate("-o", "json");
    assertThat(run.exit()).isZero();
    assertThat(run.verdict("container-host-network", "app (" + folder + "/run.sh:1)"))
        .startsWith("unknown");
    assertThat(gate("--fail-on-unknown").exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--pid, container-host-pid",
    "--uts, container-host-uts",
    "--ipc, container-host-ipc",
    "--userns, container-host-userns",
    "--cgroupns, container-host-cgroupns",
    "--network, container-host-network",
    "--security-opt, container-seccomp-unconfined",
    "--security-opt, container-apparmor-unconfined",
    "--security-opt, container-selinux-disabled",
    "--volume, container-engine-socket",
    "--mount, container-sensitive-mount",
    "--device, container-host-device",
    "--device-cgroup-rule, container-device-cgroup-rule",
    "--sysctl, container-sensitive-sysctl",
    "--ulimit, container-unlimited-ulimit",
    "--cap-add, container-dangerous-capability",
    "--user, container-root-user",
    "--memory=1g --memory-swap, container-memory-swap"
  })
  void aFlagOfWhichNothingIsKnownLeavesWhatItDecidesUnknown(String flag, String rule)
      throws IOException {
    file("run.sh", "docker run " + flag + " \"$X\" app\n");
    Audited run = gate("-o", "json", "--show", "all");
    assertThat(run.verdict(rule, "app (" + folder + "/run.sh:1)")).startsWith("unknown");
    assertThat(run.err()).isEmpty();
    assertThat(gate().exit()).isZero();
  }

  @Test
  void whatIsKnownCountsWhateverStandsBesideIt() throws IOException {
    file(
        "run.sh",
        """
        docker run --security-opt "$X" --security-opt no-new-privileges one
        docker run --security-opt "$X" --security-opt seccomp=unconfined two
        docker run -v "$X" -v /var/run/docker.sock:/s three
        """);
    Audited run = gate("-o", "csv");
    assertThat(
            run.out()
                .lines()
                .filter(line -> line.contains(",fail,"))
                .map(line -> line.split(",")[0]))
        .containsExactlyInAnyOrder("container-engine-socket", "container-seccomp-unconfined");
  }

  /** The file that is judged, one that it takes in, and one that is put over it. */
  @Test
  void whatAComposeFileLeavesOpenIsUnknown() throws IOException {
    file(
        "compose.yaml",
        """
        services:
          named: {image: app, user: $WHO, read_only: $RO}
          numbered: {image: app, user: "${WHO}:5"}
          told: {image: app, user: "${WHO:-5}"}
          extended: {extends: {file: base.yaml, service: base}, image: app}
          over: {image: app}
        """);
    file("base.yaml", "services: {base: {image: app, user: $WHO}}\n");
    file("compose.override.yaml", "services: {over: {user: $WHO}}\n");
    Audited run = gate("-o", "json", "--show", "all");
    for (String name : List.of("named", "numbered", "extended", "over")) {
      assertThat(run.verdict("container-root-user", name)).as(name).startsWith("unknown");
    }
    assertThat(run.verdict("container-writable-root", "named")).startsWith("unknown");
    assertThat(run.verdict("container-root-user", "told")).startsWith("pass");
  }

  @Test
  void aVariableThatNamesNoSecretIsNotUnknown() throws IOException {
    file(
        "compose.yaml",
        """
        services:
          plain: {image: app, environment: {DISPLAY: $DISPLAY}}
          secret: {image: app, environment: {API_TOKEN: $API_TOKEN}}
        """);
    Audited run = gate("-o", "json", "--show", "all");
    assertThat(run.verdict("container-secret-env", "plain")).startsWith("pass");
    assertThat(run.verdict("container-secret-env", "secret")).startsWith("unknown");
  }
}
