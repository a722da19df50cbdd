package plimsoll.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.MountTable.Entry;
import plimsoll.collect.MountTable.Place;
import plimsoll.model.Confinement.KernelPaths;
import plimsoll.model.Mount;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/**
 * What a container's processes see mounted, read from the kernel's table and never by following a
 * path inside the container.
 */
final class EnforcedMounts {
  /** File systems of the kernel: what of them is open, {@link KernelPaths} says. */
  private static final Set<String> KERNEL =
      Set.of("proc", "sysfs", "cgroup", "cgroup2", "mqueue", "devpts");

  /** What an engine binds into every container. */
  private static final Set<String> ENGINES =
      Set.of(
          "/etc/resolv.conf",
          "/etc/hostname",
          "/etc/hosts",
          "/sbin/docker-init",
          "/usr/sbin/docker-init",
          "/dev/init");

  private final HostFiles files;
  private final MountTable host;
  private final @Nullable String engineRoot;

  /**
   * Reads with the engine's own mounts at hand.
   *
   * @param host what the engine sees mounted: the tree that sources of binds are looked up in
   * @param engineRoot where the engine keeps its data
   */
  EnforcedMounts(HostFiles files, MountTable host, @Nullable String engineRoot) {
    this.files = files;
    this.host = host;
    this.engineRoot = engineRoot;
  }

  /** One container's mounts. */
  Found read(MountTable table, List<Mount> requested, Provenance provenance) {
    return new Found(table, requested, provenance);
  }

  /**
   * The table of a process whose root is that of the container.
   *
   * @param others processes with the same mounts; asked for only where the first has changed its
   *     root or cannot be read
   */
  MountTable table(long first, Supplier<List<Long>> others) throws IOException {
    IOException failure =
        new IOException(
            "/proc/" + first + "/mountinfo shows no root: the process has changed its own");
    try {
      MountTable table = MountTable.read(files, Long.toString(first));
      if (table.at("/") != null) {
        return table;
      }
    } catch (IOException e) {
      failure = e;
    }
    for (long pid : others.get()) {
      try {
        MountTable table = MountTable.read(files, Long.toString(pid));
        if (table.at("/") != null) {
          return table;
        }
      } catch (IOException e) {
        // It has ended; the next one may do.
      }
    }
    throw failure;
  }

  /** What was found. */
  final class Found {
    private final MountTable table;
    private final List<Mount> requested;
    private final Provenance provenance;
    private final Map<Mount, Entry> places;

    private Found(MountTable table, List<Mount> requested, Provenance provenance) {
      this.table = table;
      this.requested = requested;
      this.provenance = provenance;
      this.places = places();
    }

    /** Whether {@code /} is read-only: the mount's own option, not the file system's, counts. */
    @Nullable Boolean readOnlyRoot() {
      provenance.origin("/readOnlyRoot", Origin.kernel(table.file(), "/"));
      Entry root = table.at("/");
      return root == null ? null : (Boolean) root.readOnly();
    }

    /** Those that were asked for, in the same order, then what else of the host is there. */
    List<Mount> mounts() {
      List<Mount> mounts = new ArrayList<>();
      provenance.origin("/mounts", Origin.kernel(table.file(), null));
      for (Mount mount : requested) {
        String pointer = "/mounts/" + mounts.size();
        Entry entry = places.get(mount);
        if (entry == null) {
          provenance.origin(pointer, Origin.kernel(table.file(), mount.destination()));
          provenance.gap(
              pointer, table.file() + " shows nothing mounted at " + mount.destination());
          mounts.add(mount);
        } else {
          provenance.origin(pointer, Origin.kernel(table.file(), entry.point()));
          mounts.add(asEnforced(mount, entry));
        }
      }
      Set<String> expected = new HashSet<>(ENGINES);
      places.values().forEach(entry -> expected.add(entry.point()));
      for (Entry entry : table.entries()) {
        // What another mount at the same place hides, nobody reaches.
        boolean visible = entry.equals(table.at(entry.point()));
        String path = visible && expected.add(entry.point()) ? foreign(entry) : null;
        if (path != null) {
          provenance.origin("/mounts/" + mounts.size(), Origin.kernel(table.file(), entry.point()));
          mounts.add(
              new Mount(
                  "bind",
                  path,
                  entry.point(),
                  null,
                  entry.readOnly(),
                  entry.propagates(),
                  new TreeSet<>(),
                  List.of(),
                  List.of()));
        }
      }
      return mounts;
    }

