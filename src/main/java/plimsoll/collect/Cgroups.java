package plimsoll.collect;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<Long, Map<String, String>> memberships = new ConcurrentHashMap<>();
  private final Map<String, String> ancestors = new ConcurrentHashMap<>();
  private volatile @Nullable Boolean hasNoSwap;

  private Cgroups(HostFiles files, Map<String, Mounted> mounts) {
    this.files = files;
    this.mounts = mounts;
  }

  /** A hierarchy: its mount point, and which of its directories is mounted there. */
  record Mounted(String point, String root) {}

  /**
   * A value in force.
   *
   * @param value the value; null for no limit
   * @param file the file that shows it: the one that sets the limit, else the process's own
   *     cgroup's
   * @param ancestor the cgroup that sets it, if that is not the process's own
   */
  record Shown<T>(@Nullable T value, String file, @Nullable String ancestor) {}

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

  /** Which hierarchies are mounted; null for none. */
  @Nullable String layout() {
    Integer version = version();
    if (version == null) {
      return null;
    }
    return version == 2 ? "unified" : mounts.containsKey(UNIFIED) ? "hybrid" : "legacy";
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
  Shown<Long> pids(long pid) throws IOException {
    return smallest(pid, "pids", file("pids", "pids.max", "pids.max"), Cgroups::value);
  }

  /** The limit on memory that binds process {@code pid}, in bytes. */
  Shown<Long> memory(long pid) throws IOException {
    return smallest(
        pid, "memory", file("memory", "memory.limit_in_bytes", "memory.max"), Cgroups::value);
  }

  /**
   * How much a process may have swapped out, in bytes.
   *
   * @param memory its limit on memory, which version 1 counts in
   */
  Shown<Long> swap(long pid, long memory) throws IOException {
    if (hasNoSwap()) {
      // A host without swap swaps nothing, whatever the files say.
      return new Shown<>(0L, "/proc/meminfo", null);
    }
    Shown<Long> found =
        smallest(
            pid,
            "memory",
            file("memory", "memory.memsw.limit_in_bytes", "memory.swap.max"),
            Cgroups::value);
    Long value = found.value();
    return value == null || !legacy("memory")
        ? found
        : new Shown<>(Math.max(0, value - memory), found.file(), found.ancestor());
  }

  private boolean hasNoSwap() {
    Boolean known = hasNoSwap;
    if (known == null) {
      String text = files.tryRead("/proc/meminfo");
      known = text != null && text.matches("(?s).*SwapTotal: *0 kB.*");
      hasNoSwap = known;
    }
    return known;
  }

  /** Whether the kernel does not kill in this cgroup when memory runs out: version 1 only. */
  Shown<Boolean> oomKillDisabled(long pid) throws IOException {
    if (!legacy("memory")) {
      return new Shown<>(false, path(pid, "memory", "memory.max"), null);
    }
    String path = path(pid, "memory", "memory.oom_control");
    return new Shown<>(files.read(path).contains("oom_kill_disable 1"), path, null);
  }

  /** The rules of the device controller; null on version 2, which has them as a program. */
  @Nullable Shown<List<String>> devices(long pid) throws IOException {
    if (!legacy("devices")) {
      return null;
    }
    String path = path(pid, "devices", "devices.list");
    return new Shown<>(List.of(files.read(path).strip().split("\n")), path, null);
  }

  /** Whether a controller is in a hierarchy of version 1. */
  boolean legacy(String controller) {
    return mounts.containsKey(controller);
  }

  /** The name of a file of a controller. */
  String file(String controller, String v1File, String v2File) {
    return legacy(controller) ? v1File : v2File;
  }

  /** Where a controller is mounted. */
  Mounted mounted(String controller) throws IOException {
    Mounted mounted = mounts.get(legacy(controller) ? controller : UNIFIED);
    if (mounted == null) {
      throw new IOException("the cgroup controller " + controller + " is not mounted");
    }
    return mounted;
  }

  /** The cgroup of a process below the mount point of a controller. */
  String own(long pid, String controller) throws IOException {
    return relative(
        mounted(controller), membership(pid, legacy(controller) ? controller : UNIFIED));
  }

  /** The path of a file of the cgroup of a process. */
  String path(long pid, String controller, String file) throws IOException {
    return mounted(controller).point() + own(pid, controller) + "/" + file;
  }

  /** What a file says; null for no limit. */
  interface Parse<T> {
    @Nullable T of(String text) throws IOException;
  }

  /** The smallest value of the process's own cgroup and all its ancestors. */
  <T extends Comparable<T>> Shown<T> smallest(
      long pid, String controller, String file, Parse<T> parse) throws IOException {
    Mounted mounted = mounted(controller);
    String own = own(pid, controller);
    Shown<T> found = new Shown<>(null, mounted.point() + own + "/" + file, null);
    for (String at = own; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      String path = mounted.point() + at + "/" + file;
      T value = parse.of(at.equals(own) ? files.read(path).strip() : shared(path));
      if (value != null && (found.value() == null || value.compareTo(found.value()) < 0)) {
        found = new Shown<>(value, path, at.equals(own) ? null : at.substring(1));
      }
    }
    return found;
  }

  /** A file of a cgroup above those of containers, which is that of them all: read once. */
  String shared(String path) throws IOException {
    String text = ancestors.get(path);
    if (text == null) {
      text = files.read(path).strip();
      ancestors.put(path, text);
    }
    return text;
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
    Map<String, String> known = memberships.get(pid);
    if (known != null) {
      return known;
    }
    Map<String, String> all = readMemberships(pid);
    memberships.put(pid, all);
    return all;
  }

  private Map<String, String> readMemberships(long pid) throws IOException {
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

  /** Whether a process is in the cgroups that {@link #memberships} gave before. */
  boolean isStillWhereItWas(long pid) {
    try {
      return readMemberships(pid).equals(memberships.get(pid));
    } catch (IOException e) {
      return false;
    }
  }

  /** The cgroups of a process that limit it, by controller. */
  Map<String, String> limiting(long pid) throws IOException {
    Map<String, String> limiting = new TreeMap<>(memberships(pid));
    Integer version = version();
    if (version != null && version == 2) {
      limiting.keySet().retainAll(Set.of(UNIFIED));
    } else {
      limiting.keySet().retainAll(Set.of("memory", "pids", "cpu", "devices"));
    }
    return limiting;
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
