package plimsoll.model;

import java.util.List;
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
    List<String> engineSockets,
    List<String> systemPaths) {

  /** Copies the lists. */
  public Mount {
    engineSockets = Lists.copy(engineSockets);
    systemPaths = Lists.copy(systemPaths);
  }

  /** The same mount, knowing what of the host it hands over. */
  public Mount reaching(List<String> sockets, List<String> paths) {
    return new Mount(type, source, destination, volume, readOnly, propagation, sockets, paths);
  }
}
