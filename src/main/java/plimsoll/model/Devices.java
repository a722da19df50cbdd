package plimsoll.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Devices handed to a container beyond the harmless ones that every container has.
 *
 * @param nodes device nodes by path
 * @param cgroupRules rules for the device cgroup in the kernel's spelling, {@code c 10:200 rwm}
 * @param requests drivers asked for devices
 */
public record Devices(List<Node> nodes, List<String> cgroupRules, List<Request> requests) {
  /** None. */
  public static final Devices EMPTY = new Devices(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Devices {
    nodes = Lists.copy(nodes);
    cgroupRules = Lists.copy(cgroupRules);
    requests = Lists.copy(requests);
  }

  /**
   * Devices that a driver picks.
   *
   * @param driver {@code nvidia}, {@code cdi}; {@code ""} for whichever has the capabilities
   * @param count how many; -1 for all, 0 where they are named
   * @param ids names of devices in the driver's spelling
   * @param capabilities sets of what a device must be able to do, each joined by commas; one set
   *     must be met
   */
  public record Request(String driver, long count, List<String> ids, List<String> capabilities) {
    /** Copies the lists. */
    public Request {
      ids = Lists.copy(ids);
      capabilities = Lists.copy(capabilities);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(driver.isEmpty() ? "any driver" : driver);
      if (count != 0) {
        text.append(count < 0 ? " all" : " " + count);
      }
      ids.forEach(id -> text.append(' ').append(id));
      capabilities.forEach(set -> text.append(' ').append(set));
      return text.toString();
    }
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
