package plimsoll.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Something mounted into a container beside its root file system.
 *
 * @param type {@code bind}, {@code volume}, {@code tmpfs}, {@code image}, {@code npipe}, {@code
 *     cluster}
 * @param source the host path of a bind, or where the engine keeps a volume; null for a tmpfs
 * @param destination the path inside the container
 * @param volume the volume's name; null for other types
 * @param readOnly whether writing through it is refused
 * @param propagation mount propagation, {@code rprivate} unless asked otherwise; null where it
 *     means nothing
 * @param options further options of a tmpfs, sizes in bytes: {@code exec}, {@code size=1048576}
 * @param engineSockets sockets of container engines and runtimes within its reach, by host path:
 *     whoever can write to one owns the host; filled in by derivation
 * @param systemPaths directories of the operating system, or things inside them, within its reach;
 *     filled in by derivation
 */
public record Mount(
    String type,
    @Nullable String source,
    String destination,
    @Nullable String volume,
    boolean readOnly,
    @Nullable String propagation,
    SortedSet<String> options,
    List<String> engineSockets,
    List<String> systemPaths) {

  /** For people: what is mounted, where, and that nothing can be written through it. */
  public String describe() {
    return what() + " at " + destination + (readOnly ? ", read-only" : "");
  }

  /** For people: what is mounted, wherever it is. */
  public String what() {
    String what = volume == null ? source : "volume " + volume;
    return what == null ? type : what;
  }

  /** Copies the lists. */
  public Mount {
    options = Lists.sorted(options);
    engineSockets = Lists.copy(engineSockets);
    systemPaths = Lists.copy(systemPaths);
  }

  /** An absolute path without {@code //}, {@code .} and {@code ..}, as engines write it. */
  public static String clean(String path) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/")) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return "/" + String.join("/", names);
  }

  /**
   * The host's path of a bind, as engines clean it before the kernel follows its links; or none.
   */
  public List<String> hostPaths() {
    return type.equals("bind") && source != null && source.startsWith("/")
        ? List.of(clean(source))
        : List.of();
  }

  /** The same mount, knowing what of the host it hands over. */
  public Mount reaching(List<String> sockets, List<String> paths) {
    return new Mount(
        type, source, destination, volume, readOnly, propagation, options, sockets, paths);
  }
}
