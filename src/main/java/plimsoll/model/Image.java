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
 * @param digests the digests by which registries know it, {@code NAME@sha256:…}; empty for one that
 *     was built or loaded here
 * @param ageDays how many days ago it was made; null where it does not say, or claims an impossible
 *     time, as reproducible builds do
 * @param containers how many containers are made of it, whether or not they run; null where nobody
 *     asked for all containers
 * @param built what its history says was done to build it; null where that was not asked for
 * @param files what its layers' files are; null where nobody asked for them, or they cannot be read
 */
public record Image(
    String id,
    List<String> tags,
    @Nullable String user,
    Lifecycle.@Nullable HealthCheck healthCheck,
    List<String> volumes,
    List<String> digests,
    @Nullable Integer ageDays,
    @Nullable Integer containers,
    @Nullable Build built,
    @Nullable ImageFiles files) {
  /** Copies the lists. */
  public Image {
    tags = Lists.copy(tags);
    volumes = Lists.copy(volumes);
    digests = Lists.copy(digests);
  }

  /** The same, knowing how it was built. */
  public Image withBuilt(@Nullable Build newBuilt) {
    return new Image(
        id, tags, user, healthCheck, volumes, digests, ageDays, containers, newBuilt, files);
  }

  /** The same, knowing how many containers are made of it. */
  public Image withContainers(int newContainers) {
    return new Image(
        id, tags, user, healthCheck, volumes, digests, ageDays, newContainers, built, files);
  }

  /** The same, knowing its files. */
  public Image withFiles(ImageFiles newFiles) {
    return new Image(
        id, tags, user, healthCheck, volumes, digests, ageDays, containers, built, newFiles);
  }
}
