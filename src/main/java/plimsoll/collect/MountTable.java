package plimsoll.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mounts one process sees, {@code /proc/PID/mountinfo} (proc(5)), in the order they were made.
 */
record MountTable(String file, List<Entry> entries) {

  /**
   * One mount.
   *
   * @param device {@code MAJOR:MINOR} of the file system
   * @param root the directory or file of that file system which is mounted here
   * @param point where
   * @param options the mount's own, {@code ro} or {@code rw} among them
   * @param propagation {@code shared:1}, {@code master:1}; empty for a private mount
   * @param type the file system's type
   */
  record Entry(
      String device,
      String root,
      String point,
      Set<String> options,
      List<String> propagation,
      String type) {

    Place place() {
      return new Place(device, root);
    }

    boolean readOnly() {
      return options.contains("ro");
    }

    /** As options of a bind spell it; that it is recursive is assumed. */
    String propagates() {
      for (String tag : propagation) {
        if (tag.startsWith("shared:")) {
          return "rshared";
        }
      }
      return propagation.stream().anyMatch(tag -> tag.startsWith("master:"))
          ? "rslave"
          : "rprivate";
    }
  }

  /** A file or directory by what holds it: the same thing wherever it is mounted. */
  record Place(String device, String path) {}

  static MountTable read(HostFiles files, String process) throws IOException {
    String file = "/proc/" + process + "/mountinfo";
    List<Entry> entries = new ArrayList<>();
    for (String line : files.read(file).split("\n")) {
      // 36 35 98:0 /root /point options tags - type source superoptions
      String[] halves = line.split(" - ", 2);
      String[] mount = halves[0].split(" ");
      if (mount.length >= 6 && halves.length == 2) {
        entries.add(
            new Entry(
                mount[2],
                unescape(mount[3]),
                unescape(mount[4]),
                Set.of(mount[5].split(",")),
                List.of(mount).subList(6, mount.length),
                halves[1].substring(0, Math.max(0, halves[1].indexOf(' ')))));
      }
    }
    return new MountTable(file, List.copyOf(entries));
  }

  /** Blanks and backslashes are written as octal numbers. */
  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && text.substring(i).matches("(?s)\\\\[0-7]{3}.*")) {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  /** What is mounted at a place: of several, the last hides the others. */
  @Nullable Entry at(String point) {
    Entry found = null;
    for (Entry entry : entries) {
      if (entry.point().equals(point)) {
        found = entry;
      }
    }
    return found;
  }

  /** What is mounted where a path leads, through no symbolic link; null for nothing. */
  @Nullable Entry holding(String path) {
    Entry nearest = null;
    for (Entry entry : entries) {
      if (within(path, entry.point())
          && (nearest == null || entry.point().length() >= nearest.point().length())) {
        nearest = entry;
      }
    }
    return nearest;
  }

  /** What lies at a path, which must lead through no symbolic link; null for no such path. */
  @Nullable Place placeOf(@Nullable String path) {
    Entry nearest = path == null ? null : holding(path);
    if (nearest == null || path == null) {
      return null;
    }
    String below = nearest.point().equals("/") ? path : path.substring(nearest.point().length());
    String whole = nearest.root().equals("/") ? below : nearest.root() + below;
    boolean slash = whole.length() > 1 && whole.endsWith("/");
    return new Place(
        nearest.device(),
        whole.isEmpty() ? "/" : slash ? whole.substring(0, whole.length() - 1) : whole);
  }

  /**
   * Where in this table's tree the thing lies that another process has mounted; null where this one
   * does not have it.
   */
  @Nullable String pathOf(Entry other) {
    Entry nearest = null;
    for (Entry entry : entries) {
      if (entry.device().equals(other.device())
          && within(other.root(), entry.root())
          && (nearest == null || entry.root().length() > nearest.root().length())) {
        nearest = entry;
      }
    }
    if (nearest == null) {
      return null;
    }
    String below =
        nearest.root().equals("/") ? other.root() : other.root().substring(nearest.root().length());
    String path = nearest.point().equals("/") ? below : nearest.point() + below;
    return path.isEmpty()
        ? "/"
        : path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static boolean within(String path, String place) {
    return place.equals("/") || path.equals(place) || path.startsWith(place + "/");
  }
}
