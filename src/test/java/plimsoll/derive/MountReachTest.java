package plimsoll.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Host;
import plimsoll.model.Identity;
import plimsoll.model.Mount;
import plimsoll.model.Snapshot;
import plimsoll.model.View;

/** What of the host a mount hands over. */
class MountReachTest {

  private static Mount reach(String source, boolean readOnly) {
    Host host =
        new Host(
            "h",
            null,
            null,
            new TreeSet<>(),
            new Host.Cgroups(2, null, List.of()),
            null,
            null,
            new TreeSet<>(),
            new TreeSet<>(List.of("/run/docker.sock", "/run/containerd/containerd.sock")),
            null,
            null,
            null,
            null,
            Map.of("/var/run", "/run", "/srv/link", "/etc", "/lib", "/usr/lib"),
            null,
            null,
            List.of(),
            List.of(),
            List.of());
    Mount mount =
        new Mount(
            "bind",
            source,
            "/x",
            null,
            readOnly,
            null,
            java.util.Collections.emptySortedSet(),
            List.of(),
            List.of());
    Confinement facts = Confinement.EMPTY.withMounts(List.of(mount));
    Container container =
        new Container(
            new Identity("i", "n", "created", null, null, null, null),
            new View<>(facts, Map.of(), List.of()),
            null);
    Snapshot snapshot =
        new Snapshot(
            Snapshot.SCHEMA,
            Instant.EPOCH,
            new Snapshot.Tool("t", "1"),
            new View<>(host, Map.of(), List.of()),
            null,
            List.of(container),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return Derivation.derive(snapshot).containers().get(0).requested().facts().mounts().get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/var/run/docker.sock",
        "/run/docker.sock",
        "//run/./docker.sock",
        "/var/../run/docker.sock",
        "/var/run",
        "/run",
        "/",
        "/run/containerd",
        "/run/containerd/containerd.sock",
        "/run/podman/podman.sock",
        "/run/user/1000/docker.sock",
        "/home/me/.docker/run/docker.sock"
      })
  void socketsAreReachedHoweverTheyAreMounted(String source) {
    assertThat(reach(source, true).engineSockets()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc",
        "/etc/shadow",
        "/etc/ssh",
        "/boot",
        "/proc",
        "/sys/fs/cgroup",
        "/usr/bin",
        "/root/.ssh",
        "/home",
        "/var",
        "/var/lib/docker/volumes",
        "/dev/mem",
        "/srv/link",
        "/srv/link/shadow",
        "/lib/modules",
        "/var/log"
      })
  void theSystemsPlacesAreReachedEvenReadOnly(String source) {
    assertThat(reach(source, true).systemPaths()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/app, false",
    "/home/me/project, false",
    "/data, false",
    "/etcetera, false",
    "/var/lib/app, false",
    "/etc/localtime, true",
    "/etc/ssl/certs, true",
    "/usr/share/zoneinfo/UTC, true",
    "/dev/null, false"
  })
  void theApplicationsOwnPlacesAreNot(String source, boolean readOnly) {
    Mount mount = reach(source, readOnly);
    assertThat(mount.systemPaths()).isEmpty();
    assertThat(mount.engineSockets()).isEmpty();
  }

  @Test
  void whatIsHarmlessToReadIsNotHarmlessToWrite() {
    assertThat(reach("/etc/localtime", false).systemPaths()).containsExactly("/etc/localtime");
  }

  @Test
  void aDirectoryReachesTheSocketsThatAreThere() {
    assertThat(reach("/run", false).engineSockets())
        .containsExactly("/run/containerd/containerd.sock", "/run/docker.sock");
    assertThat(reach("/run/crio/crio.sock", false).engineSockets())
        .containsExactly("/run/crio/crio.sock");
  }

  @Test
  void aSocketAloneIsOneFindingAndNotTwo() {
    assertThat(reach("/run/docker/containerd/containerd.sock", false).systemPaths()).isEmpty();
  }
}
