package plimsoll.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A process or thread of a container that is confined otherwise than the first process. Of several
 * that are alike one stands for all.
 *
 * @param pid its id on the engine's host
 * @param thread the thread's id, where a thread differs from its process; null for the process
 *     itself
 * @param name what it calls itself: hostile
 * @param entry how it got there
 * @param exec what {@code docker exec} was asked for, where the engine knows of one
 * @param view what the kernel does to it; only facts that each process has of its own
 */
public record ContainerProcess(
    long pid,
    @Nullable Long thread,
    String name,
    Entry entry,
    @Nullable Exec exec,
    View<Confinement> view) {

  /**
   * A {@code docker exec}.
   *
   * @param user who it was to run as: {@code UID[:GID]} or a name; empty for the container's own
   * @param privileged whether {@code --privileged} was given
   */
  public record Exec(String user, boolean privileged) {}

  /** How it got into the container, for people. */
  public String arrival() {
    if (exec == null) {
      return entry.words();
    }
    return entry.words()
        + (exec.privileged() ? " --privileged" : "")
        + (exec.user().isEmpty() ? "" : " --user " + exec.user());
  }

  /** How a process came into a container. */
  public enum Entry {
    /** The first process, or a descendant of it. */
    INIT_TREE("the container's own, or adopted by its first process"),
    /** Started by {@code docker exec}, or a descendant of that. */
    EXEC("started by docker exec"),
    /** The health check. */
    HEALTH_CHECK("the health check"),
    /** In the container's cgroup, but neither its own nor started by the engine. */
    ENTERED("put into the container by something other than the engine"),
    /** In the container's PID namespace, but not in its cgroup: {@code nsenter} and its like. */
    JOINED("joined from outside, as nsenter does"),
    /** In a PID namespace of its own below the container's. */
    NESTED("in a namespace of its own inside the container");

    private final String words;

    Entry(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }

    /** The name in JSON. */
    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
