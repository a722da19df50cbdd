package plimsoll.rule;

import com.google.re2j.Pattern;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Version;

/**
 * A test of one fact. Facts are compared by their text as JSON has it, numbers by value; of a map,
 * the keys are its elements. Null is an unset fact.
 */
public sealed interface Operator {

  /** Whether the fact passes. */
  boolean accepts(@Nullable Object actual);

  /** What is expected, for evidence: {@code false}, {@code at most 5}. */
  String expected();

  /** The part of the fact that fails the test, for evidence; by default all of it. */
  default String offending(@Nullable Object actual) {
    return show(actual);
  }

  /** A fact as text: lists by comma, {@code none} where it is unset or empty. */
  static String show(@Nullable Object value) {
    if (value == null) {
      return "none";
    }
    if (value instanceof Collection<?> values) {
      return values.isEmpty()
          ? "none"
          : values.stream().map(Operator::show).collect(Collectors.joining(", "));
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty()
          ? "none"
          : map.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + show(entry.getValue()))
              .collect(Collectors.joining(", "));
    }
    return String.valueOf(value);
  }

  /** The elements of a list or set, the keys of a map; any other value is its own element. */
  private static Collection<?> elements(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof Map<?, ?> map) {
      return map.keySet();
    }
    return value instanceof Collection<?> values ? values : List.of(value);
  }

  private static Set<String> texts(@Nullable Object value) {
    return elements(value).stream()
        .map(String::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The fact is this value. */
  record Equals(String value) implements Operator {
    @Override
    public boolean accepts(@Nullable Object actual) {
      return actual != null && String.valueOf(actual).equals(value);
    }

    @Override
    public String expected() {
      return value;
    }
  }

  /** The fact is one of these values. */
  record In(List<String> values) implements Operator {
    /** Copies the list. */
    public In {
      values = List.copyOf(values);
    }

    @Override
    public boolean accepts(@Nullable Object actual) {
      return actual != null && values.contains(String.valueOf(actual));
    }

    @Override
    public String expected() {
      return "one of " + String.join(", ", values);
    }
  }

  /** The whole text matches a regular expression, in time linear in its length whatever it is. */
  record Matches(Pattern pattern) implements Operator {
    @Override
    public boolean accepts(@Nullable Object actual) {
      return actual != null && pattern.matcher(String.valueOf(actual)).matches();
    }

    @Override
    public String expected() {
      return "matching " + pattern.pattern();
    }
  }

  /** Each element is one of these. */
  record SubsetOf(List<String> values) implements Operator {
    /** Copies the list. */
    public SubsetOf {
      values = List.copyOf(values);
    }

    @Override
    public boolean accepts(@Nullable Object actual) {
      for (Object element : elements(actual)) {
        if (!values.contains(String.valueOf(element))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String offending(@Nullable Object actual) {
      Set<String> others = new TreeSet<>(texts(actual));
      others.removeAll(Set.copyOf(values));
      return show(others);
    }

    @Override
    public String expected() {
      return values.isEmpty() ? "none" : "only " + String.join(", ", values);
    }
  }

  /** No element is one of these. */
  record DisjointFrom(List<String> values) implements Operator {
    /** Copies the list. */
    public DisjointFrom {
      values = List.copyOf(values);
    }

    @Override
    public boolean accepts(@Nullable Object actual) {
      for (Object element : elements(actual)) {
        if (values.contains(String.valueOf(element))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String offending(@Nullable Object actual) {
      Set<String> shared = new TreeSet<>(texts(actual));
      shared.retainAll(Set.copyOf(values));
      return show(shared);
    }

    @Override
    public String expected() {
      return "none of " + String.join(", ", values);
    }
  }

  /** No element matches a regular expression as a whole. */
  record NoneMatch(Pattern pattern) implements Operator {
    @Override
    public boolean accepts(@Nullable Object actual) {
      for (Object element : elements(actual)) {
        if (pattern.matches(String.valueOf(element))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String offending(@Nullable Object actual) {
      Set<String> matching = new TreeSet<>(texts(actual));
      matching.removeIf(text -> !pattern.matcher(text).matches());
      return show(matching);
    }

    @Override
    public String expected() {
      return "none matching " + pattern.pattern();
    }
  }

  /** The number is at most this. An unset limit is no number, and fails. */
  record AtMost(double bound) implements Operator {
    @Override
    public boolean accepts(@Nullable Object actual) {
      return actual instanceof Number number && number.doubleValue() <= bound;
    }

    @Override
    public String expected() {
      return "at most " + plain(bound);
    }
  }

  /** The number is at least this. */
  record AtLeast(double bound) implements Operator {
    @Override
    public boolean accepts(@Nullable Object actual) {
      return actual instanceof Number number && number.doubleValue() >= bound;
    }

    @Override
    public String expected() {
      return "at least " + plain(bound);
    }
  }

  /**
   * The fact is a version, and this one or later: numbers at its beginning, joined by dots, count;
   * what a distribution puts behind them does not. A release candidate is before its release.
   */
  record VersionAtLeast(String bound) implements Operator {
    /** Whether a text begins with a version. */
    static boolean isVersion(String text) {
      return Version.of(text).isPresent();
    }

    @Override
    public boolean accepts(@Nullable Object actual) {
      Version there = Version.of(String.valueOf(actual)).orElse(null);
      Version least = Version.of(bound).orElse(null);
      return there != null && least != null && there.compareTo(least) >= 0;
    }

    @Override
    public String expected() {
      return bound + " or later";
    }
  }

  /** The fact is set, or is not. */
  record Exists(boolean wanted) implements Operator {
    @Override
    public boolean accepts(@Nullable Object actual) {
      return (actual != null) == wanted;
    }

    @Override
    public String expected() {
      return wanted ? "set" : "unset";
    }
  }

  /** The list, set or map has no element, or has one. */
  record Empty(boolean wanted) implements Operator {
    @Override
    public boolean accepts(@Nullable Object actual) {
      boolean empty =
          actual == null
              || (actual instanceof Collection<?> values && values.isEmpty())
              || (actual instanceof Map<?, ?> map && map.isEmpty());
      return empty == wanted;
    }

    @Override
    public String expected() {
      return wanted ? "none" : "at least one";
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
