package plimsoll.collect;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Namespaces.Namespace;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/**
 * Compares a process's namespaces with those the machine booted with and with the daemon's: for a
 * daemon in namespaces of its own, {@code --network host} gives a container the daemon's.
 */
final class NamespaceReader {
  /** Inode numbers of the initial namespaces that are the same on every boot (linux/proc_ns.h). */
  private static final Map<String, String> FIXED =
      Map.of(
          "ipc", "ipc:[4026531839]",
          "uts", "uts:[4026531838]",
          "user", "user:[4026531837]",
          "pid", "pid:[4026531836]",
          "cgroup", "cgroup:[4026531835]");

  private final HostFiles files;
  private final Map<String, String> initial = new HashMap<>(FIXED);
  private final Map<String, String> daemon = new HashMap<>();

  /**
   * Reads what will be compared with.
   *
   * @param daemonPid the daemon's process; null where it was not found
   */
  NamespaceReader(HostFiles files, @Nullable Long daemonPid) {
    this.files = files;
    // /proc/1/ns may be closed even to root; kthreadd lives in the initial namespaces as well.
    boolean kernelThread = "kthreadd".equals(files.tryRead("/proc/2/comm"));
    for (String kind : new String[] {"net", "pid", "ipc", "uts", "user", "cgroup"}) {
      if (kernelThread) {
        put(initial, kind, files.tryLink("/proc/2/ns/" + kind));
      }
      if (daemonPid != null) {
        put(daemon, kind, files.tryLink("/proc/" + daemonPid + "/ns/" + kind));
      }
    }
  }

  private static void put(Map<String, String> map, String kind, @Nullable String link) {
    if (link != null) {
      map.put(kind, link);
    }
  }

  /**
   * The namespace of one kind of the process in {@code folder}; a gap where it cannot be read or
   * there is nothing to compare it with.
   */
  Namespace read(String folder, String name, String kind, Provenance provenance) {
    String file = folder + "/ns/" + kind;
    String pointer = "/namespaces/" + name;
    provenance.origin(pointer, Origin.kernel(file, null));
    String link;
    try {
      link = files.link(file);
    } catch (IOException e) {
      provenance.gap(pointer, HostFiles.reason(e));
      return Namespace.EMPTY;
    }
    String boot = initial.get(kind);
    String engine = daemon.get(kind);
    if (boot == null && engine == null) {
      provenance.gap(pointer, "neither the initial namespace nor the daemon's can be read");
      return Namespace.EMPTY;
    }
    boolean isInitial = link.equals(boot);
    boolean host = isInitial || link.equals(engine);
    return new Namespace(
        host ? Mode.HOST : Mode.PRIVATE,
        null,
        host,
        boot == null ? null : (Boolean) isInitial,
        link);
  }
}
