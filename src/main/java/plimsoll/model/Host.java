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
 * @param links for paths that containers mount and for places the engine is known to use: where
 *     they really are, where that is somewhere else
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
    Map<String, String> links) {

  /** Copies the collections. */
  public Host {
    securityModules = Lists.sorted(securityModules);
    capabilities = Lists.sorted(capabilities);
    engineSockets = Lists.sorted(engineSockets);
    cgroups = cgroups == null ? new Cgroups(null, List.of()) : cgroups;
    links = Lists.copy(links);
  }

  /**
   * The cgroup hierarchy.
   *
   * @param version 1 where controllers are on the legacy hierarchies (an empty unified one beside
   *     them or not), 2 where they are on the unified one
   * @param controllers the controllers that are there, by name
   */
  public record Cgroups(@Nullable Integer version, List<String> controllers) {
    /** Copies the list. */
    public Cgroups {
      controllers = Lists.copy(controllers);
    }
  }
}
