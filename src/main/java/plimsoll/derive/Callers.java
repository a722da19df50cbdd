package plimsoll.derive;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Mount;
import plimsoll.model.Networking;
import plimsoll.model.Networking.Port;
import plimsoll.model.Origin;
import plimsoll.model.View;

/**
 * Who can reach a container that reaches an engine's socket: whoever finds a hole in it, or is let
 * through by it, commands the engine as well.
 */
final class Callers {
  private static final Set<String> DEFAULT_BRIDGE = Set.of("bridge", "default");

  private final List<Container> containers;
  private final boolean bridgeIsOpen;

  Callers(List<Container> containers, @Nullable View<Engine> engine) {
    this.containers = containers;
    this.bridgeIsOpen =
        engine == null
            || !Boolean.FALSE.equals(engine.facts().settings().interContainerCommunication());
  }

  Container fill(Container container) {
    View<Confinement> requested = container.requested();
    Confinement facts = requested.facts();
    if (facts.mounts().stream().allMatch(mount -> mount.engineSockets().isEmpty())) {
      return container;
    }
    SortedSet<String> ways = new TreeSet<>();
    SortedSet<String> callers = new TreeSet<>();
    if (Boolean.TRUE.equals(facts.namespaces().network().host())) {
      ways.add("the host's own network");
    }
    facts.networking().ports().forEach(port -> ways.add(way(port)));
    for (Container other : containers) {
      String way = other.identity().equals(container.identity()) ? null : reaches(other, container);
      if (way != null) {
        ways.add(way);
        callers.add(other.identity().name());
      }
    }
    Networking networking = facts.networking().reachable(List.copyOf(ways), List.copyOf(callers));
    return container.withRequested(
        requested.with(
            facts.filledIn(facts.namespaces(), facts.lifecycle(), networking), origins(requested)));
  }

  /** Whoever handed the socket over has made it reachable. */
  private static Map<String, Origin> origins(View<Confinement> view) {
    List<Mount> mounts = view.facts().mounts();
    for (int i = 0; i < mounts.size(); i++) {
      Origin origin = view.originOf("/mounts/" + i);
      if (!mounts.get(i).engineSockets().isEmpty() && origin != null) {
        return Map.of("/networking/ways", origin);
      }
    }
    return Map.of();
  }

  private static String way(Port port) {
    String where = port.hostPort() == null ? "a port" : "port " + port.hostPort();
    return where + " of " + (port.address().isEmpty() ? "the host" : port.address());
  }

  /** By what another container that runs reaches one; null where it does not. */
  private @Nullable String reaches(Container other, Container container) {
    if (!"running".equals(other.identity().state())) {
      return null;
    }
    if (shares(other, container) || shares(container, other)) {
      return "a network namespace that it shares";
    }
    Set<String> networks = new TreeSet<>(networks(container));
    networks.retainAll(networks(other));
    return networks.isEmpty() ? null : "network " + String.join(" and ", networks);
  }

  private static boolean shares(Container one, Container other) {
    String of = one.requested().facts().namespaces().network().of();
    return of != null && (of.equals(other.identity().name()) || of.equals(other.identity().id()));
  }

  private Set<String> networks(Container container) {
    Set<String> networks = new TreeSet<>();
    for (String name : container.requested().facts().networking().networks()) {
      if (DEFAULT_BRIDGE.contains(name)) {
        if (bridgeIsOpen) {
          networks.add("bridge");
        }
      } else if (!name.equals("host") && !name.equals("none")) {
        networks.add(name);
      }
    }
    return networks;
  }
}
