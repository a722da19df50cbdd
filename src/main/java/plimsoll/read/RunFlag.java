package plimsoll.read;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The flags of {@code docker run} and {@code docker create}, hidden aliases included (client 20.10
 * to 29).
 */
public enum RunFlag {
  ADD_HOST("add-host", Kind.LIST),
  ANNOTATION("annotation", Kind.LIST),
  ATTACH("attach", 'a', Kind.LIST),
  BLKIO_WEIGHT("blkio-weight", Kind.VALUE),
  BLKIO_WEIGHT_DEVICE("blkio-weight-device", Kind.LIST),
  CAP_ADD("cap-add", Kind.LIST),
  CAP_DROP("cap-drop", Kind.LIST),
  CGROUP_PARENT("cgroup-parent", Kind.VALUE),
  CGROUPNS("cgroupns", Kind.VALUE),
  CIDFILE("cidfile", Kind.VALUE),
  CPU_COUNT("cpu-count", Kind.VALUE),
  CPU_PERCENT("cpu-percent", Kind.VALUE),
  CPU_PERIOD("cpu-period", Kind.VALUE),
  CPU_QUOTA("cpu-quota", Kind.VALUE),
  CPU_RT_PERIOD("cpu-rt-period", Kind.VALUE),
  CPU_RT_RUNTIME("cpu-rt-runtime", Kind.VALUE),
  CPU_SHARES("cpu-shares", 'c', Kind.VALUE),
  CPUS("cpus", Kind.VALUE),
  CPUSET_CPUS("cpuset-cpus", Kind.VALUE),
  CPUSET_MEMS("cpuset-mems", Kind.VALUE),
  DETACH("detach", 'd', Kind.SWITCH),
  DETACH_KEYS("detach-keys", Kind.VALUE),
  DEVICE("device", Kind.LIST),
  DEVICE_CGROUP_RULE("device-cgroup-rule", Kind.LIST),
  DEVICE_READ_BPS("device-read-bps", Kind.LIST),
  DEVICE_READ_IOPS("device-read-iops", Kind.LIST),
  DEVICE_WRITE_BPS("device-write-bps", Kind.LIST),
  DEVICE_WRITE_IOPS("device-write-iops", Kind.LIST),
  DISABLE_CONTENT_TRUST("disable-content-trust", Kind.SWITCH),
  DNS("dns", Kind.LIST),
  DNS_OPT("dns-opt", Kind.LIST),
  DNS_OPTION("dns-option", Kind.LIST),
  DNS_SEARCH("dns-search", Kind.LIST),
  DOMAINNAME("domainname", Kind.VALUE),
  ENTRYPOINT("entrypoint", Kind.VALUE),
  ENV("env", 'e', Kind.LIST),
  ENV_FILE("env-file", Kind.LIST),
  EXPOSE("expose", Kind.LIST),
  GPUS("gpus", Kind.VALUE),
  GROUP_ADD("group-add", Kind.LIST),
  HEALTH_CMD("health-cmd", Kind.VALUE),
  HEALTH_INTERVAL("health-interval", Kind.VALUE),
  HEALTH_RETRIES("health-retries", Kind.VALUE),
  HEALTH_START_INTERVAL("health-start-interval", Kind.VALUE),
  HEALTH_START_PERIOD("health-start-period", Kind.VALUE),
  HEALTH_TIMEOUT("health-timeout", Kind.VALUE),
  HELP("help", Kind.SWITCH),
  HOSTNAME("hostname", 'h', Kind.VALUE),
  INIT("init", Kind.SWITCH),
  INTERACTIVE("interactive", 'i', Kind.SWITCH),
  IO_MAXBANDWIDTH("io-maxbandwidth", Kind.VALUE),
  IO_MAXIOPS("io-maxiops", Kind.VALUE),
  IP("ip", Kind.VALUE),
  IP6("ip6", Kind.VALUE),
  IPC("ipc", Kind.VALUE),
  ISOLATION("isolation", Kind.VALUE),
  KERNEL_MEMORY("kernel-memory", Kind.VALUE),
  LABEL("label", 'l', Kind.LIST),
  LABEL_FILE("label-file", Kind.LIST),
  LINK("link", Kind.LIST),
  LINK_LOCAL_IP("link-local-ip", Kind.LIST),
  LOG_DRIVER("log-driver", Kind.VALUE),
  LOG_OPT("log-opt", Kind.LIST),
  MAC_ADDRESS("mac-address", Kind.VALUE),
  MEMORY("memory", 'm', Kind.VALUE),
  MEMORY_RESERVATION("memory-reservation", Kind.VALUE),
  MEMORY_SWAP("memory-swap", Kind.VALUE),
  MEMORY_SWAPPINESS("memory-swappiness", Kind.VALUE),
  MOUNT("mount", Kind.LIST),
  NAME("name", Kind.VALUE),
  NET("net", Kind.LIST),
  NET_ALIAS("net-alias", Kind.LIST),
  NETWORK("network", Kind.LIST),
  NETWORK_ALIAS("network-alias", Kind.LIST),
  NO_HEALTHCHECK("no-healthcheck", Kind.SWITCH),
  OOM_KILL_DISABLE("oom-kill-disable", Kind.SWITCH),
  OOM_SCORE_ADJ("oom-score-adj", Kind.VALUE),
  PID("pid", Kind.VALUE),
  PIDS_LIMIT("pids-limit", Kind.VALUE),
  PLATFORM("platform", Kind.VALUE),
  PRIVILEGED("privileged", Kind.SWITCH),
  PUBLISH("publish", 'p', Kind.LIST),
  PUBLISH_ALL("publish-all", 'P', Kind.SWITCH),
  PULL("pull", Kind.VALUE),
  QUIET("quiet", 'q', Kind.SWITCH),
  READ_ONLY("read-only", Kind.SWITCH),
  RESTART("restart", Kind.VALUE),
  RM("rm", Kind.SWITCH),
  RUNTIME("runtime", Kind.VALUE),
  SECURITY_OPT("security-opt", Kind.LIST),
  SHM_SIZE("shm-size", Kind.VALUE),
  SIG_PROXY("sig-proxy", Kind.SWITCH),
  STOP_SIGNAL("stop-signal", Kind.VALUE),
  STOP_TIMEOUT("stop-timeout", Kind.VALUE),
  STORAGE_OPT("storage-opt", Kind.LIST),
  SYSCTL("sysctl", Kind.LIST),
  TMPFS("tmpfs", Kind.LIST),
  TTY("tty", 't', Kind.SWITCH),
  ULIMIT("ulimit", Kind.LIST),
  USE_API_SOCKET("use-api-socket", Kind.SWITCH),
  USER("user", 'u', Kind.VALUE),
  USERNS("userns", Kind.VALUE),
  UTS("uts", Kind.VALUE),
  VOLUME("volume", 'v', Kind.LIST),
  VOLUME_DRIVER("volume-driver", Kind.VALUE),
  VOLUMES_FROM("volumes-from", Kind.LIST),
  WORKDIR("workdir", 'w', Kind.VALUE);

