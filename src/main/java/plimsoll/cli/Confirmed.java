package plimsoll.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which host configurations a canary has confirmed, by configuration, engine, boot and version of
 * this program: in {@code plimsoll/canary} below the user's cache folder, which nobody else can
 * write.
 */
final class Confirmed {
  private final Path folder;
  private final String around;

  /**
   * What was confirmed.
   *
   * @param engine the engine's own id, and its version
   */
  Confirmed(Edges edges, String engine) {
    String cache = edges.environment().getOrDefault("XDG_CACHE_HOME", "");
    String home = edges.environment().getOrDefault("HOME", "/");
    this.folder =
        (cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache)).resolve("plimsoll/canary");
    this.around = engine + "\n" + boot(edges.root()) + "\n" + Version.tool().version() + "\n";
  }

  private static String boot(Path root) {
    try {
      return Files.readString(root.resolve("proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  boolean has(String configuration) {
    try {
      Path file = file(configuration);
      if (!Files.isRegularFile(file)) {
        return false;
      }
      Trust.OWNERS.require(file);
      return true;
    } catch (UnusableException e) {
      return false;
    }
  }

  /** Remembers one; where that cannot be written, the next canary runs again. */
  void add(String configuration) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Files.writeString(file(configuration), "");
    } catch (IOException e) {
      // See above.
    }
  }

  private Path file(String configuration) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((around + configuration).getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
