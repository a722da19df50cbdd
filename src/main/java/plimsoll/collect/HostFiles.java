package plimsoll.collect;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Mount;

/**
 * The host's files, from a root that is {@code /} except in tests. Paths given and reported are the
 * host's own.
 */
final class HostFiles {
  /** What the kernel puts behind the link to a program whose file is not there any more. */
  static final String REPLACED = " (deleted)";

  private static final int MAX_BYTES = 16 << 20;
  private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[8192]);
  private final Path root;

  HostFiles(Path root) {
    this.root = root;
  }

  /** The programs of the host these files are of. */
  HostCommands commands() {
    return new HostCommands(root.equals(Path.of("/")));
  }

  /** Where an absolute path of the host lies. */
  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  /** A file's text. Files of the kernel are read to their end, whatever size they claim. */
  String read(String path) throws IOException {
    Path file = at(path);
    byte[] bytes = BUFFER.get();
    int length = 0;
    // A stream of the old kind: an audit reads thousands of small files, and channels cost more.
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      int read = in.read(bytes, 0, bytes.length);
      while (read >= 0 && length < MAX_BYTES) {
        length += read;
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * length);
        }
        read = in.read(bytes, length, bytes.length - length);
      }
    } catch (FileNotFoundException e) {
      // Only the newer kind tells why.
      Files.newInputStream(file).close();
      throw e;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** A file's text without the white space around it; null where it cannot be read. */
  @Nullable String tryRead(String path) {
    try {
      return read(path).strip();
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether there is something at a path. */
  boolean exists(String path) {
    return Files.exists(at(path), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether there is a folder at a path, symbolic links followed. */
  boolean isFolder(String path) {
    return Files.isDirectory(at(path));
  }

  /** Bytes that are free on the file system that holds a path; null where that is not known. */
  @Nullable Long free(String path) {
    try {
      return Files.getFileStore(at(path)).getUsableSpace();
    } catch (IOException e) {
      return null;
    }
  }

  /** {@code MAJOR:MINOR} of a device node, symbolic links followed. */
  String deviceNumber(String path) throws IOException {
    try {
      long number = ((Number) Files.getAttribute(at(path), "unix:rdev")).longValue();
      long major = (number >>> 8 & 0xfff) | (number >>> 32 & ~0xfffL);
      long minor = (number & 0xff) | (number >>> 12 & ~0xffL);
      return major + ":" + minor;
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw new IOException(path + ": this platform does not tell device numbers", e);
    }
  }

  /** What tells a file from others, by whatever path it is reached; null where there is none. */
  @Nullable String identity(String path) {
    try {
      return Files.getAttribute(at(path), "unix:dev")
          + ":"
          + Files.getAttribute(at(path), "unix:ino");
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      return null;
    }
  }

  /**
   * Where a path of the host really leads; of one that is not there yet, as far as there is
   * something, for whoever makes the rest follows the links before it. Itself where that cannot be
   * told.
   */
  String realPath(String path) {
    String missing = "";
    for (String there = path; !there.isEmpty(); ) {
      try {
        String real = "/" + at("/").toRealPath().relativize(at(there).toRealPath());
        return missing.isEmpty() ? real : Mount.clean(real + missing);
      } catch (IOException | IllegalArgumentException e) {
        int last = there.lastIndexOf('/');
        missing = there.substring(Math.max(last, 0)) + missing;
        there = there.substring(0, Math.max(last, 0));
      }
    }
    return path;
  }

  /** Where a symbolic link, or one of the kernel's magic links, points. */
  String link(String path) throws IOException {
    return Files.readSymbolicLink(at(path)).toString();
  }

  /** A link's target; null where it cannot be read. */
  @Nullable String tryLink(String path) {
    try {
      return link(path);
    } catch (IOException e) {
      return null;
    }
  }

  /** {@code NAME: VALUE} lines, as in {@code /proc/PID/status} and {@code /proc/meminfo}. */
  Map<String, String> table(String path) throws IOException {
    Map<String, String> table = new LinkedHashMap<>();
    for (String line : read(path).split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        table.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return table;
  }

  /** The ids of all processes that can be seen. */
  List<Long> processes() throws IOException {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(at("/proc"), "[1-9]*")) {
      for (Path entry : entries) {
        Long pid = id(entry.getFileName().toString());
        if (pid != null) {
          pids.add(pid);
        }
      }
    }
    return pids;
  }

  /** A process's or thread's id; null for another name. */
  private static @Nullable Long id(String name) {
    boolean digits = name.length() <= 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && !name.isEmpty() ? Long.valueOf(name) : null;
  }

  /** The ids of a process's threads, its own first. */
  List<Long> threads(long pid) {
    List<Long> threads = new ArrayList<>(List.of(pid));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(at("/proc/" + pid + "/task"))) {
      for (Path entry : entries) {
        Long thread = id(entry.getFileName().toString());
        if (thread != null && thread != pid) {
          threads.add(thread);
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // It has ended.
    }
    return threads;
  }

  /**
   * A thread of a process that runs: the process's own, unless that one has exited before the
   * others, when the kernel shows little of it. {@code /proc/TID} is as good as {@code /proc/PID}.
   */
  long living(long pid) {
    String leader = tryRead("/proc/" + pid + "/status");
    if (leader == null || !ended(leader)) {
      return pid;
    }
    for (long thread : threads(pid)) {
      String status = tryRead("/proc/" + pid + "/task/" + thread + "/status");
      if (status != null && !ended(status)) {
        return thread;
      }
    }
    return pid;
  }

  /** Whether {@code /proc/PID/status} is that of a zombie. */
  static boolean ended(String status) {
    return status.contains("\nState:\tZ") || status.contains("\nState:\tX");
  }

  /** Why something could not be read, for a gap's reason. */
  static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return failure.getMessage() + ": permission denied; run as root";
    }
    if (failure instanceof NoSuchFileException) {
      return failure.getMessage() + ": no such file";
    }
    return String.valueOf(failure.getMessage());
  }
}
