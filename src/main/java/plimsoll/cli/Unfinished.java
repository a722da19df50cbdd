package plimsoll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Files that are being written: they go when the program is interrupted. */
final class Unfinished {
  private static final Set<Path> FILES = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> FILES.forEach(Unfinished::delete), "unfinished"));
  }

  private Unfinished() {}

  static void add(Path file) {
    FILES.add(file);
  }

  /** It is whole, or has another name now. */
  static void remove(Path file) {
    FILES.remove(file);
  }

  static void delete(Path file) {
    FILES.remove(file);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What led here is worth telling, this is not.
    }
  }
}
