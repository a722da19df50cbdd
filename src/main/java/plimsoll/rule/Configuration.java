package plimsoll.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code plimsoll.yaml} says.
 *
 * @param rules folders and files of further rules, as they are written there
 * @param severities how bad failures of a rule are, by its id
 * @param disabled ids of rules that do not judge
 */
public record Configuration(
    List<String> rules,
    Map<String, Severity> severities,
    Set<String> disabled,
    List<Waiver> waivers) {
  /** Says nothing. */
  public static final Configuration NONE =
      new Configuration(List.of(), Map.of(), Set.of(), List.of());

  /** Copies the collections. */
  public Configuration {
    rules = List.copyOf(rules);
    severities = Map.copyOf(severities);
    disabled = Set.copyOf(disabled);
    waivers = List.copyOf(waivers);
  }

  /** The rules that judge, as severe as configured. */
  public RuleSet apply(RuleSet all) {
    List<Rule> kept = new ArrayList<>();
    for (Rule rule : all.rules()) {
      if (!disabled.contains(rule.id())) {
        Severity severity = severities.get(rule.id());
        kept.add(severity == null ? rule : rule.as(severity));
      }
    }
    return new RuleSet(kept);
  }
}
