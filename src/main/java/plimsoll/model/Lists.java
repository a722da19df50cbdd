package plimsoll.model;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Immutable copies for compact constructors, where JSON that leaves a collection out means an empty
 * one.
 */
final class Lists {
  private Lists() {}

  static <T> List<T> copy(@Nullable Collection<T> values) {
    return values == null ? List.of() : List.copyOf(values);
  }

  static SortedSet<String> sorted(@Nullable Collection<String> values) {
    return Collections.unmodifiableSortedSet(
        values == null ? new TreeSet<>() : new TreeSet<>(values));
  }

  static <V> Map<String, V> copy(@Nullable Map<String, V> values) {
    return values == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }
}