  /** How a flag takes its value. */
  public enum Kind {
    /** No word of its own: {@code --init}, {@code --init=false}. */
    SWITCH,
    /** One value; of several the last counts. */
    VALUE,
    /** A value that may be given several times. */
    LIST
  }

  private static final Map<String, RunFlag> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(RunFlag::longName, Function.identity()));
  private static final Map<Character, RunFlag> BY_LETTER =
      Arrays.stream(values())
          .filter(flag -> flag.letter != null)
          .collect(Collectors.toMap(RunFlag::shortName, Function.identity()));

  private final String name;
  private final @Nullable Character letter;
  private final Kind kind;

  RunFlag(String name, Kind kind) {
    this(name, null, kind);
  }

  RunFlag(String name, @Nullable Character letter, Kind kind) {
    this.name = name;
    this.letter = letter;
    this.kind = kind;
  }

  /** The flag of a long name, without the hyphens. */
  public static Optional<RunFlag> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The flag of a letter. */
  public static Optional<RunFlag> lettered(char letter) {
    return Optional.ofNullable(BY_LETTER.get(letter));
  }

  /** The long name without hyphens. */
  public String longName() {
    return name;
  }

  private Character shortName() {
    return letter == null ? ' ' : letter;
  }

  /** How it takes its value. */
  public Kind kind() {
    return kind;
  }

  /**
   * What to know about a flag that not every client or engine takes: those that do not, refuse it
   * or let it have no effect.
   */
  Optional<String> note() {
    return Optional.ofNullable(
        switch (this) {
          case ANNOTATION -> "engines before API 1.43 ignore it";
          case HEALTH_START_INTERVAL -> "engines before API 1.44 ignore it";
          case USE_API_SOCKET -> "clients before 28.2 refuse it";
          case KERNEL_MEMORY -> "clients from 29.0 on refuse it, and runtimes ignore it";
          case DISABLE_CONTENT_TRUST -> "it has no effect from client 29.0 on";
          case CPU_COUNT, CPU_PERCENT, IO_MAXBANDWIDTH, IO_MAXIOPS, ISOLATION ->
              "it has an effect on Windows only";
          default -> null;
        });
  }

  /** The Engine API version that a flag needs, where not every engine from 20.10 on has it. */
  public @Nullable String since() {
    return switch (this) {
      case ANNOTATION -> "1.43";
      case HEALTH_START_INTERVAL -> "1.44";
      default -> null;
    };
  }

  /** The flag that a hidden alias stands for, or the flag itself. */
  public RunFlag canonical() {
    return switch (this) {
      case NET -> NETWORK;
      case NET_ALIAS -> NETWORK_ALIAS;
      case DNS_OPT -> DNS_OPTION;
      default -> this;
    };
  }

  @Override
  public String toString() {
    return "--" + name;
  }
}
