package plimsoll.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * Which container it is. Names and labels come from whoever made the container: they are claims,
 * good for telling containers apart and for nothing else.
 *
 * @param id the engine's full id
 * @param name the name without the leading slash
 * @param state {@code running}, {@code paused}, {@code restarting}, {@code created}, {@code
 *     exited}, {@code dead}
 * @param pid the first process's id on the engine's host; null where nothing runs
 * @param image the image reference as it was given
 * @param imageId the image's id
 * @param service the compose project and service or swarm service the container says it belongs to;
 *     null without one
 */
public record Identity(
    String id,
    String name,
    String state,
    @Nullable Long pid,
    @Nullable String image,
    @Nullable String imageId,
    @Nullable String service) {

  /**
   * What stays the same when the container is made anew: the service it belongs to, else its name.
   */
  @JsonIgnore
  public String key() {
    return service != null ? service : "container " + name;
  }

  /** Whether a process exists whose confinement the kernel could show. */
  @JsonIgnore
  public boolean live() {
    return pid != null;
  }
}
