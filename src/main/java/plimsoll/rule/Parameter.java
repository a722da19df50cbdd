package plimsoll.rule;

import java.util.List;

/**
 * A value in a rule's condition that a configuration or a selection may set.
 *
 * @param what what it is, for people
 * @param values what it is now: one value, or a list's elements
 * @param list whether it is a list, however many elements it has
 */
public record Parameter(String name, String what, List<String> values, boolean list) {
  /** Copies the list. */
  public Parameter {
    values = List.copyOf(values);
  }

  /** Its value for people: {@code 5}, {@code A, B}. */
  public String shown() {
    return values.isEmpty() ? "none" : String.join(", ", values);
  }
}
