package plimsoll.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.model.User;

/**
 * {@code /proc/PID/uid_map} and {@code gid_map} (user_namespaces(7)): which ids inside a user
 * namespace are which ids outside.
 */
record UserMap(List<Range> ranges) {

  /** {@code count} ids from {@code inside} are those from {@code outside}. */
  record Range(long inside, long outside, long count) {}

  static UserMap parse(String text) throws IOException {
    List<Range> ranges = new ArrayList<>();
    for (String line : text.strip().split("\n")) {
      String[] numbers = line.strip().split("\\s+");
      if (numbers.length != 3) {
        throw new IOException("a user id map reads \"" + line + "\"");
      }
      ranges.add(
          new Range(
              Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2])));
    }
    return new UserMap(ranges);
  }

  /** The id inside for one outside; null for one that is not mapped. */
  @Nullable Long inside(long outside) {
    for (Range range : ranges) {
      if (outside >= range.outside() && outside < range.outside() + range.count()) {
        return range.inside() + outside - range.outside();
      }
    }
    return null;
  }

  /**
   * The most powerful of a process's ids: one that is 0 inside if there is one, for a program can
   * take it up again.
   *
   * @param ids real, effective, saved and file system id, as seen from outside
   */
  User strongest(String[] ids) throws IOException {
    if (ids.length != 4) {
      throw new IOException("a process shows " + ids.length + " user ids, not four");
    }
    for (String id : ids) {
      long outside = Long.parseLong(id);
      Long inside = inside(outside);
      if (inside != null && inside == 0) {
        return new User(null, 0L, outside, null, List.of());
      }
    }
    long effective = Long.parseLong(ids[1]);
    return new User(null, inside(effective), effective, null, List.of());
  }
}
