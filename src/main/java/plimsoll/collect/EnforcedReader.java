package plimsoll.collect;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Capabilities;
import plimsoll.model.Confinement;
import plimsoll.model.Confinement.KernelPaths;
import plimsoll.model.Container;
import plimsoll.model.Devices;
import plimsoll.model.Lifecycle;
import plimsoll.model.Limits;
import plimsoll.model.Namespaces;
import plimsoll.model.Networking;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.model.Seccomp;
import plimsoll.model.SecurityLabel;
import plimsoll.model.User;
import plimsoll.model.View;

/** What the kernel does to a container's first process: {@code /proc/PID} and its cgroups. */
final class EnforcedReader {
  private final HostFiles files;
  private final Cgroups cgroups;
  private final NamespaceReader namespaces;

  EnforcedReader(HostFiles files, Cgroups cgroups, NamespaceReader namespaces) {
    this.files = files;
    this.cgroups = cgroups;
    this.namespaces = namespaces;
  }

  /**
   * The enforced view; one big gap where the process is gone or cannot be shown to be the
   * container's.
   */
  View<Confinement> read(Container container, long pid) {
    try {
      ProcessIdentity before = ProcessIdentity.of(files, pid);
      if (!belongs(container, pid)) {
        return unknown(
            "process "
                + pid
                + " is in no cgroup of this container: it may have been moved, or the engine's"
                + " processes are not this host's");
      }
      View<Confinement> view = new OneProcess(container, pid).read();
      return before.stillThere(files)
          ? view
          : unknown("process " + pid + " ended while it was being read");
    } catch (IOException e) {
      return unknown("process " + pid + " cannot be read: " + HostFiles.reason(e));
    }
  }

  private static View<Confinement> unknown(String reason) {
    Provenance provenance = new Provenance();
    provenance.gap("", reason);
    return provenance.view(Confinement.EMPTY);
  }

  private boolean belongs(Container container, long pid) throws IOException {
    return cgroups.memberships(pid).values().stream()
        .anyMatch(cgroup -> cgroup.contains(container.identity().id()));
  }

  private final class OneProcess {
    private final Container container;
    private final long pid;
    private final String status;
    private final Map<String, String> fields;
    private final Provenance provenance = new Provenance();

    OneProcess(Container container, long pid) throws IOException {
      this.container = container;
      this.pid = pid;
      this.status = "/proc/" + pid + "/status";
      this.fields = files.table(status);
    }

    View<Confinement> read() {
      return provenance.view(
          new Confinement(
              null,
              user(),
              capabilities(),
              new Seccomp(seccompMode(), null, null, null),
              SecurityLabel.EMPTY,
              noNewPrivileges(),
              namespaceFacts(),
              List.of(),
              readOnlyRoot(),
              KernelPaths.EMPTY,
              Devices.EMPTY,
              limits(),
              Networking.EMPTY,
              Lifecycle.EMPTY,
              null,
              null,
              Map.of(),
              null,
              List.of(),
              Map.of(),
              List.of()));
    }

    private @Nullable String field(String pointer, String name) {
      provenance.origin(pointer, Origin.kernel(status, name));
      String value = fields.get(name);
      if (value == null) {
        provenance.gap(pointer, status + " has no line " + name);
      }
      return value;
    }

    private User user() {
      String ids = field("/user", "Uid");
      try {
        UserMap map = UserMap.parse(files.read("/proc/" + pid + "/uid_map"));
        return ids == null ? User.EMPTY : map.strongest(ids.split("\\s+"));
      } catch (IOException e) {
        provenance.gap("/user", HostFiles.reason(e));
        return User.EMPTY;
      }
    }

