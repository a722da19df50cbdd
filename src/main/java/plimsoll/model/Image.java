package plimsoll.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image the engine holds.
 *
 * @param id its content digest
 * @param tags the references that name it; empty for an untagged one
 * @param user the user its programs run as unless a container says otherwise; {@code ""} is root
 * @param volumes paths for which a container gets an anonymous volume
 */
public record Image(
    String id,
    List<String> tags,
    @Nullable String user,
    Lifecycle.@Nullable HealthCheck healthCheck,
    List<String> volumes) {
  /** Copies the lists. */
  public Image {
    tags = Lists.copy(tags);
    volumes = Lists.copy(volumes);
  }
}
