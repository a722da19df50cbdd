package plimsoll.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of a program: numbers joined by dots. What a distribution puts behind them does not
 * count; a release candidate comes before its release.
 *
 * @param numbers those of the release
 * @param candidate the number of the release candidate, 0 where it has none; null for a release
 */
public record Version(List<Integer> numbers, @Nullable Integer candidate)
    implements Comparable<Version> {
  private static final Pattern TEXT =
      Pattern.compile(
          "v?([0-9]{1,9}(?:\\.[0-9]{1,9}){0,9})(?:[-~.]?(rc|beta|alpha|dev)[-.]?([0-9]{1,9})?)?.*",
          Pattern.DOTALL);

  /** Copies the list. */
  public Version {
    numbers = List.copyOf(numbers);
  }

  /** The version at the beginning of a text; empty where it begins with none. */
  public static Optional<Version> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<Integer> numbers = new ArrayList<>();
    for (String number : matcher.group(1).split("\\.")) {
      numbers.add(Integer.valueOf(number));
    }
    String candidate = matcher.group(3);
    return Optional.of(
        new Version(
            numbers,
            matcher.group(2) == null ? null : candidate == null ? 0 : Integer.valueOf(candidate)));
  }

  /** Whether both are of the same series: major and minor number are the same. */
  public boolean sameSeries(Version other) {
    return number(0) == other.number(0) && number(1) == other.number(1);
  }

  private int number(int i) {
    return i < numbers.size() ? numbers.get(i) : 0;
  }

  @Override
  public int compareTo(Version other) {
    for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      int order = Integer.compare(number(i), other.number(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(rank(candidate), rank(other.candidate));
  }

  private static int rank(@Nullable Integer candidate) {
    return candidate == null ? Integer.MAX_VALUE : candidate;
  }
}
