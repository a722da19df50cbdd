package plimsoll.derive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Host;
import plimsoll.model.Mount;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.model.Volume;

/**
 * What of the host a mount hands over: judged by where the path really leads, not by how it is
 * written. A parent of a socket reaches the socket; a volume of the local driver may be a bind
 * mount in disguise.
 */
final class MountReach {
  private final Map<String, String> links;
  private final Map<String, Volume> volumes = new HashMap<>();
  private final @Nullable String engineRoot;
  private final SortedSet<String> sockets = new TreeSet<>();

  MountReach(Snapshot snapshot) {
    View<Host> host = snapshot.host();
    links = host == null ? Map.of("/var/run", "/run") : host.facts().links();
    sockets.addAll(host == null ? Engine.USUAL_SOCKETS : host.facts().engineSockets());
    View<Engine> engine = snapshot.engine();
    if (engine != null) {
      engine.facts().sockets().forEach(socket -> sockets.add(real(socket)));
      String root = engine.facts().platform().rootDirectory();
      engineRoot = root == null ? null : real(root);
    } else {
      engineRoot = null;
    }
    snapshot.volumes().forEach(volume -> volumes.put(volume.name(), volume));
  }

  Container fill(Container container) {
    View<Confinement> enforced = container.enforced();
    return container
        .withRequested(fill(container.requested()))
        .withEnforced(enforced == null ? null : fill(enforced), container.processes());
  }

  private View<Confinement> fill(View<Confinement> view) {
    List<Mount> mounts = view.facts().mounts().stream().map(this::fill).toList();
    View<Confinement> filled = view.with(view.facts().withMounts(mounts), Map.of());
    return view.gaps().isEmpty() ? filled : filled.withGaps(gaps(view, mounts));
  }

  /** Of a path whose end is not known, what it does not reach in any case is not known either. */
  private static List<Gap> gaps(View<Confinement> view, List<Mount> mounts) {
    List<Gap> gaps = new ArrayList<>();
    for (Gap gap : view.gaps()) {
      for (int i = 0; i < mounts.size(); i++) {
        String mount = "/mounts/" + i;
        if (gap.path().equals(mount + "/source")) {
          if (mounts.get(i).engineSockets().isEmpty()) {
            gaps.add(new Gap(mount + "/engineSockets", gap.reason()));
          }
          if (mounts.get(i).systemPaths().isEmpty()) {
            gaps.add(new Gap(mount + "/systemPaths", gap.reason()));
          }
        }
      }
    }
    return gaps;
  }

  private Mount fill(Mount mount) {
    SortedSet<String> reached = new TreeSet<>();
    SortedSet<String> system = new TreeSet<>();
    Volume volume = mount.volume() == null ? null : volumes.get(mount.volume());
    boolean device = volume != null && !mount.type().equals("bind") && volume.liesOnDevice();
    for (String path : hostPaths(mount, volume)) {
      String real = real(path);
      List<String> here = sockets(real);
      reached.addAll(here);
      if (!here.contains(real) && (device || isSystem(real, mount.readOnly()))) {
        system.add(real);
      }
    }
    return mount.reaching(List.copyOf(reached), List.copyOf(system));
  }

  /** The host paths a mount shows; none where it shows but what the engine keeps for it. */
  private static List<String> hostPaths(Mount mount, @Nullable Volume volume) {
    if (mount.type().equals("bind")) {
      return mount.hostPaths();
    }
    return volume == null ? List.of() : volume.hostPaths();
  }

  /**
   * Engine sockets at or below a path; a path that is called like one counts though nothing is
   * there yet.
   */
  private List<String> sockets(String path) {
    List<String> reached = new ArrayList<>();
    for (String socket : sockets) {
      if (SystemPaths.within(socket, path)) {
        reached.add(socket);
      }
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    return reached.isEmpty()
            && (SystemPaths.ENGINE_SOCKET_NAMES.contains(name)
                || Engine.USUAL_SOCKETS.contains(path))
        ? List.of(path)
        : reached;
  }

  private boolean isSystem(String path, boolean readOnly) {
    if (SystemPaths.PARENTS.contains(path)
        || SystemPaths.TREES.stream().anyMatch(tree -> SystemPaths.within(tree, path))
        || (engineRoot != null
            && (SystemPaths.within(engineRoot, path) || SystemPaths.within(path, engineRoot)))) {
      return true;
    }
    if (SystemPaths.HARMLESS_DEVICES.contains(path)
        || (readOnly
            && SystemPaths.HARMLESS_READ_ONLY.stream()
                .anyMatch(place -> SystemPaths.within(path, place)))) {
      return false;
    }
    return SystemPaths.TREES.stream().anyMatch(tree -> SystemPaths.within(path, tree));
  }

  /**
   * The path with {@code //}, {@code .} and {@code ..} resolved, then links the host is known to
   * have.
   */
  private String real(String path) {
    String exactly = links.get(path);
    if (exactly != null) {
      return exactly;
    }
    String clean = Mount.clean(path);
    for (int end = clean.length(); end > 0; end = clean.lastIndexOf('/', end - 1)) {
      String target = links.get(clean.substring(0, end));
      if (target != null) {
        return target + clean.substring(end);
      }
    }
    return clean;
  }
}
