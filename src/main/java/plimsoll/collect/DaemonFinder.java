package plimsoll.collect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the process that serves a Unix socket, by the socket and not by a name any user may give a
 * program: the inode of the listening socket in {@code /proc/PID/net/unix}, then who holds it in
 * {@code /proc/PID/fd}.
 */
final class DaemonFinder {
  /** {@code __SO_ACCEPTCON}: the socket listens (linux/net.h). */
  private static final String LISTENING = "00010000";

  private final HostFiles files;

  DaemonFinder(HostFiles files) {
    this.files = files;
  }

  /** The daemon was not found; the message says why. */
  static final class NotFoundException extends Exception {
    private static final long serialVersionUID = 1L;

    NotFoundException(String message) {
      super(message);
    }
  }

  /**
   * The process that serves {@code socket}.
   *
   * @throws NotFoundException if none can be seen, or several are left that could be it
   */
  long serving(Path socket) throws NotFoundException {
    try {
      Path real = files.at(socket.toString()).toRealPath();
      List<Long> processes = files.processes();
      Set<String> inodes = listeningOn(real, processes);
      if (inodes.isEmpty()) {
        throw new NotFoundException(
            "no process of this host listens on " + socket + ": what answers there is elsewhere");
      }
      return choose(socket, holders(inodes, processes));
    } catch (IOException e) {
      throw new NotFoundException(HostFiles.reason(e));
    }
  }

  private Set<String> listeningOn(Path socket, List<Long> processes) throws IOException {
    Map<String, List<Long>> byNetwork = new HashMap<>();
    for (long pid : processes) {
      String network = files.tryLink("/proc/" + pid + "/ns/net");
      byNetwork.computeIfAbsent(String.valueOf(network), ns -> new ArrayList<>()).add(pid);
    }
    Object key = Files.getAttribute(socket, "unix:ino");
    Set<String> inodes = new HashSet<>();
    for (List<Long> members : byNetwork.values()) {
      for (long pid : members) {
        String table = files.tryRead("/proc/" + pid + "/net/unix");
        if (table != null) {
          collectInodes(table, pid, socket, key, inodes);
          break;
        }
      }
    }
    return inodes;
  }

  private void collectInodes(String table, long pid, Path socket, Object key, Set<String> inodes) {
    for (String line : table.split("\n")) {
      // Num RefCount Protocol Flags Type St Inode Path
      String[] fields = line.strip().split("\\s+", 8);
      if (fields.length == 8
          && fields[3].equals(LISTENING)
          && fields[7].startsWith("/")
          && isSame(fields[7], pid, socket, key)) {
        inodes.add(fields[6]);
      }
    }
  }

  /**
   * Whether a bound path is the socket: by its real path here, else by its inode under the root of
   * a process in that network namespace. There no link is followed, since that root may be a
   * container's.
   */
  private boolean isSame(String bound, long pid, Path socket, Object key) {
    try {
      Path here = files.at(bound);
      if (Files.exists(here) && here.toRealPath().equals(socket)) {
        return true;
      }
    } catch (IOException e) {
      // Not there in this mount namespace; it may be in the process's.
    }
    try {
      Path there = files.at("/proc/" + pid + "/root" + bound);
      return Files.getAttribute(there, "unix:ino", LinkOption.NOFOLLOW_LINKS).equals(key)
          && Files.getAttribute(there, "unix:dev", LinkOption.NOFOLLOW_LINKS)
              .equals(Files.getAttribute(socket, "unix:dev"));
    } catch (IOException e) {
      return false;
    }
  }

  private List<Long> holders(Set<String> inodes, List<Long> processes) throws NotFoundException {
    List<Long> holders = new ArrayList<>();
    boolean denied = false;
    for (long pid : processes) {
      try (DirectoryStream<Path> open =
          Files.newDirectoryStream(files.at("/proc/" + pid + "/fd"))) {
        for (Path descriptor : open) {
          String target = files.tryLink("/proc/" + pid + "/fd/" + descriptor.getFileName());
          if (target != null
              && target.startsWith("socket:[")
              && inodes.contains(target.substring(8, target.length() - 1))) {
            holders.add(pid);
            break;
          }
        }
      } catch (AccessDeniedException e) {
        denied = true;
      } catch (IOException e) {
        // The process has ended.
      }
    }
    if (holders.isEmpty() && denied) {
      throw new NotFoundException("only root can see which process serves the socket; run as root");
    }
    return holders;
  }

  /**
   * With socket activation the init process holds the socket as well; among several, a root-owned
   * program wins.
   */
  private long choose(Path socket, List<Long> holders) throws NotFoundException {
    List<Long> left = new ArrayList<>(holders);
    if (left.size() > 1) {
      left.remove(Long.valueOf(1));
    }
    if (left.size() > 1) {
      left.removeIf(pid -> !rootOwned(pid));
    }
    if (left.size() != 1) {
      throw new NotFoundException(
          left.isEmpty()
              ? "no process holds the socket " + socket
              : "several processes serve "
                  + socket
                  + ": "
                  + left
                  + "; which one answers is unknown");
    }
    return left.get(0);
  }

  /** Whether a process runs a program that only root could have put there. */
  private boolean rootOwned(long pid) {
    try {
      Path executable = files.at("/proc/" + pid + "/exe");
      int mode = (int) Files.getAttribute(executable, "unix:mode");
      return Files.getAttribute(executable, "unix:uid").equals(0) && (mode & 0022) == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
