package plimsoll.derive;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Gap;
import plimsoll.model.Namespaces;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Namespaces.Namespace;
import plimsoll.model.Origin;
import plimsoll.model.View;

/**
 * Follows {@code container:X}: who shares the namespace of a container that has the host's has the
 * host's too.
 */
final class NamespaceChains {
  private final List<Container> containers;

  NamespaceChains(List<Container> containers) {
    this.containers = containers;
  }

  Container resolve(Container container) {
    View<Confinement> view = container.requested();
    Namespaces was = view.facts().namespaces();
    Walk walk = new Walk(view);
    Namespaces now =
        new Namespaces(
            walk.end("network", was.network(), Namespaces::network),
            walk.end("pid", was.pid(), Namespaces::pid),
            walk.end("ipc", was.ipc(), Namespaces::ipc),
            was.uts(),
            was.user(),
            was.cgroup());
    return now.equals(was) && walk.gaps.isEmpty()
        ? container
        : container.withRequested(
            view.with(view.facts().withNamespaces(now), walk.origins).withGaps(walk.gaps));
  }

  private final class Walk {
    private final View<Confinement> view;
    private final Map<String, Origin> origins = new TreeMap<>();
    private final List<Gap> gaps = new java.util.ArrayList<>();

    Walk(View<Confinement> view) {
      this.view = view;
    }

    Namespace end(String name, Namespace start, Function<Namespaces, Namespace> which) {
      if (start.mode() != Mode.CONTAINER) {
        return start;
      }
      String pointer = "/namespaces/" + name + "/host";
      StringBuilder chain = new StringBuilder();
      Set<String> seen = new HashSet<>();
      Namespace at = start;
      while (at.mode() == Mode.CONTAINER) {
        Optional<Container> next = find(at.of());
        if (next.isEmpty() || !seen.add(next.get().identity().id())) {
          gaps.add(
              new Gap(
                  pointer,
                  next.isEmpty()
                      ? "it is that of container " + at.of() + ", which could not be inspected"
                      : "it is that of containers that name each other in a circle"));
          return start;
        }
        chain.append(" of container ").append(next.get().identity().name());
        at = which.apply(next.get().requested().facts().namespaces());
      }
      Origin asked = view.originOf("/namespaces/" + name + "/mode");
      String field = "HostConfig." + field(name) + chain;
      origins.put(
          pointer,
          asked != null && asked.line() != null && asked.column() != null
              ? Origin.written(asked.file(), asked.line(), asked.column(), field)
              : Origin.inspect(field));
      return start.withHost(Boolean.TRUE.equals(at.host()));
    }

    private static String field(String name) {
      return switch (name) {
        case "network" -> "NetworkMode";
        case "pid" -> "PidMode";
        default -> "IpcMode";
      };
    }
  }

  /** A container by full id, unambiguous beginning of an id, or name. */
  private Optional<Container> find(@Nullable String reference) {
    if (reference == null || reference.isEmpty()) {
      return Optional.empty();
    }
    return containers.stream()
        .filter(container ->
            container.identity().name().equals(reference)
                || container.identity().id().startsWith(reference))
        .findFirst();
  }
}
