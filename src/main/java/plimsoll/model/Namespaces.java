package plimsoll.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The namespaces (namespaces(7)) a container lives in. */
public record Namespaces(
    Namespace network,
    Namespace pid,
    Namespace ipc,
    Namespace uts,
    Namespace user,
    Namespace cgroup) {
  /** Nothing known. */
  public static final Namespaces EMPTY =
      new Namespaces(
          Namespace.EMPTY,
          Namespace.EMPTY,
          Namespace.EMPTY,
          Namespace.EMPTY,
          Namespace.EMPTY,
          Namespace.EMPTY);

  /** Turns what JSON left out into empty parts. */
  public Namespaces {
    network = orEmpty(network);
    pid = orEmpty(pid);
    ipc = orEmpty(ipc);
    uts = orEmpty(uts);
    user = orEmpty(user);
    cgroup = orEmpty(cgroup);
  }

  /** The same with another cgroup namespace. */
  public Namespaces withCgroup(Namespace newCgroup) {
    return new Namespaces(network, pid, ipc, uts, user, newCgroup);
  }

  private static Namespace orEmpty(@Nullable Namespace namespace) {
    return namespace == null ? Namespace.EMPTY : namespace;
  }

  /**
   * One namespace.
   *
   * @param mode whose it is, as far as the view's witness can tell
   * @param of with {@link Mode#CONTAINER}, the container it belongs to, by id or name as given
   * @param host whether it is in the end the host's own, through however many containers; for an
   *     engine that lives in namespaces of its own, "the host" is that engine's world
   * @param initial whether it is the namespace the machine booted with; null where nobody compared
   * @param id the kernel's own name for it, {@code net:[4026532281]}: who has the same one shares
   *     it; null where the kernel was not asked
   */
  public record Namespace(
      @Nullable Mode mode,
      @Nullable String of,
      @Nullable Boolean host,
      @Nullable Boolean initial,
      @Nullable String id) {
    /** Nothing known. */
    public static final Namespace EMPTY = new Namespace(null, null, null, null, null);

    /** A namespace of the given mode, shared with the host exactly if the mode says so. */
    public static Namespace of(Mode mode) {
      return new Namespace(mode, null, mode == Mode.HOST, null, null);
    }

    /** The namespace of another container; whether that is the host's is yet to be found out. */
    public static Namespace ofContainer(String container) {
      return new Namespace(Mode.CONTAINER, container, null, null, null);
    }

    /** The same namespace, knowing whether it is the host's. */
    public Namespace withHost(boolean isHost) {
      return new Namespace(mode, of, isHost, initial, id);
    }
  }

  /** Whose a namespace is. */
  public enum Mode {
    /** The container's own. */
    PRIVATE,
    /** The container's own, which others may join. */
    SHAREABLE,
    /** The host's. */
    HOST,
    /** Another container's. */
    CONTAINER,
    /** The container's own, left empty. */
    NONE;

    /** The name in JSON and in rules. */
    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
