package plimsoll.collect;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The cgroup hierarchies as this process sees them mounted: where each controller lies, and what
 * limit is in force for a process, which is the smallest of its own cgroup's and all its
 * ancestors'.
 */
final class Cgroups {
  /** The hierarchy of version 2, as {@code /proc/PID/cgroup} names it: with no controller. */
  private static final String UNIFIED = "";

  /** v1 has no word for "no limit": it is the largest number of whole pages. */
  private static final long V1_UNLIMITED = 1L << 62;

  private final HostFiles files;
  private final Map<String, Mounted> mounts;

  private Cgroups(HostFiles files, Map<String, Mounted> mounts) {
    this.files = files;
    this.mounts = mounts;
  }

  /** A hierarchy: its mount point, and which of its directories is mounted there. */
  private record Mounted(String point, String root) {}

  /**
   * A limit in force.
   *
   * @param value the limit; null for none
   * @param file the file that shows it: the one that sets the limit, else the process's own
   *     cgroup's
   * @param ancestor the cgroup that sets it, if that is not the process's own
   */
  record Limit(@Nullable Long value, String file, @Nullable String ancestor) {}

  /** Reads the mount table. */
  static Cgroups read(HostFiles files) {
    Map<String, Mounted> mounts = new HashMap<>();
    String table = files.tryRead("/proc/self/mountinfo");
    for (String line : table == null ? new String[0] : table.split("\n")) {
      // 36 35 98:0 /root /point options - type source superoptions (proc(5))
      String[] halves = line.split(" - ", 2);
      String[] mount = halves[0].split(" ");
      String[] type = halves.length < 2 ? new String[0] : halves[1].split(" ");
      if (mount.length < 6 || type.length < 3) {
        continue;
      }
      Mounted mounted = new Mounted(mount[4], mount[3]);
      if (type[0].equals("cgroup2")) {
        mounts.put(UNIFIED, mounted);
      } else if (type[0].equals("cgroup")) {
        for (String option : type[2].split(",")) {
          mounts.putIfAbsent(option, mounted);
        }
      }
    }
    return new Cgroups(files, mounts);
  }

  /**
   * 1 where the controllers are on legacy hierarchies, 2 where they are on the unified one, null
   * for none.
   */
  @Nullable Integer version() {
    if (mounts.containsKey("memory") || mounts.containsKey("pids")) {
      return 1;
    }
    return mounts.containsKey(UNIFIED) ? (Integer) 2 : null;
  }

  /** Names of the controllers. */
  SortedSet<String> controllers() {
    Integer version = version();
    Mounted unified = mounts.get(UNIFIED);
    if (unified != null && version != null && version == 2) {
      String listed = files.tryRead(unified.point() + "/cgroup.controllers");
      return listed == null || listed.isEmpty()
          ? new TreeSet<>()
          : new TreeSet<>(List.of(listed.split(" ")));
    }
    SortedSet<String> names = new TreeSet<>(mounts.keySet());
    names.retainAll(
        Set.of(
            "blkio",
            "cpu",
            "cpuacct",
            "cpuset",
            "devices",
            "freezer",
            "hugetlb",
            "memory",
            "net_cls",
            "net_prio",
            "perf_event",
            "pids",
            "rdma",
            "misc"));
    return names;
  }

  /** The limit on processes and threads that binds process {@code pid}. */
  Limit pids(long pid) throws IOException {
    return limit(pid, "pids", "pids.max", "pids.max");
  }

  /** The limit on memory that binds process {@code pid}, in bytes. */
  Limit memory(long pid) throws IOException {
    return limit(pid, "memory", "memory.limit_in_bytes", "memory.max");
  }

  private Limit limit(long pid, String controller, String v1File, String v2File)
      throws IOException {
    boolean legacy = mounts.containsKey(controller);
    Mounted mounted = mounts.get(legacy ? controller : UNIFIED);
    if (mounted == null) {
      throw new IOException("the cgroup controller " + controller + " is not mounted");
    }
    String file = legacy ? v1File : v2File;
    String own = relative(mounted, membership(pid, legacy ? controller : UNIFIED));
    Limit found = new Limit(null, mounted.point() + own + "/" + file, null);
    for (String at = own; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      String path = mounted.point() + at + "/" + file;
      Long value = value(files.read(path).strip());
      if (value != null && (found.value() == null || value < found.value())) {
        found = new Limit(value, path, at.equals(own) ? null : at.substring(1));
      }
    }
    return found;
  }

  private static @Nullable Long value(String text) throws IOException {
    if (text.equals("max")) {
      return null;
    }
    try {
      long value = Long.parseLong(text);
      return value >= V1_UNLIMITED ? null : value;
    } catch (NumberFormatException e) {
      throw new IOException("a cgroup limit reads \"" + text + "\"", e);
    }
  }

  /** Where a process stands in a hierarchy. */
  private String membership(long pid, String controller) throws IOException {
    String cgroup = memberships(pid).get(controller);
    if (cgroup == null) {
      throw new IOException(
          "/proc/" + pid + "/cgroup does not say where the process stands for " + controller);
    }
    return cgroup;
  }

  /** All cgroups of a process, by controller. */
  Map<String, String> memberships(long pid) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String line : files.read("/proc/" + pid + "/cgroup").split("\n")) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3) {
        for (String controller : parts[1].split(",")) {
          all.put(controller, parts[2]);
        }
      }
    }
    return all;
  }

  /** A cgroup's path below the mount point; {@code ""} for the mounted root itself. */
  private static String relative(Mounted mounted, String cgroup) throws IOException {
    if (cgroup.startsWith("/..")) {
      throw new IOException("the process is in a cgroup outside of what is mounted here");
    }
    String root = mounted.root().equals("/") ? "" : mounted.root();
    String path = cgroup.equals("/") ? "" : cgroup;
    return path.equals(root) || path.startsWith(root + "/") ? path.substring(root.length()) : path;
  }
}
