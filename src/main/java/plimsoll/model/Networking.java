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
 * @param ways of one that reaches an engine's socket, by what it can be reached in turn: ports of
 *     the host, networks that it shares; worked out from all of a host's containers
 * @param callers the containers that reach it by these
 * @param listening of one that has the host's network, the ports of the host that its processes
 *     were seen to listen on: nothing was published, and yet they are open
 */
public record Networking(
    List<String> networks,
    List<Port> ports,
    @Nullable Boolean publishAll,
    List<String> extraHosts,
    List<String> links,
    List<String> ways,
    List<String> callers,
    List<Port> listening) {
  /** Nothing. */
  public static final Networking EMPTY =
      new Networking(
          List.of(), List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Networking {
    networks = Lists.copy(networks);
    ports = Lists.copy(ports);
    extraHosts = Lists.copy(extraHosts);
    links = Lists.copy(links);
    ways = Lists.copy(ways);
    callers = Lists.copy(callers);
    listening = Lists.copy(listening);
  }

  /** The same with other ports. */
  public Networking withPorts(List<Port> newPorts) {
    return new Networking(
        networks, newPorts, publishAll, extraHosts, links, ways, callers, listening);
  }

  /** The same, knowing by what it can be reached, and by whom. */
  public Networking reachable(List<String> newWays, List<String> newCallers) {
    return new Networking(
        networks, ports, publishAll, extraHosts, links, newWays, newCallers, listening);
  }

  /** The same, knowing what its processes listen on. */
  public Networking listening(List<Port> newListening) {
    return new Networking(
        networks, ports, publishAll, extraHosts, links, ways, callers, newListening);
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
