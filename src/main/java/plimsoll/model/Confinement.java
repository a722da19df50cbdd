package plimsoll.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
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
 * @param kernelPaths paths under {@code /proc} and {@code /sys} that are hidden or read-only
 * @param runtime the OCI runtime's name
 * @param cgroupParent the cgroup under which the container's own lies; null for the engine's
 *     default
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
    Map<String, String> sysctls) {

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
  }

  /** The same confinement with the parts replaced that derivation fills in. */
  public Confinement deriving(
      User newUser,
      Seccomp newSeccomp,
      @Nullable Boolean newNoNewPrivileges,
      Namespaces newNamespaces,
      List<Mount> newMounts) {
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
        networking,
        lifecycle,
        runtime,
        cgroupParent,
        sysctls);
  }

  /**
   * Paths the runtime hides or makes read-only inside {@code /proc} and {@code /sys}.
   *
   * @param masked hidden paths; null for the engine's default list
   * @param readOnly read-only paths; null for the engine's default list
   */
  public record KernelPaths(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> masked,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> readOnly) {
    /** The engine's default lists. */
    public static final KernelPaths EMPTY = new KernelPaths(null, null);

    /** Copies the lists. */
    public KernelPaths {
      masked = masked == null ? null : List.copyOf(masked);
      readOnly = readOnly == null ? null : List.copyOf(readOnly);
    }
  }
}
