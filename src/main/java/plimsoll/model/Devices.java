package plimsoll.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Devices handed to a container beyond the harmless ones that every container has.
 *
 * @param nodes device nodes by path
 * @param cgroupRules rules for the device cgroup in the kernel's spelling, {@code c 10:200 rwm}
 * @param requests drivers asked for devices, such as {@code nvidia} or {@code cdi}, with what was
 *     asked for
 */
public record Devices(List<Node> nodes, List<String> cgroupRules, List<String> requests) {
  /** None. */
  public static final Devices EMPTY = new Devices(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Devices {
    nodes = Lists.copy(nodes);
    cgroupRules = Lists.copy(cgroupRules);
    requests = Lists.copy(requests);
  }

  /**
   * A device node.
   *
   * @param path the path on the host
   * @param inContainer the path inside the container
   * @param permissions any of {@code rwm}: read, write, make
   */
  public record Node(String path, @Nullable String inContainer, @Nullable String permissions) {}
}
