package plimsoll.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container, seen twice.
 *
 * @param requested what somebody asked the engine for
 * @param enforced what the kernel does to the container's first process; null where there is no
 *     process, or where the engine's host is not this one
 * @param processes further processes and threads that are confined otherwise than the first process
 */
public record Container(
    Identity identity,
    View<Confinement> requested,
    @Nullable View<Confinement> enforced,
    List<ContainerProcess> processes) {

  /** Copies the list. */
  public Container {
    processes = Lists.copy(processes);
  }

  /** A container without further processes. */
  public Container(
      Identity identity, View<Confinement> requested, @Nullable View<Confinement> enforced) {
    this(identity, requested, enforced, List.of());
  }

  /** The same container under an id. */
  public Container withId(String id) {
    return new Container(
        new Identity(
            id,
            identity.name(),
            identity.state(),
            identity.pid(),
            identity.image(),
            identity.imageId(),
            identity.service()),
        requested,
        enforced,
        processes);
  }

  /** The same container with another requested view. */
  public Container withRequested(View<Confinement> view) {
    return new Container(identity, view, enforced, processes);
  }

  /** The same container with another enforced view. */
  public Container withEnforced(
      @Nullable View<Confinement> view, List<ContainerProcess> newProcesses) {
    return new Container(identity, requested, view, newProcesses);
  }
}
