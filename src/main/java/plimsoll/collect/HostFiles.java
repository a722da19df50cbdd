package plimsoll.collect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The host's files, from a root that is {@code /} except in tests. Paths given and reported are the
 * host's own.
 */
final class HostFiles {
  private static final int MAX_BYTES = 16 << 20;
  private final Path root;

  HostFiles(Path root) {
    this.root = root;
  }

  /** Where an absolute path of the host lies. */
  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  /** A file's text. Files of the kernel are read to their end, whatever size they claim. */
  String read(String path) throws IOException {
    try (var in = Files.newInputStream(at(path))) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    }
  }

  /** A file's text without the white space around it; null where it cannot be read. */
  @Nullable String tryRead(String path) {
    try {
      return read(path).strip();
    } catch (IOException e) {
      return null;
    }
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
        String name = entry.getFileName().toString();
        if (name.matches("[0-9]{1,10}")) {
          pids.add(Long.parseLong(name));
        }
      }
    }
    return pids;
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
