package plimsoll.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A control of a published benchmark.
 *
 * @param benchmark {@code cis-docker}
 * @param version the benchmark's version, {@code 1.8}
 * @param id the control's number in that version, {@code 5.5}
 * @param level the profile level it belongs to; {@link #NO_LEVEL} where nobody said
 */
public record Control(String benchmark, String version, String id, int level) {
  /** A level that is not known. */
  public static final int NO_LEVEL = 0;

  /** Orders {@code 5.9} before {@code 5.10}. */
  public static final Comparator<String> BY_NUMBER = Control::compareDotted;

  private static int compareDotted(String one, String other) {
    List<Integer> a = numbers(one);
    List<Integer> b = numbers(other);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return a.size() == b.size() ? one.compareTo(other) : Integer.compare(a.size(), b.size());
  }

  private static List<Integer> numbers(String dotted) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : dotted.split("\\.")) {
      numbers.add(isNumber(part) ? Integer.parseInt(part) : 0);
    }
    return numbers;
  }

  /** Compared some thousand times a run, which is no place for a pattern. */
  private static boolean isNumber(String part) {
    return !part.isEmpty()
        && part.length() < 10
        && part.chars().allMatch(one -> one >= '0' && one <= '9');
  }
}
