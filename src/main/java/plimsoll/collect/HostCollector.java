package plimsoll.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Capabilities;
import plimsoll.model.Host;
import plimsoll.model.HostFile;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.model.View;

/** The machine itself: what it runs, and what it has for confining containers. */
final class HostCollector {
  private final HostFiles files;
  private final Provenance provenance = new Provenance();

  HostCollector(HostFiles files) {
    this.files = files;
  }

  /**
   * Reads the host's facts.
   *
   * @param paths paths whose real place is wanted
   * @param known sockets that engines are known to listen on
   * @param around what of an engine lies on the host; null where nobody wants to know
   */
  View<Host> collect(
      Cgroups cgroups,
      Collection<String> paths,
      Collection<String> known,
      @Nullable AroundEngine around) {
    provenance.origin("/cgroups", Origin.kernel("/proc/self/mountinfo", null));
    if (cgroups.version() == null) {
      provenance.gap("/cgroups", "no cgroup hierarchy is mounted where this process can see it");
    }
    provenance.origin("/distribution", Origin.host("/etc/os-release"));
    provenance.origin("/system", Origin.host("/etc/os-release"));
    SystemRelease release = SystemRelease.read(files);
    SortedSet<String> sockets = new EngineSockets(files).find();
    sockets.addAll(known);
    Map<String, String> memory = table("/proc/meminfo", "/memory", "/swap");
    Host.Group group = around == null ? null : around.group(provenance);
    Host.DataRoot dataRoot = around == null ? null : around.dataRoot(provenance);
    List<HostFile> all = around == null ? null : around.files(provenance);
    return provenance.view(
        new Host(
            files.tryRead("/proc/sys/kernel/hostname"),
            release.name(),
            files.tryRead("/proc/sys/kernel/osrelease"),
            securityModules(),
            new Host.Cgroups(
                cgroups.version(), cgroups.layout(), List.copyOf(cgroups.controllers())),
            kibibytes(memory.get("MemTotal")),
            kibibytes(memory.get("SwapTotal")),
            capabilities(),
            sockets,
            new KernelSettings(files, provenance).read(),
            group,
            dataRoot,
            all,
            links(paths, sockets),
            release.containerSystem(),
            processors(),
            around == null ? null : around.components(provenance),
            around == null ? null : around.otherEngines(provenance),
            List.of()));
  }

  /** {@code 0-3,6}. */
  private @Nullable Integer processors() {
    String path = "/sys/devices/system/cpu/online";
    provenance.origin("/processors", Origin.kernel(path, null));
    String text = files.tryRead(path);
    if (text == null || !text.matches("[0-9]{1,6}(-[0-9]{1,6})?(,[0-9]{1,6}(-[0-9]{1,6})?)*")) {
      return null;
    }
    int count = 0;
    for (String range : text.split(",")) {
      String[] ends = range.split("-", 2);
      count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
    }
    return count;
  }

  private SortedSet<String> securityModules() {
    SortedSet<String> modules = new TreeSet<>();
    String listed = files.tryRead("/sys/kernel/security/lsm");
    if (listed != null) {
      provenance.origin("/securityModules", Origin.kernel("/sys/kernel/security/lsm", null));
      modules.addAll(List.of(listed.split(",")));
      return modules;
    }
    // securityfs is not mounted: ask the modules that confine containers one by one.
    provenance.origin(
        "/securityModules", Origin.kernel("/sys/module/apparmor/parameters/enabled", null));
    if ("Y".equals(files.tryRead("/sys/module/apparmor/parameters/enabled"))) {
      modules.add("apparmor");
    }
    if (Files.exists(files.at("/sys/fs/selinux/enforce"))) {
      modules.add("selinux");
    }
    return modules;
  }

  private SortedSet<String> capabilities() {
    SortedSet<String> names = new TreeSet<>();
    String last = files.tryRead("/proc/sys/kernel/cap_last_cap");
    provenance.origin("/capabilities", Origin.kernel("/proc/sys/kernel/cap_last_cap", null));
    if (last == null || !last.matches("[0-9]{1,2}")) {
      provenance.gap("/capabilities", "/proc/sys/kernel/cap_last_cap cannot be read");
      return names;
    }
    names.addAll(
        Capabilities.ALL.subList(0, Math.min(Integer.parseInt(last) + 1, Capabilities.ALL.size())));
    return names;
  }

  /**
   * For each path where it really is, where that is somewhere else: behind a symbolic link, or what
   * an engine's socket and the directories above it are called elsewhere (a hard link, a bind mount
   * of the host's own).
   */
  private Map<String, String> links(Collection<String> paths, SortedSet<String> sockets) {
    Map<String, String> identities = new HashMap<>();
    for (String socket : sockets) {
      for (Path at = Path.of(files.realPath(socket)); at != null; at = at.getParent()) {
        String identity = files.identity(at.toString());
        if (identity != null) {
          identities.putIfAbsent(identity, at.toString());
        }
      }
    }
    Map<String, String> links = new TreeMap<>();
    for (String path : paths) {
      String real = files.realPath(path);
      String identity = files.identity(real);
      String where = identity == null ? real : identities.getOrDefault(identity, real);
      if (!where.equals(path)) {
        links.put(path, where);
      }
    }
    return links;
  }

  private Map<String, String> table(String path, String... pointers) {
    for (String pointer : pointers) {
      provenance.origin(pointer, Origin.kernel(path, null));
    }
    try {
      return files.table(path);
    } catch (IOException e) {
      for (String pointer : pointers) {
        provenance.gap(pointer, HostFiles.reason(e));
      }
      return Map.of();
    }
  }

  private static @Nullable Long kibibytes(@Nullable String value) {
    return value == null ? null : Long.parseLong(value.replaceAll("[^0-9]", "")) * 1024;
  }
}
