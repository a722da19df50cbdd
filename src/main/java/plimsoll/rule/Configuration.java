package plimsoll.rule;

import java.util.List;

/**
 * What {@code plimsoll.yaml} says, beside what it changes in rules.
 *
 * @param rules folders and files of further rules, as they are written there
 */
public record Configuration(List<String> rules, List<Waiver> waivers) {
  /** Says nothing. */
  public static final Configuration NONE = new Configuration(List.of(), List.of());

  /** Copies the collections. */
  public Configuration {
    rules = List.copyOf(rules);
    waivers = List.copyOf(waivers);
  }
}
