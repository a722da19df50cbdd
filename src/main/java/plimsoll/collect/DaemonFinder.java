package plimsoll.collect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the process that serves a Unix socket, by the socket and not by a name any user may give a
 * program: the inode of the listening socket in {@code /proc/PID/net/unix}, then who holds it in
 * {@code /proc/PID/fd}.
 */
final class DaemonFinder {
  /** {@code __SO_ACCEPTCON}: the socket listens (linux/net.h). */
  private static final String LISTENING = "00010000";

  /** Steps through a path before a circle of symbolic links is assumed; Linux itself follows 40. */
  private static final int MAX_STEPS = 400;

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
      return choose(socket, holders(real, listening(processes), processes));
    } catch (IOException e) {
      throw new NotFoundException(HostFiles.reason(e));
    }
  }

  /**
   * Listening sockets of all network namespaces: inode to the path each was bound to, as its
   * process saw it.
   */
  private Map<String, String> listening(List<Long> processes) {
    Map<String, String> paths = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (long pid : processes) {
      String network = files.tryLink("/proc/" + pid + "/ns/net");
      if (network == null || seen.add(network)) {
        paths.putAll(listening(files, pid));
      }
    }
    return paths;
  }

  /** The same of one process's network namespace. */
  static Map<String, String> listening(HostFiles files, long pid) {
    Map<String, String> paths = new HashMap<>();
    String table = files.tryRead("/proc/" + pid + "/net/unix");
    for (String line : table == null ? new String[0] : table.split("\n")) {
      // Num RefCount Protocol Flags Type St Inode Path
      String[] fields = line.strip().split("\\s+", 8);
      if (fields.length == 8 && fields[3].equals(LISTENING) && fields[7].startsWith("/")) {
        paths.put(fields[6], fields[7]);
      }
    }
    return paths;
  }

  /**
   * Who holds a listening socket that, in that process's own view of the file system, is the wanted
   * one.
   */
  private List<Long> holders(Path socket, Map<String, String> listening, List<Long> processes)
      throws NotFoundException, IOException {
    SocketFile wanted = SocketFile.of(socket);
    List<Long> holders = new ArrayList<>();
    boolean denied = false;
    for (long pid : processes) {
      try {
        if (holds(pid, wanted, listening)) {
          holders.add(pid);
        }
      } catch (AccessDeniedException e) {
        denied = true;
      } catch (IOException | DirectoryIteratorException e) {
        // The process has ended.
      }
    }
    if (holders.isEmpty() && denied) {
      throw new NotFoundException("only root can see which process serves the socket; run as root");
    }
    return holders;
  }

  private boolean holds(long pid, SocketFile wanted, Map<String, String> listening)
      throws IOException {
    if (!mayHaveMade(pid, wanted)) {
      return false;
    }
    try (DirectoryStream<Path> open = Files.newDirectoryStream(files.at("/proc/" + pid + "/fd"))) {
      for (Path descriptor : open) {
        String target = files.tryLink("/proc/" + pid + "/fd/" + descriptor.getFileName());
        String bound =
            target == null || !target.startsWith("socket:[")
                ? null
                : listening.get(target.substring(8, target.length() - 1));
        if (bound != null && wanted.equals(asSeenBy(pid, bound))) {
          return true;
        }
      }
    }
    return false;
  }

  /** What tells one file from another. */
  private record SocketFile(Object device, Object inode, Object owner) {
    static SocketFile of(Path path) throws IOException {
      return new SocketFile(
          Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS),
          Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS),
          Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    }
  }

  /**
   * Only root and the socket's owner can have put it there: anybody else who seems to serve it
   * pretends to.
   */
  private boolean mayHaveMade(long pid, SocketFile socket) throws IOException {
    String[] ids = files.table("/proc/" + pid + "/status").getOrDefault("Uid", "").split("\\s+");
    return ids.length == 4 && (ids[1].equals("0") || ids[1].equals(socket.owner().toString()));
  }

  /**
   * The file a process means by a path; null where it cannot be told. A process with mounts of its
   * own can bind a socket to any path it likes, so there the path is resolved below that process's
   * root, links included.
   */
  private @Nullable SocketFile asSeenBy(long pid, String path) {
    try {
      String theirs = files.link("/proc/" + pid + "/ns/mnt");
      return SocketFile.of(
          theirs.equals(files.tryLink("/proc/self/ns/mnt"))
              ? files.at(path).toRealPath()
              : below(files.at("/proc/" + pid + "/root"), Path.of(path)));
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Resolves a path as if {@code root} were the root directory: the kernel itself would follow its
   * links outside.
   */
  private static Path below(Path root, Path path) throws IOException {
    Deque<Path> names = new ArrayDeque<>();
    path.forEach(names::addLast);
    Path at = root;
    int steps = 0;
    while (!names.isEmpty()) {
      Path name = names.removeFirst();
      Path next =
          name.toString().equals("..") ? at.equals(root) ? at : at.getParent() : at.resolve(name);
      if (next == null || ++steps > MAX_STEPS) {
        throw new IOException("too many symbolic links: " + path);
      }
      if (Files.isSymbolicLink(next)) {
        Path target = Files.readSymbolicLink(next);
        at = target.isAbsolute() ? root : at;
        List<Path> more = new ArrayList<>();
        target.forEach(more::add);
        Collections.reverse(more);
        more.forEach(names::addFirst);
      } else {
        at = next;
      }
    }
    return at;
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
              ? "no process of this host listens on " + socket + ": what answers there is elsewhere"
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
