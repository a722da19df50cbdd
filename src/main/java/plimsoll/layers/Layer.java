package plimsoll.layers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a layer adds, and what it takes away from those below it. */
final class Layer {
  private static final int MAX_FOUND = 10_000;
  private static final char FOLDER = 'd';
  private static final char OTHER = 'f';
  private static final char DELETED = 'w';
  private static final char EMPTIED = 'o';

  private final Map<String, String> privileged = new LinkedHashMap<>();
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final PathSet paths = new PathSet();

  /** Something is at a path; what was known of an earlier entry of that path no longer holds. */
  void at(String path, boolean folder) {
    paths.add(folder ? FOLDER : OTHER, path);
    privileged.remove(path);
    secrets.remove(path);
  }

  /**
   * Takes a file that says what lower layers have lost, as the OCI image specification has it:
   * {@code .wh.NAME} and {@code .wh..wh..opq}.
   *
   * @return whether it is one
   */
  boolean whiteout(String path) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    String folder = path.substring(0, slash);
    if (!name.startsWith(".wh.")) {
      return false;
    }
    if (name.equals(".wh..wh..opq")) {
      paths.add(EMPTIED, folder);
    } else if (!name.startsWith(".wh..wh.")) {
      paths.add(DELETED, folder + "/" + name.substring(".wh.".length()));
    }
    return true;
  }

  void privileged(String path, String gains) throws BadArchiveException {
    privileged.put(path, gains);
    if (privileged.size() > MAX_FOUND) {
      throw new BadArchiveException("a layer has more than " + MAX_FOUND + " setuid programs");
    }
  }

  void secret(String path, String what) throws BadArchiveException {
    secrets.put(path, what);
    if (secrets.size() > MAX_FOUND) {
      throw new BadArchiveException("a layer has more than " + MAX_FOUND + " files with secrets");
    }
  }

  /** Programs that gain rights when they are run, and which, by their paths. */
  Map<String, String> privileged() {
    return Collections.unmodifiableMap(privileged);
  }

  /** Files that hold secrets, and what these are, by their paths. */
  Map<String, String> secrets() {
    return Collections.unmodifiableMap(secrets);
  }

  /** Whether what lower layers have at a path is gone, or is another file now. */
  boolean hides(String path) {
    if (paths.contains(OTHER, path)
        || paths.contains(FOLDER, path)
        || paths.contains(DELETED, path)) {
      return true;
    }
    for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
      String above = path.substring(0, slash);
      if (paths.contains(EMPTIED, above)
          || (slash > 0 && (paths.contains(DELETED, above) || paths.contains(OTHER, above)))) {
        return true;
      }
    }
    return false;
  }
}
