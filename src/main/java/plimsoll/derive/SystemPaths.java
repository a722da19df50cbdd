package plimsoll.derive;

import java.util.List;
import java.util.Set;

/**
 * Places of a Linux host that a container has no business in, and the few inside them that are
 * harmless.
 */
final class SystemPaths {
  private SystemPaths() {}

  /** Sensitive with all that is below them. */
  static final List<String> TREES =
      List.of(
          "/boot",
          "/dev",
          "/etc",
          "/lib",
          "/lib32",
          "/lib64",
          "/proc",
          "/root",
          "/run/containerd",
          "/run/crio",
          "/run/docker",
          "/run/podman",
          "/run/runc",
          "/run/systemd",
          "/run/dbus",
          "/sbin",
          "/bin",
          "/sys",
          "/usr",
          "/var/lib/containerd",
          "/var/lib/containers",
          "/var/lib/docker",
          "/var/lib/kubelet",
          "/var/log",
          "/var/spool/cron");

  /**
   * Sensitive themselves, though most of what is below them is not, beside what a tree or the
   * engine's data lies in.
   */
  static final Set<String> PARENTS = Set.of("/home", "/opt");

  /** Harmless if mounted read-only: what programs need to know the time, names and certificates. */
  static final Set<String> HARMLESS_READ_ONLY =
      Set.of(
          "/etc/localtime",
          "/etc/timezone",
          "/etc/hostname",
          "/etc/hosts",
          "/etc/resolv.conf",
          "/run/systemd/resolve/resolv.conf",
          "/run/systemd/resolve/stub-resolv.conf",
          "/etc/machine-id",
          "/etc/os-release",
          "/etc/ssl/certs",
          "/etc/ca-certificates",
          "/etc/pki/ca-trust",
          "/usr/lib/os-release",
          "/usr/local/share/ca-certificates",
          "/usr/share/ca-certificates",
          "/usr/share/zoneinfo");

  /** Devices that every container has anyway. */
  static final Set<String> HARMLESS_DEVICES =
      Set.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty");

  /**
   * Names an engine's socket has wherever it lies, such as a rootless engine's below {@code
   * /run/user}.
   */
  static final Set<String> ENGINE_SOCKET_NAMES =
      Set.of("docker.sock", "containerd.sock", "podman.sock", "crio.sock", "buildkitd.sock");

  /** Whether {@code path} is {@code place} or something below it. */
  static boolean within(String path, String place) {
    return place.equals("/") || path.equals(place) || path.startsWith(place + "/");
  }
}