    /** Where each mount that was asked for is; not in the map where it is nowhere. */
    private Map<Mount, Entry> places() {
      Map<Mount, Entry> found = new LinkedHashMap<>();
      Set<String> taken = new HashSet<>(ENGINES);
      for (Mount mount : requested) {
        Entry entry = table.at(mount.destination());
        if (entry != null) {
          found.put(mount, entry);
          taken.add(entry.point());
        }
      }
      for (Mount mount : requested) {
        Entry entry = found.containsKey(mount) ? null : elsewhere(mount, taken);
        if (entry != null) {
          found.put(mount, entry);
          taken.add(entry.point());
        }
      }
      return found;
    }

    /**
     * A mount whose destination leads through a symbolic link of the image, {@code
     * /var/run/docker.sock} on {@code /run/docker.sock}: the link is not followed, but the same
     * thing of the host, mounted under the same name, is it.
     */
    private @Nullable Entry elsewhere(Mount mount, Set<String> taken) {
      String name = mount.destination().substring(mount.destination().lastIndexOf('/'));
      Place place = mount.source() == null ? null : host.placeOf(files.realPath(mount.source()));
      for (Entry entry : table.entries()) {
        boolean same =
            mount.type().equals("tmpfs")
                ? entry.type().equals("tmpfs")
                : place != null && place.equals(entry.place());
        if (same && entry.point().endsWith(name) && !taken.contains(entry.point())) {
          return entry;
        }
      }
      return null;
    }

    /**
     * Of a file that was replaced since, such as the socket of an engine that started anew, the
     * kernel shows {@code PATH//deleted}: what lies at the path today is not reached.
     */
    private Mount asEnforced(Mount mount, Entry entry) {
      String path = mount.type().equals("bind") ? host.pathOf(entry) : mount.source();
      return new Mount(
          mount.type(),
          path == null ? mount.source() : path,
          mount.destination(),
          mount.volume(),
          entry.readOnly(),
          mount.type().equals("bind") ? entry.propagates() : mount.propagation(),
          mount.options(),
          List.of(),
          List.of());
    }

    /** The host path of a mount that nobody asked for; null where it is the engine's own doing. */
    private @Nullable String foreign(Entry entry) {
      if (KERNEL.contains(entry.type())
          || entry.point().equals("/")
          || cameAlong(entry)
          || seenAgain(entry)) {
        return null;
      }
      String path = host.pathOf(entry);
      boolean engines = path != null && engineRoot != null && path.startsWith(engineRoot + "/");
      return engines ? null : path;
    }

    /**
     * Whether it is something that was asked for, at a second place: a bind of the engine's own
     * folder shows the container's root, with what was mounted in it before.
     */
    private boolean seenAgain(Entry entry) {
      for (Entry each : places.values()) {
        if (each.place().equals(entry.place()) && (entry.readOnly() || !each.readOnly())) {
          return true;
        }
      }
      return false;
    }

    /** Whether it lies in a directory that was asked for as it does on the host: binds recurse. */
    private boolean cameAlong(Entry entry) {
      for (Map.Entry<Mount, Entry> each : places.entrySet()) {
        Mount mount = each.getKey();
        Entry bind = each.getValue();
        if (!mount.type().equals("bind") || !entry.point().startsWith(bind.point() + "/")) {
          continue;
        }
        String below = entry.point().substring(bind.point().length());
        for (String base : Arrays.asList(mount.source(), host.pathOf(bind))) {
          Entry own = base == null ? null : host.at(base.equals("/") ? below : base + below);
          if (own != null && own.place().equals(entry.place())) {
            return true;
          }
        }
      }
      return false;
    }

    /** A path that the host's kernel does not have needs no mask. */
    KernelPaths kernelPaths() {
      provenance.origin("/kernelPaths", Origin.kernel(table.file(), null));
      SortedSet<String> exposed = new TreeSet<>();
      SortedSet<String> writable = new TreeSet<>();
      for (String path : KernelPaths.MASKED) {
        if (files.exists(path) && table.at(path) == null) {
          exposed.add(path);
        }
      }
      for (String path : KernelPaths.READ_ONLY) {
        Entry entry = table.at(path);
        Entry parent = table.at("/proc");
        boolean closed = entry == null ? parent != null && parent.readOnly() : entry.readOnly();
        if (files.exists(path) && !closed) {
          writable.add(path);
        }
      }
      SortedSet<String> leaking = new TreeSet<>();
      for (String path : KernelPaths.HIDDEN_BY_NOW) {
        if (files.exists(path) && table.at(path) == null) {
          leaking.add(path);
        }
      }
      return new KernelPaths(exposed, writable, leaking);
    }
  }
}
