package plimsoll.model;

import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A container engine.
 *
 * @param endpoint where it was asked: {@code unix:///run/docker.sock}, {@code tcp://…}
 * @param local whether its containers are processes of the host that was audited
 * @param daemon the process that serves the endpoint; null where it was not found
 * @param securityOptions what {@code docker info} lists: {@code name=seccomp,profile=default}, …
 * @param sockets host paths of Unix sockets on which an engine or runtime listens
 */
public record Engine(
    String endpoint,
    boolean local,
    Version version,
    @Nullable Daemon daemon,
    SortedSet<String> securityOptions,
    Platform platform,
    Settings settings,
    SortedSet<String> sockets) {

  /** Where engines and runtimes listen unless told otherwise, symbolic links resolved. */
  public static final List<String> USUAL_SOCKETS =
      List.of(
          "/run/docker.sock",
          "/run/containerd/containerd.sock",
          "/run/docker/containerd/containerd.sock",
          "/run/podman/podman.sock",
          "/run/crio/crio.sock",
          "/run/cri-dockerd.sock",
          "/run/buildkit/buildkitd.sock");

  /** Copies the collections. */
  public Engine {
    securityOptions = Lists.sorted(securityOptions);
    sockets = Lists.sorted(sockets);
  }

  /**
   * Whether {@code docker info} lists an option of this name: {@code userns}, {@code rootless},
   * {@code seccomp}.
   */
  public boolean hasSecurityOption(String name) {
    return securityOptions.stream()
        .anyMatch(
            option -> option.equals("name=" + name) || option.startsWith("name=" + name + ","));
  }

  /**
   * What the engine calls itself.
   *
   * @param engine the engine's version
   * @param api the newest API version it speaks
   */
  public record Version(@Nullable String engine, @Nullable String api) {}

  /**
   * The daemon's process.
   *
   * @param pid its id in the audited host's PID namespace
   * @param executable the file it runs
   * @param configFile the configuration file it reads, whether or not it exists
   */
  public record Daemon(long pid, @Nullable String executable, @Nullable String configFile) {}

  /**
   * What the engine runs containers with.
   *
   * @param cgroupDriver {@code cgroupfs} or {@code systemd}
   * @param cgroupVersion 1 or 2
   * @param loggingDriver the logging driver of containers that name none
   * @param swarm the node's state, {@code inactive} where it is in no swarm
   */
  public record Platform(
      @Nullable String cgroupDriver,
      @Nullable String storageDriver,
      @Nullable String rootDirectory,
      @Nullable String defaultRuntime,
      List<String> runtimes,
      @Nullable String cgroupVersion,
      @Nullable String loggingDriver,
      @Nullable String swarm) {
    /** Copies the list. */
    public Platform {
      runtimes = Lists.copy(runtimes);
    }
  }

  /**
   * The daemon's settings as they are in force; where each was set is its origin.
   *
   * @param interContainerCommunication whether containers on the default bridge reach each other
   *     freely
   * @param usernsRemap whether containers get a user namespace of their own, by remapping or
   *     because the engine itself runs rootless
   * @param noNewPrivileges whether containers that say nothing run with no-new-privileges
   * @param init whether containers that say nothing get an init process
   * @param unprotectedHosts TCP addresses it listens on without verifying who calls by TLS
   * @param hosts addresses it listens on
   * @param insecureRegistries registries it talks to without verified TLS, the loopback it always
   *     allows left out
   */
  public record Settings(
      @Nullable Boolean interContainerCommunication,
      @Nullable Boolean liveRestore,
      @Nullable Boolean userlandProxy,
      @Nullable Boolean noNewPrivileges,
      @Nullable Boolean usernsRemap,
      @Nullable String logLevel,
      @Nullable Boolean init,
      List<String> insecureRegistries,
      List<String> hosts,
      List<String> unprotectedHosts) {
    /** Copies the lists. */
    public Settings {
      insecureRegistries = Lists.copy(insecureRegistries);
      hosts = Lists.copy(hosts);
      unprotectedHosts = Lists.copy(unprotectedHosts);
    }
  }
}
