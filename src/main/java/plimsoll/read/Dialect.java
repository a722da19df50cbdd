package plimsoll.read;

import java.util.List;
import java.util.Optional;
import plimsoll.read.RunFlag.Kind;

/** Whose {@code run} a line is: the same grammar, with flags and values of each one's own. */
public enum Dialect {
  /** Docker's client, up to 29. */
  DOCKER("docker", "", ""),

  /** Podman, up to 5 (podman-run(1)). */
  PODMAN(
      "podman",
      "env-host http-proxy no-hostname no-hosts passwd read-only-tmpfs replace rmi "
          + "rootfs tls-verify unsetenv-all",
      "arch authfile cert-dir cgroup-conf cgroups chrootdirs conmon-pidfile creds "
          + "decryption-key env-merge gidmap group-entry health-log-destination "
          + "health-max-log-count health-max-log-size health-on-failure health-startup-cmd "
          + "health-startup-interval health-startup-retries health-startup-success "
          + "health-startup-timeout hosts-file hostuser image-volume init-ctr init-path os "
          + "passwd-entry personality pidfile pod pod-id-file preserve-fd preserve-fds "
          + "rdt-class requires retry retry-delay sdnotify seccomp-policy secret "
          + "shm-size-systemd signature-policy subgidname subuidname systemd timeout tz "
          + "uidmap umask unsetenv variant"),

  /** nerdctl, up to 2 (its command reference). */
  NERDCTL(
      "nerdctl",
      "debug debug-full experimental insecure-registry rootfs",
      "address cgroup-conf cgroup-manager cni-netconfpath cni-path "
          + "cosign-certificate-identity cosign-certificate-identity-regexp "
          + "cosign-certificate-oidc-issuer cosign-certificate-oidc-issuer-regexp cosign-key "
          + "data-root host-gateway-ip hosts-dir init-binary ipfs-address namespace pidfile "
          + "rdt-class snapshotter systemd umask verify"),

  /** {@code plimsoll secure-run}: docker's flags, and these. */
  SECURE_RUN(
      "secure-run",
      "dry-run explain require-verify",
      "allow cert-path config context host profile report rules");

  private final String program;
  private final String switches;
  private final String values;

  Dialect(String program, String switches, String values) {
    this.program = program;
    this.switches = switches;
    this.values = values;
  }

  /** How a flag of this program's own takes its value; empty for one it does not have. */
  Optional<Kind> ownFlag(String name) {
    return List.of(switches.split(" ")).contains(name)
        ? Optional.of(Kind.SWITCH)
        : List.of(values.split(" ")).contains(name) ? Optional.of(Kind.VALUE) : Optional.empty();
  }

  /** The dialect of a program, by its file name. */
  public static Optional<Dialect> ofProgram(String name) {
    for (Dialect dialect : values()) {
      if (dialect.program.equals(name)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return program;
  }
}
