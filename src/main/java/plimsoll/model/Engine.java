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
 * @param unsupported limits that it says this host cannot enforce: {@code memory}, {@code swap},
 *     {@code cpus}, {@code cpu-shares}, {@code cpuset-cpus}, {@code pids-limit}
 * @param contents how much it holds; null where it did not say
 * @param swarm the swarm that the engine is a node of; null where it is in none
 */
public record Engine(
    String endpoint,
    boolean local,
    Version version,
    @Nullable Daemon daemon,
    SortedSet<String> securityOptions,
    Platform platform,
    Settings settings,
    SortedSet<String> sockets,
    List<String> unsupported,
    @Nullable Contents contents,
    @Nullable Swarm swarm) {

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
    unsupported = Lists.copy(unsupported);
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
   * @param product {@code docker}, or {@code podman} where that answers in Docker's place; null
   *     where it did not say
   * @param engine the engine's version
   * @param api the newest API version it speaks
   * @param containerd containerd's version, as the engine sees it
   * @param runc the default runtime's version
   * @param built when the engine was built, as it says: later than its version where a distribution
   *     mends it
   * @param experimental whether features are switched on that are not held to be finished
   */
  public record Version(
      @Nullable String product,
      @Nullable String engine,
      @Nullable String api,
      @Nullable String containerd,
      @Nullable String runc,
      @Nullable String built,
      @Nullable Boolean experimental) {}

  /**
   * The daemon's process.
   *
   * @param pid its id in the audited host's PID namespace
   * @param executable the file it runs
   * @param configFile the configuration file it reads, whether or not it exists
   * @param replaced whether that file has been replaced or deleted since it was started; null where
   *     that is not known
   */
  public record Daemon(
      long pid,
      @Nullable String executable,
      @Nullable String configFile,
      @Nullable Boolean replaced) {}

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
   * @param rootless whether the engine itself runs without root
   * @param iptables whether it makes the packet filter's rules that networks and ports need
   * @param storageOptions options of the storage driver
   * @param defaultUlimits the names of process limits that containers get unless they say otherwise
   * @param cgroupParent the cgroup below which containers are placed unless they say otherwise;
   *     null for the engine's own choice
   * @param authorizationPlugins plugins that are asked whether a call is allowed
   * @param seccompProfile the system call filter of containers that name none: {@code default},
   *     {@code unconfined}, the path of one; null where the engine knows of none
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
      List<String> unprotectedHosts,
      @Nullable Boolean rootless,
      @Nullable Boolean iptables,
      List<String> storageOptions,
      List<String> defaultUlimits,
      @Nullable String cgroupParent,
      List<String> authorizationPlugins,
      @Nullable String seccompProfile) {
    /** Copies the lists. */
    public Settings {
      insecureRegistries = Lists.copy(insecureRegistries);
      hosts = Lists.copy(hosts);
      unprotectedHosts = Lists.copy(unprotectedHosts);
      storageOptions = Lists.copy(storageOptions);
      defaultUlimits = Lists.copy(defaultUlimits);
      authorizationPlugins = Lists.copy(authorizationPlugins);
    }
  }

  /**
   * How much the engine holds.
   *
   * @param containers how many containers there are
   * @param stopped how many of them do not run and are not paused
   * @param images how many images there are, layers between not counted
   */
  public record Contents(int containers, int stopped, int images) {}

  /**
   * The swarm, as far as this node knows it: most of it only a manager does.
   *
   * @param manager whether the node is one
   * @param managers how many there are
   * @param nodes how many nodes there are
   * @param listenAddress where it takes orders of the swarm, {@code ADDRESS:PORT}
   * @param advertisedAddress where others are told to find it
   * @param dataAddress where it takes the containers' traffic; null for the advertised one
   * @param autoLock whether a manager that restarts needs a key before it reads the swarm's secrets
   * @param certificateDays how long a node's certificate is valid
   * @param authorityDays how old the swarm's certificate authority is
   * @param secretsInEnvironment services that get a secret as a variable: {@code SERVICE NAME}
   */
  public record Swarm(
      boolean manager,
      @Nullable Integer managers,
      @Nullable Integer nodes,
      @Nullable String listenAddress,
      @Nullable String advertisedAddress,
      @Nullable String dataAddress,
      @Nullable Boolean autoLock,
      @Nullable Integer certificateDays,
      @Nullable Integer authorityDays,
      List<String> secretsInEnvironment) {
    /** Copies the list. */
    public Swarm {
      secretsInEnvironment = Lists.copy(secretsInEnvironment);
    }
  }
}
