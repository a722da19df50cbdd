package plimsoll.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Facts about one subject, as one witness tells them.
 *
 * @param <F> the facts' type
 * @param facts the values
 * @param origins where values came from, by JSON pointer into {@code facts}; a pointer speaks for
 *     all below it
 * @param gaps what could not be read, by JSON pointer into {@code facts}
 */
public record View<F extends Record>(F facts, Map<String, Origin> origins, List<Gap> gaps) {

  /** Makes the collections immutable, and sorts origins so that snapshots can be compared. */
  public View {
    origins =
        origins == null
            ? Map.of()
            : java.util.Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    gaps = gaps == null ? List.of() : List.copyOf(gaps);
  }

  /** The reason why {@code pointer} is unknown, if it is. */
  public Optional<Gap> gapAt(String pointer) {
    for (Gap gap : gaps) {
      if (gap.covers(pointer)) {
        return Optional.of(gap);
      }
    }
    return Optional.empty();
  }

  /** Gaps strictly below {@code pointer}: parts of a value that is otherwise known. */
  public List<Gap> gapsBelow(String pointer) {
    return gaps.stream().filter(gap -> gap.path().startsWith(pointer + "/")).toList();
  }

  /**
   * Where the value at {@code pointer} came from: the entry at the pointer or at its nearest
   * ancestor.
   */
  public @Nullable Origin originOf(String pointer) {
    String at = pointer;
    while (true) {
      Origin origin = origins.get(at);
      if (origin != null || at.isEmpty()) {
        return origin;
      }
      at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
    }
  }

  /** The same view with other facts, and with origins added or replaced. */
  public View<F> with(F newFacts, Map<String, Origin> moreOrigins) {
    Map<String, Origin> all = new TreeMap<>(origins);
    all.putAll(moreOrigins);
    return new View<>(newFacts, all, gaps);
  }

  /** The same view with more gaps. */
  public View<F> withGaps(Collection<Gap> more) {
    List<Gap> all = new java.util.ArrayList<>(gaps);
    all.addAll(more);
    return new View<>(facts, origins, all);
  }
}
