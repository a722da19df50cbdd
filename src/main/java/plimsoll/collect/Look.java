package plimsoll.collect;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much to look at.
 *
 * @param containers names or ids; null for all, and all images with them
 * @param anew whether to ask again what this collector knows of the host, the engine, its networks
 *     and volumes
 * @param paths paths of the host whose real place is wanted beside those that containers mount
 * @param imageFiles whether to have the engine export its images, to see their files
 */
public record Look(
    @Nullable List<String> containers, Collection<String> paths, boolean anew, boolean imageFiles) {
  /** At everything but the files of images. */
  public static final Look ALL = new Look(null, List.of(), true, false);

  /** At everything. */
  public static final Look ALL_WITH_IMAGE_FILES = new Look(null, List.of(), true, true);

  /** At some containers, and what is around them. */
  public static Look at(List<String> containers, Collection<String> paths) {
    return new Look(List.copyOf(containers), List.copyOf(paths), true, false);
  }

  /** Once more, at all containers and not at some. */
  public Look everyone() {
    return new Look(null, paths, false, imageFiles);
  }

  /** Once more, at a container that has come since. */
  public static Look again(String container) {
    return new Look(List.of(container), List.of(), false, false);
  }
}
