package plimsoll.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a container's first process runs as.
 *
 * @param spec the user as it was written, {@code name|uid[:group|gid]}; null where the view is not
 *     a request
 * @param uid the user id inside the container; where a process carries several (real, effective,
 *     saved, file system), 0 if any of them is 0
 * @param hostUid the id on the host that {@code uid} is mapped to
 * @param gid the primary group's id inside the container, read like {@code uid}; null for one that
 *     only the image knows
 * @param groups further groups asked for, by name or id
 */
public record User(
    @Nullable String spec,
    @Nullable Long uid,
    @Nullable Long hostUid,
    @Nullable Long gid,
    List<String> groups) {
  /** Nothing known. */
  public static final User EMPTY = new User(null, null, null, null, List.of());

  /** The same user with another primary group. */
  public User withGid(@Nullable Long newGid) {
    return new User(spec, uid, hostUid, newGid, groups);
  }

  /** Copies the list. */
  public User {
    groups = Lists.copy(groups);
  }
}
