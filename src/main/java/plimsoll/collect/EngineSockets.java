package plimsoll.collect;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import plimsoll.model.Engine;

/**
 * Sockets on which container engines and runtimes of this host listen, wherever they put them:
 * whoever writes to one owns the host.
 */
final class EngineSockets {
  /** What the programs call themselves, in {@code /proc/PID/comm}. */
  private static final Set<String> ENGINES =
      Set.of("dockerd", "containerd", "podman", "crio", "buildkitd", "cri-dockerd", "rootlesskit");

  private final HostFiles files;

  EngineSockets(HostFiles files) {
    this.files = files;
  }

  /** Their paths, as the host's other processes see them, with the usual ones that are there. */
  SortedSet<String> find() {
    SortedSet<String> sockets = new TreeSet<>();
    for (String socket : Engine.USUAL_SOCKETS) {
      if (Files.exists(files.at(socket))) {
        sockets.add(socket);
      }
    }
    try {
      String ours = files.tryLink("/proc/self/ns/mnt");
      for (long pid : files.processes()) {
        // An engine that sees other mounts, such as one in a container, means other paths.
        if (ENGINES.contains(String.valueOf(files.tryRead("/proc/" + pid + "/comm")))
            && String.valueOf(ours).equals(files.tryLink("/proc/" + pid + "/ns/mnt"))) {
          sockets.addAll(heldBy(pid));
        }
      }
    } catch (IOException e) {
      // Without /proc only the usual ones are known.
    }
    return sockets;
  }

  /** Those that a process listens on. */
  SortedSet<String> heldBy(long pid) {
    SortedSet<String> held = new TreeSet<>();
    Map<String, String> listening = DaemonFinder.listening(files, pid);
    try (DirectoryStream<Path> open = Files.newDirectoryStream(files.at("/proc/" + pid + "/fd"))) {
      for (Path descriptor : open) {
        String target =
            String.valueOf(files.tryLink("/proc/" + pid + "/fd/" + descriptor.getFileName()));
        String path =
            target.startsWith("socket:[")
                ? listening.get(target.substring(8, target.length() - 1))
                : null;
        // Through libnetwork's socket nothing but a network of its own sandbox can be set up.
        if (path != null && !path.contains("/libnetwork/")) {
          held.add(files.realPath(path));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Only root may look.
    }
    return held;
  }
}
