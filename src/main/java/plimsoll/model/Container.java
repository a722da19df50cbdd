package plimsoll.model;

import org.jspecify.annotations.Nullable;

/**
 * A container, seen twice.
 *
 * @param requested what somebody asked the engine for
 * @param enforced what the kernel does to the container's first process; null where there is no
 *     process, or where the engine's host is not this one
 */
public record Container(
    Identity identity, View<Confinement> requested, @Nullable View<Confinement> enforced) {

  /** The same container with another requested view. */
  public Container withRequested(View<Confinement> view) {
    return new Container(identity, view, enforced);
  }

  /** The same container with another enforced view. */
  public Container withEnforced(@Nullable View<Confinement> view) {
    return new Container(identity, requested, view);
  }
}
