package plimsoll.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a container is connected to.
 *
 * @param networks names of the networks it is attached to
 * @param ports ports of the host that lead into the container
 * @param publishAll whether every port the image exposes gets a port of the host
 * @param extraHosts further host names, {@code name:address}
 * @param links other containers by the legacy link mechanism
 * @param callers of one that reaches an engine's socket, who can reach it in turn: ports of the
 *     host, other containers; worked out from all of a host's containers
 */
public record Networking(
    List<String> networks,
    List<Port> ports,
    @Nullable Boolean publishAll,
    List<String> extraHosts,
    List<String> links,
    List<String> callers) {
  /** Nothing. */
  public static final Networking EMPTY =
      new Networking(List.of(), List.of(), null, List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Networking {
    networks = Lists.copy(networks);
    ports = Lists.copy(ports);
    extraHosts = Lists.copy(extraHosts);
    links = Lists.copy(links);
    callers = Lists.copy(callers);
  }

  /** The same with other ports. */
  public Networking withPorts(List<Port> newPorts) {
    return new Networking(networks, newPorts, publishAll, extraHosts, links, callers);
  }

  /** The same, knowing who can reach it. */
  public Networking withCallers(List<String> newCallers) {
    return new Networking(networks, ports, publishAll, extraHosts, links, newCallers);
  }

  /**
   * A published port.
   *
   * @param address the host's address it listens on; {@code ""} for all of them
   * @param hostPort the host's port; null where the engine picks one
   * @param lastHostPort the last of a range the engine picks one from; {@code hostPort} for one
   *     port, null where that is null
   * @param containerPort the port inside, with its protocol: {@code 80/tcp}
   */
  public record Port(
      String address,
      @Nullable Integer hostPort,
      @Nullable Integer lastHostPort,
      String containerPort) {
    /** The same port at another address. */
    public Port at(String newAddress) {
      return new Port(newAddress, hostPort, lastHostPort, containerPort);
    }
  }
}