    private Capabilities capabilities() {
      String bounding = field("/capabilities/bounding", "CapBnd");
      String permitted = field("/capabilities/effective", "CapPrm");
      String ambient = fields.getOrDefault("CapAmb", "0");
      provenance.origin("/capabilities/unrequested", Origin.kernel(status, "CapBnd"));
      if (bounding == null || permitted == null) {
        provenance.gap("/capabilities", status + " shows no capabilities");
        return Capabilities.EMPTY;
      }
      SortedSet<String> effective = new TreeSet<>(Capabilities.fromMask(permitted));
      effective.addAll(Capabilities.fromMask(ambient));
      SortedSet<String> all = Capabilities.fromMask(bounding);
      SortedSet<String> unrequested = new TreeSet<>(all);
      SortedSet<String> added = container.requested().facts().capabilities().added();
      unrequested.removeAll(added.contains("ALL") ? Capabilities.ALL : added);
      SortedSet<String> none = new TreeSet<>();
      return new Capabilities(none, none, all, effective, unrequested);
    }

    private Seccomp.@Nullable Mode seccompMode() {
      String mode = fields.get("Seccomp");
      provenance.origin("/seccomp/mode", Origin.kernel(status, "Seccomp"));
      if (mode == null) {
        // A kernel built without seccomp has no such line.
        return Seccomp.Mode.DISABLED;
      }
      return switch (mode) {
        case "0" -> Seccomp.Mode.DISABLED;
        case "1" -> Seccomp.Mode.STRICT;
        case "2" -> Seccomp.Mode.FILTER;
        default -> {
          provenance.gap("/seccomp/mode", status + " shows the unknown seccomp mode " + mode);
          yield null;
        }
      };
    }

    private @Nullable Boolean noNewPrivileges() {
      String value = field("/noNewPrivileges", "NoNewPrivs");
      return value == null ? null : (Boolean) value.equals("1");
    }

    private Namespaces namespaceFacts() {
      return new Namespaces(
          namespaces.read(pid, "network", "net", provenance),
          namespaces.read(pid, "pid", "pid", provenance),
          namespaces.read(pid, "ipc", "ipc", provenance),
          namespaces.read(pid, "uts", "uts", provenance),
          namespaces.read(pid, "user", "user", provenance),
          namespaces.read(pid, "cgroup", "cgroup", provenance));
    }

    /**
     * Whether {@code /} is mounted read-only: the mount's own option, not the file system's,
     * counts.
     */
    private @Nullable Boolean readOnlyRoot() {
      String file = "/proc/" + pid + "/mountinfo";
      provenance.origin("/readOnlyRoot", Origin.kernel(file, "/"));
      try {
        Boolean found = null;
        for (String line : files.read(file).split("\n")) {
          String[] mount = line.split(" ");
          if (mount.length > 5 && mount[4].equals("/")) {
            found = List.of(mount[5].split(",")).contains("ro");
          }
        }
        if (found == null) {
          provenance.gap("/readOnlyRoot", file + " shows no root: the process has changed its own");
        }
        return found;
      } catch (IOException e) {
        provenance.gap("/readOnlyRoot", HostFiles.reason(e));
        return null;
      }
    }

    private Limits limits() {
      return new Limits(
          limit("/limits/pids", () -> cgroups.pids(pid)),
          new Limits.Memory(
              limit("/limits/memory/limit", () -> cgroups.memory(pid)), null, null, null, null),
          Limits.Cpu.EMPTY,
          Limits.BlockIo.EMPTY,
          List.of());
    }

    private @Nullable Long limit(String pointer, LimitSource source) {
      try {
        Cgroups.Limit limit = source.read();
        Origin origin = Origin.kernel(limit.file(), null);
        String ancestor = limit.ancestor();
        provenance.origin(
            pointer, ancestor == null ? origin : origin.providedBy("ancestor " + ancestor));
        return limit.value();
      } catch (IOException e) {
        provenance.gap(pointer, HostFiles.reason(e));
        return null;
      }
    }
  }

  private interface LimitSource {
    Cgroups.Limit read() throws IOException;
  }
}
