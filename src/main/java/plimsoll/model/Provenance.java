package plimsoll.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Notes origins and gaps while facts are being read, and makes the {@link View} at the end. */
public final class Provenance {
  private final Map<String, Origin> origins = new TreeMap<>();
  private final List<Gap> gaps = new ArrayList<>();

  /** The value at {@code pointer}, and what is below it, came from {@code origin}. */
  public void origin(String pointer, Origin origin) {
    origins.put(pointer, origin);
  }

  /** The value at {@code pointer}, and what is below it, could not be read. */
  public void gap(String pointer, String reason) {
    gaps.add(new Gap(pointer, reason));
  }

  /** The facts with all that was noted. */
  public <F extends Record> View<F> view(F facts) {
    return new View<>(facts, origins, gaps);
  }
}
