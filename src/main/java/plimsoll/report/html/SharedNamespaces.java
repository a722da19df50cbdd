package plimsoll.report.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Namespaces;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Namespaces.Namespace;
import plimsoll.model.View;
import plimsoll.report.Plain;

/**
 * Who shares which namespace with whom: by the kernel's own name of the namespace where a container
 * runs and could be looked at, else by what was asked for.
 *
 * @param kinds the columns
 * @param rows containers that share something with the host or with each other
 * @param groups containers that share a namespace with each other
 * @param alone how many containers share nothing
 */
record SharedNamespaces(List<String> kinds, List<Row> rows, List<Group> groups, int alone) {

  /**
   * One container.
   *
   * @param cells one for each kind
   */
  record Row(String name, String anchor, List<Cell> cells) {}

  /**
   * A namespace of a container.
   *
   * @param kind {@code own}, {@code host}, {@code group} or {@code unknown}
   * @param text what stands there
   * @param shared whether that is worth a row
   */
  record Cell(String kind, String text, boolean shared) {
    private Cell through(@Nullable Container other) {
      return other == null ? this : new Cell(kind, text + ", through " + name(other), shared);
    }
  }

  /**
   * A namespace that several containers share.
   *
   * @param letter its sign in the table
   * @param kind {@code Network}
   */
  record Group(String letter, String kind, List<String> names) {}

  /**
   * Everybody has the host's, without userns-remap and on cgroup v1: findings say so, but it tells
   * none apart.
   */
  private static final Set<String> USUAL = Set.of("User", "Cgroup");

  private static final String HOST = "host";
  private static final String UNKNOWN = "unknown";

  private static final Map<String, Function<Namespaces, Namespace>> KINDS = kindsInOrder();

  private static Map<String, Function<Namespaces, Namespace>> kindsInOrder() {
    Map<String, Function<Namespaces, Namespace>> kinds = new LinkedHashMap<>();
    kinds.put("Network", Namespaces::network);
    kinds.put("PID", Namespaces::pid);
    kinds.put("IPC", Namespaces::ipc);
    kinds.put("UTS", Namespaces::uts);
    kinds.put("User", Namespaces::user);
    kinds.put("Cgroup", Namespaces::cgroup);
    return kinds;
  }

  /**
   * Of these containers.
   *
   * @param anchors where each container's section is, by id
   */
  static SharedNamespaces of(List<Container> containers, Map<String, String> anchors) {
    List<Group> groups = new ArrayList<>();
    Map<String, List<Cell>> cells = new HashMap<>();
    KINDS.forEach((kind, which) -> {
      Map<String, List<Container>> members = new LinkedHashMap<>();
      for (Container container : containers) {
        members
            .computeIfAbsent(key(container, containers, which), k -> new ArrayList<>())
            .add(container);
      }
      members.forEach((key, together) -> {
        Cell cell = cell(key, together, kind, groups);
        for (Container container : together) {
          cells
              .computeIfAbsent(container.identity().id(), id -> new ArrayList<>())
              .add(key.equals(HOST) ? cell.through(joined(container, containers, which)) : cell);
        }
      });
    });
    List<Row> rows = new ArrayList<>();
    for (Container container : containers) {
      String id = container.identity().id();
      List<Cell> own = cells.getOrDefault(id, List.of());
      if (own.stream().anyMatch(Cell::shared)) {
        rows.add(new Row(name(container), anchors.getOrDefault(id, "containers"), own));
      }
    }
    return new SharedNamespaces(
        List.copyOf(KINDS.keySet()), rows, groups, containers.size() - rows.size());
  }

  private static Cell cell(String key, List<Container> together, String kind, List<Group> groups) {
    if (key.equals(HOST)) {
      return new Cell("host", "host", !USUAL.contains(kind));
    }
    if (key.equals(UNKNOWN)) {
      return new Cell("unknown", "?", false);
    }
    if (together.size() == 1) {
      return new Cell("own", "own", false);
    }
    String letter = letter(groups.size());
    groups.add(new Group(letter, kind, together.stream().map(SharedNamespaces::name).toList()));
    return new Cell("group", letter, !USUAL.contains(kind));
  }

  /** Whose namespace was asked for; null where no other container's was. */
  private static @Nullable Container joined(
      Container container, List<Container> all, Function<Namespaces, Namespace> which) {
    Namespace asked = which.apply(container.requested().facts().namespaces());
    return asked.mode() == Mode.CONTAINER ? find(asked.of(), all) : null;
  }

  /** What is the same for containers that share a namespace. */
  private static String key(
      Container container, List<Container> all, Function<Namespaces, Namespace> which) {
    Container owner = container;
    Namespace asked = which.apply(owner.requested().facts().namespaces());
    String seen = seen(owner, which);
    for (int hops = 0;
        seen == null && asked.mode() == Mode.CONTAINER && hops < all.size();
        hops++) {
      Container next = find(asked.of(), all);
      if (next == null) {
        return "container " + asked.of();
      }
      owner = next;
      asked = which.apply(owner.requested().facts().namespaces());
      seen = seen(owner, which);
    }
    if (seen != null) {
      return seen;
    }
    if (Boolean.TRUE.equals(asked.host())) {
      return HOST;
    }
    return asked.mode() == null && asked.host() == null ? UNKNOWN : "of " + owner.identity().id();
  }

  /** What the kernel calls it; null where the kernel could not be asked. */
  private static @Nullable String seen(Container container, Function<Namespaces, Namespace> which) {
    View<Confinement> enforced = container.enforced();
    if (enforced == null) {
      return null;
    }
    Namespace shown = which.apply(enforced.facts().namespaces());
    return Boolean.TRUE.equals(shown.host()) ? HOST : shown.id();
  }

  private static @Nullable Container find(@Nullable String reference, List<Container> all) {
    for (Container each : all) {
      if (reference != null
          && (each.identity().name().equals(reference)
              || each.identity().id().startsWith(reference))) {
        return each;
      }
    }
    return null;
  }

  /** A, B, …, Z, AA, AB. */
  private static String letter(int number) {
    String last = String.valueOf((char) ('A' + number % 26));
    return number < 26 ? last : letter(number / 26 - 1) + last;
  }

  private static String name(Container container) {
    return Plain.line(container.identity().name());
  }
}
