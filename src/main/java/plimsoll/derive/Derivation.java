package plimsoll.derive;

import java.util.List;
import plimsoll.model.Container;
import plimsoll.model.Snapshot;

/** All derivations, in the order they need each other. */
public final class Derivation {
  private Derivation() {}

  /** The snapshot with what follows from it filled in. */
  public static Snapshot derive(Snapshot snapshot) {
    NamespaceChains chains = new NamespaceChains(snapshot.containers());
    MountReach reach = new MountReach(snapshot);
    ImageNames names = new ImageNames(snapshot.images());
    List<Container> containers =
        snapshot.containers().stream()
            .map(container -> DaemonDefaults.apply(container, snapshot.engine()))
            .map(container -> FilledIn.apply(container, snapshot.engine(), snapshot.networks()))
            .map(chains::resolve)
            .map(reach::fill)
            .map(names::fill)
            .toList();
    Callers callers = new Callers(containers, snapshot.engine());
    List<Container> all = containers.stream().map(callers::fill).toList();
    return snapshot.withContainers(all).withHost(HostConsequences.fill(snapshot.host(), all));
  }
}
