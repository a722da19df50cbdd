package plimsoll.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a container is confined: facts only, the same shape for what was requested and for what is
 * enforced.
 *
 * <p>A null leaf is unset, which for a limit means there is none. What could not be read is a
 * {@link Gap} of the view, and what a view's witness can never show is listed by {@link Witness}.
 *
 * @param noNewPrivileges whether programs may gain privileges by executing a file (setuid, file
 *     capabilities)
 * @param readOnlyRoot whether the root file system is mounted read-only
 * @param kernelPaths paths under {@code /proc} and {@code /sys} that are open though engines close
 *     them
 * @param runtime the OCI runtime's name
 * @param cgroupParent the cgroup under which the container's own lies; null for the engine's
 *     default
 * @param sysctls settings of the kernel by name, {@code net.ipv4.ip_forward}
 * @param image the image as it was named
 * @param environment environment variables, without their values
 * @param annotations what the OCI runtime is told beside the specification
 * @param volumesFrom containers all of whose mounts are taken over, {@code NAME[:ro]}
 * @param labels what whoever made it says of it, by name: claims, which confine nothing; values
 *     that look secret are masked
 */
public record Confinement(
    @Nullable Boolean privileged,
    User user,
    Capabilities capabilities,
    Seccomp seccomp,
    SecurityLabel label,
    @Nullable Boolean noNewPrivileges,
    Namespaces namespaces,
    List<Mount> mounts,
    @Nullable Boolean readOnlyRoot,
    KernelPaths kernelPaths,
    Devices devices,
    Limits limits,
    Networking networking,
    Lifecycle lifecycle,
    @Nullable String runtime,
    @Nullable String cgroupParent,
    Map<String, String> sysctls,
    @Nullable ImageReference image,
    List<Variable> environment,
    Map<String, String> annotations,
    List<String> volumesFrom,
    Map<String, String> labels) {

  /** Nothing known. */
  public static final Confinement EMPTY =
      new Confinement(
          null,
          User.EMPTY,
          Capabilities.EMPTY,
          Seccomp.EMPTY,
          SecurityLabel.EMPTY,
          null,
          Namespaces.EMPTY,
          List.of(),
          null,
          KernelPaths.EMPTY,
          Devices.EMPTY,
          Limits.EMPTY,
          Networking.EMPTY,
          Lifecycle.EMPTY,
          null,
          null,
          Map.of(),
          null,
          List.of(),
          Map.of(),
          List.of(),
          Map.of());

  /** Turns what JSON left out into empty parts, and copies collections. */
  public Confinement {
    user = user == null ? User.EMPTY : user;
    capabilities = capabilities == null ? Capabilities.EMPTY : capabilities;
    seccomp = seccomp == null ? Seccomp.EMPTY : seccomp;
    label = label == null ? SecurityLabel.EMPTY : label;
    namespaces = namespaces == null ? Namespaces.EMPTY : namespaces;
    mounts = Lists.copy(mounts);
    kernelPaths = kernelPaths == null ? KernelPaths.EMPTY : kernelPaths;
    devices = devices == null ? Devices.EMPTY : devices;
    limits = limits == null ? Limits.EMPTY : limits;
    networking = networking == null ? Networking.EMPTY : networking;
    lifecycle = lifecycle == null ? Lifecycle.EMPTY : lifecycle;
    sysctls = Lists.copy(sysctls);
    environment = Lists.copy(environment);
    annotations = Lists.copy(annotations);
    volumesFrom = Lists.copy(volumesFrom);
    labels = Lists.copy(labels);
  }

  /** What each process has of its own. */
  public static Confinement ofProcess(
      User user,
      Capabilities capabilities,
      Seccomp.@Nullable Mode seccomp,
      SecurityLabel label,
      @Nullable Boolean noNewPrivileges,
      Namespaces namespaces,
      Limits limits) {
    return new Confinement(
        null,
        user,
        capabilities,
        new Seccomp(seccomp, null, null, null),
        label,
        noNewPrivileges,
        namespaces,
        List.of(),
        null,
        KernelPaths.EMPTY,
        Devices.EMPTY,
        limits,
        Networking.EMPTY,
        Lifecycle.EMPTY,
        null,
        null,
        Map.of(),
        null,
        List.of(),
        Map.of(),
        List.of(),
        Map.of());
  }

  /** The same confinement with other mounts. */
  public Confinement withMounts(List<Mount> newMounts) {
    return deriving(user, seccomp, noNewPrivileges, namespaces, newMounts);
  }

  /** The same confinement with another security label. */
  public Confinement withLabel(SecurityLabel newLabel) {
    return new Confinement(
        privileged,
        user,
        capabilities,
        seccomp,
        newLabel,
        noNewPrivileges,
        namespaces,
        mounts,
        readOnlyRoot,
        kernelPaths,
        devices,
        limits,
        networking,
        lifecycle,
        runtime,
        cgroupParent,
        sysctls,
        image,
        environment,
        annotations,
        volumesFrom,
        labels);
  }

  /** The same confinement with another image. */
  public Confinement withImage(ImageReference newImage) {
    return new Confinement(
        privileged,
        user,
        capabilities,
        seccomp,
        label,
        noNewPrivileges,
        namespaces,
        mounts,
        readOnlyRoot,
        kernelPaths,
        devices,
        limits,
        networking,
        lifecycle,
        runtime,
        cgroupParent,
        sysctls,
        newImage,
        environment,
        annotations,
        volumesFrom,
        labels);
  }

  /** The same confinement with other namespaces. */
  public Confinement withNamespaces(Namespaces newNamespaces) {
    return deriving(user, seccomp, noNewPrivileges, newNamespaces, mounts);
  }

  /** The same confinement with what the daemon decides for a container that says nothing. */
  public Confinement deriving(
      User newUser,
      Seccomp newSeccomp,
      @Nullable Boolean newNoNewPrivileges,
      Namespaces newNamespaces,
      List<Mount> newMounts) {
    return with(
        newUser, newSeccomp, newNoNewPrivileges, newNamespaces, newMounts, networking, lifecycle);
  }

  /** The same confinement with what the engine fills in. */
  public Confinement filledIn(
      Namespaces newNamespaces, Lifecycle newLifecycle, Networking newNetworking) {
    return with(user, seccomp, noNewPrivileges, newNamespaces, mounts, newNetworking, newLifecycle);
  }

  private Confinement with(
      User newUser,
      Seccomp newSeccomp,
      @Nullable Boolean newNoNewPrivileges,
      Namespaces newNamespaces,
      List<Mount> newMounts,
      Networking newNetworking,
      Lifecycle newLifecycle) {
    return new Confinement(
        privileged,
        newUser,
        capabilities,
        newSeccomp,
        label,
        newNoNewPrivileges,
        newNamespaces,
        newMounts,
        readOnlyRoot,
        kernelPaths,
        devices,
        limits,
        newNetworking,
        newLifecycle,
        runtime,
        cgroupParent,
        sysctls,
        image,
        environment,
        annotations,
        volumesFrom,
        labels);
  }

  /**
   * Of the paths in {@code /proc} and {@code /sys} that an engine closes, those that are open.
   *
   * @param exposed readable though engines hide them
   * @param writable writable though engines mount them read-only
   * @param leaking readable, which only newer engines hide; known of what is enforced alone
   */
  public record KernelPaths(
      SortedSet<String> exposed, SortedSet<String> writable, SortedSet<String> leaking) {
    /** What every Docker Engine from 20.10 on hides. */
    public static final List<String> MASKED =
        List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/firmware");

    /** What every Docker Engine from 20.10 on mounts read-only. */
    public static final List<String> READ_ONLY =
        List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    /**
     * What engines hide by now and older ones do not: how much power is used (24.0.7, 23.0.8), how
     * warm processors are and who interrupts them (28.0.2). It tells of what others on the host do.
     */
    public static final List<String> HIDDEN_BY_NOW =
        List.of(
            "/proc/interrupts",
            "/sys/devices/system/cpu/cpu0/thermal_throttle",
            "/sys/devices/virtual/powercap");

    /** All closed. */
    public static final KernelPaths EMPTY = closing(MASKED, READ_ONLY);

    /** Copies the sets. */
    public KernelPaths {
      exposed = Lists.sorted(exposed);
      writable = Lists.sorted(writable);
      leaking = Lists.sorted(leaking);
    }

    /** What stays open where just these paths are hidden and just these made read-only. */
    public static KernelPaths closing(Collection<String> masked, Collection<String> readOnly) {
      SortedSet<String> exposed = new TreeSet<>(MASKED);
      exposed.removeAll(Set.copyOf(masked));
      SortedSet<String> writable = new TreeSet<>(READ_ONLY);
      writable.removeAll(Set.copyOf(readOnly));
      writable.removeAll(Set.copyOf(masked));
      return new KernelPaths(exposed, writable, new TreeSet<>());
    }
  }
}
