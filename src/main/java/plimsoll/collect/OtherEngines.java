package plimsoll.collect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Engine;

/** Container engines beside the one that is audited, whose containers no audit of it shows. */
final class OtherEngines {
  /** What they call themselves, in {@code /proc/PID/comm}. */
  private static final Set<String> NAMES =
      Set.of("dockerd", "podman", "crio", "containerd", "buildkitd", "kubelet", "k3s-server");

  /** Where a containerd is used by a dockerd that was told of no other. */
  private static final String SYSTEM_CONTAINERD = "/run/containerd/containerd.sock";

  private final HostFiles files;
  private final @Nullable DaemonProcess daemon;
  private final Set<String> own = new TreeSet<>();

  /**
   * Beside an engine.
   *
   * @param engine what it says of itself; null where none answered
   * @param daemon its process; null where it was not found
   */
  OtherEngines(HostFiles files, @Nullable Engine engine, @Nullable DaemonProcess daemon) {
    this.files = files;
    this.daemon = daemon;
    if (engine != null) {
      engine.sockets().forEach(socket -> own.add(files.realPath(socket)));
      own.add(SYSTEM_CONTAINERD);
    }
  }

  /** Each with where it listens, without the ids of processes, which are others the next time. */
  List<String> find() throws IOException {
    SortedSet<String> found = new TreeSet<>();
    EngineSockets sockets = new EngineSockets(files);
    String ours = String.valueOf(files.tryLink("/proc/self/ns/mnt"));
    for (long pid : files.processes()) {
      String name = String.valueOf(files.tryRead("/proc/" + pid + "/comm"));
      if (!NAMES.contains(name) || isOwn(pid) || (name.equals("podman") && !serves(pid))) {
        continue;
      }
      Path open = files.at("/proc/" + pid + "/fd");
      if (Files.exists(open) && !Files.isReadable(open)) {
        throw new AccessDeniedException("/proc/" + pid + "/fd");
      }
      SortedSet<String> listens = sockets.heldBy(pid);
      if (name.equals("containerd") && (belongsToDockerd(pid) || !disjoint(listens))) {
        continue;
      }
      if (!ours.equals(files.tryLink("/proc/" + pid + "/ns/mnt"))) {
        // Paths mean other places there.
        found.add(name + " with mounts of its own, as in a container");
      } else if (disjoint(listens)) {
        found.add(listens.isEmpty() ? name : name + " at " + String.join(" and ", listens));
      }
    }
    return List.copyOf(found);
  }

  private boolean isOwn(long pid) {
    return daemon != null && daemon.daemon().pid() == pid;
  }

  private boolean disjoint(Collection<String> sockets) {
    return sockets.stream().noneMatch(own::contains);
  }

  /** Podman has no daemon: only {@code podman system service} is one. */
  private boolean serves(long pid) {
    String line = files.tryRead("/proc/" + pid + "/cmdline");
    return line != null && List.of(line.split("\0")).containsAll(List.of("system", "service"));
  }

  /** A dockerd that finds no containerd starts one. */
  private boolean belongsToDockerd(long pid) throws IOException {
    Map<String, String> status = files.table("/proc/" + pid + "/status");
    return "dockerd".equals(files.tryRead("/proc/" + status.getOrDefault("PPid", "0") + "/comm"));
  }
}
