package plimsoll.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A named choice of rules.
 *
 * @param title what it is for
 * @param rules patterns of ids
 * @param severities how bad failures of a rule are in it, by its id
 */
public record Selection(String title, List<Glob> rules, Map<String, Severity> severities) {
  /** Those that come with Plimsoll, by name. */
  public static final List<String> NAMES = List.of("recommended", "strict");

  /** Copies the collections. */
  public Selection {
    rules = List.copyOf(rules);
    severities = Map.copyOf(severities);
  }

  /** The rules that are chosen, as severe as the choice says. */
  public RuleSet apply(RuleSet all) {
    List<Rule> chosen = new ArrayList<>();
    for (Rule rule : all.rules()) {
      if (rules.stream().anyMatch(glob -> glob.matches(rule.id()))) {
        Severity severity = severities.get(rule.id());
        chosen.add(severity == null ? rule : rule.as(severity));
      }
    }
    return new RuleSet(chosen);
  }
}
