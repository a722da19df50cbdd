package plimsoll.model;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The machine the audit ran on.
 *
 * @param name the host name
 * @param distribution the operating system, as {@code os-release} names it for people
 * @param kernel the kernel release
 * @param securityModules Linux security modules in force, {@code apparmor}, {@code selinux}, …
 * @param cgroups the cgroup hierarchy
 * @param memory bytes of memory
 * @param swap bytes of swap space, 0 for none
 * @param capabilities capabilities this kernel knows
 * @param engineSockets Unix sockets on which container engines and runtimes listen: those of {@link
 *     Engine#USUAL_SOCKETS} that are there, and those that such programs hold
 * @param settings settings of the kernel that make it harder to get out of a container
 * @param engineGroup the group whose members may command the engine; null where nobody has such a
 *     group
 * @param dataRoot where the engine keeps what it keeps; null where nobody asked
 * @param files files that decide what the engine does, those that exist; null where nobody looked
 * @param links for paths that containers mount and for places the engine is known to use: where
 *     they really are, where that is somewhere else
 * @param system the operating system where it is one made for nothing but containers; null for
 *     others
 * @param processors how many processors are in use
 * @param components the programs that containers are run by
 * @param otherEngines container engines that run beside the one that was audited, {@code podman at
 *     /run/podman/podman.sock}; null where nobody looked
 * @param overcommitted what the limits of its containers come to more of than there is; worked out
 *     from all of them
 */
public record Host(
    @Nullable String name,
    @Nullable String distribution,
    @Nullable String kernel,
    SortedSet<String> securityModules,
    Cgroups cgroups,
    @Nullable Long memory,
    @Nullable Long swap,
    SortedSet<String> capabilities,
    SortedSet<String> engineSockets,
    @Nullable Kernel settings,
    @Nullable Group engineGroup,
    @Nullable DataRoot dataRoot,
    @Nullable List<HostFile> files,
    Map<String, String> links,
    @Nullable String system,
    @Nullable Integer processors,
    @Nullable List<Component> components,
    @Nullable List<String> otherEngines,
    List<String> overcommitted) {

  /** Copies the collections. */
  public Host {
    securityModules = Lists.sorted(securityModules);
    capabilities = Lists.sorted(capabilities);
    engineSockets = Lists.sorted(engineSockets);
    cgroups = cgroups == null ? new Cgroups(null, null, List.of()) : cgroups;
    files = files == null ? null : List.copyOf(files);
    links = Lists.copy(links);
    components = components == null ? null : List.copyOf(components);
    otherEngines = otherEngines == null ? null : List.copyOf(otherEngines);
    overcommitted = Lists.copy(overcommitted);
  }

  /** The same, knowing what follows from the rest. */
  public Host with(@Nullable List<Component> newComponents, List<String> newOvercommitted) {
    return new Host(
        name,
        distribution,
        kernel,
        securityModules,
        cgroups,
        memory,
        swap,
        capabilities,
        engineSockets,
        settings,
        engineGroup,
        dataRoot,
        files,
        links,
        system,
        processors,
        newComponents,
        otherEngines,
        newOvercommitted);
  }

  /**
   * The cgroup hierarchy.
   *
   * @param version 1 where controllers are on the legacy hierarchies (an empty unified one beside
   *     them or not), 2 where they are on the unified one
   * @param layout {@code legacy}, {@code hybrid} (the unified hierarchy is mounted beside the
   *     legacy ones, without controllers), {@code unified}
   * @param controllers the controllers that are there, by name
   */
  public record Cgroups(
      @Nullable Integer version, @Nullable String layout, List<String> controllers) {
    /** Copies the list. */
    public Cgroups {
      controllers = Lists.copy(controllers);
    }
  }

  /**
   * A program that containers are run by.
   *
   * @param name {@code docker}, {@code containerd} or {@code runc}
   * @param version as it calls itself
   * @param program its file; null where it was not found
   * @param told whether it is known what was mended in this build of the version: by the list of
   *     changes of the distribution that made it, or because none did
   * @param mended vulnerabilities that were
   * @param vulnerable known vulnerabilities that it has; worked out from the version
   */
  public record Component(
      String name,
      String version,
      @Nullable String program,
      boolean told,
      SortedSet<String> mended,
      List<String> vulnerable) {
    /** Copies the collections. */
    public Component {
      mended = Lists.sorted(mended);
      vulnerable = Lists.copy(vulnerable);
    }

    /** The same, knowing its vulnerabilities. */
    public Component withVulnerable(List<String> newVulnerable) {
      return new Component(name, version, program, told, mended, newVulnerable);
    }
  }

  /**
   * A group of users.
   *
   * @param name its name
   * @param members who is in it, by whatever file or directory says so, root left out
   */
  public record Group(String name, SortedSet<String> members) {
    /** Copies the set. */
    public Group {
      members = Lists.sorted(members);
    }
  }

  /**
   * Where the engine keeps images, containers and volumes.
   *
   * @param mountPoint where the file system that holds it is mounted
   * @param separate whether that file system is another one than the root's
   */
  public record DataRoot(String path, @Nullable String mountPoint, @Nullable Boolean separate) {}

  /**
   * Settings of the kernel; null for what this kernel does not have.
   *
   * @param lockdown {@code none}, {@code integrity} or {@code confidentiality}
   * @param ptraceScope {@code kernel.yama.ptrace_scope}
   * @param kptrRestrict {@code kernel.kptr_restrict}
   * @param dmesgRestrict {@code kernel.dmesg_restrict}
   * @param unprivilegedBpf whether users without rights may load BPF programs
   * @param unprivilegedUserNamespaces whether users without rights may make user namespaces
   * @param corePattern {@code kernel.core_pattern}: where dumps of programs go, those in containers
   *     too; after a bar, a program that the kernel starts as root, outside
   */
  public record Kernel(
      @Nullable String lockdown,
      @Nullable Integer ptraceScope,
      @Nullable Integer kptrRestrict,
      @Nullable Integer dmesgRestrict,
      @Nullable Boolean unprivilegedBpf,
      @Nullable Boolean unprivilegedUserNamespaces,
      @Nullable String corePattern) {}
}
