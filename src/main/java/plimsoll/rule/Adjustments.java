package plimsoll.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import plimsoll.model.Suggestion;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/** The keys {@code severity} and {@code parameters} of a configuration or a selection. */
final class Adjustments {
  private final YamlMap from;
  private final Problems problems;

  Adjustments(YamlMap from, Problems problems) {
    this.from = from;
    this.problems = problems;
  }

  /**
   * Rules as adjusted. Complains of ids that no rule has, and of values that do not fit.
   *
   * @param rules all rules there are
   * @param chosen those to adjust
   */
  RuleSet apply(RuleSet rules, RuleSet chosen) {
    Map<String, Severity> severities = severities(rules);
    YamlMap parameters = of(rules, "parameters");
    List<Rule> adjusted = new ArrayList<>();
    for (Rule rule : chosen.rules()) {
      Rule one = rule;
      Severity severity = severities.get(rule.id());
      if (severity != null) {
        one = one.as(severity);
      }
      if (parameters != null && parameters.names().contains(rule.id())) {
        YamlMap values = parameters.map(rule.id());
        one = values == null ? one : adjust(one, values);
      }
      adjusted.add(one);
    }
    return new RuleSet(adjusted);
  }

  private @Nullable YamlMap of(RuleSet rules, String key) {
    YamlMap named = from.map(key);
    if (named != null) {
      named.names().forEach(id -> known(id, named.key(id), rules, problems));
    }
    return named;
  }

  private Map<String, Severity> severities(RuleSet rules) {
    Map<String, Severity> severities = new HashMap<>();
    YamlMap named = of(rules, "severity");
    for (String id : named == null ? Set.<String>of() : named.names()) {
      String text = named == null ? "" : named.need(id);
      Severity severity = Severity.named(text).orElse(null);
      if (severity != null) {
        severities.put(id, severity);
      } else if (named != null) {
        Node node = named.get(id);
        problems.add(
            node == null ? named.node() : node,
            text + " is none of critical, high, medium, low, info");
      }
    }
    return severities;
  }

  private Rule adjust(Rule rule, YamlMap values) {
    List<Parameter> parameters = new ArrayList<>();
    Condition condition = rule.require();
    Set<String> unknown = new java.util.LinkedHashSet<>(values.names());
    for (Parameter parameter : rule.parameters()) {
      Node value = values.get(parameter.name());
      unknown.remove(parameter.name());
      if (value == null) {
        parameters.add(parameter);
      } else {
        int before = problems.found().size();
        condition = TestReader.rebind(condition, parameter.name(), value, problems);
        if (problems.found().size() == before) {
          parameters.add(RuleReader.parameter(parameter.name(), parameter.what(), value, problems));
        }
      }
    }
    List<String> names = rule.parameters().stream().map(Parameter::name).toList();
    for (String name : unknown) {
      problems.add(
          values.key(name),
          "the rule "
              + rule.id()
              + " has no parameter "
              + name
              + Suggestion.nearest(name, names)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse(
                      names.isEmpty()
                          ? ", nor any other"
                          : "; it has " + String.join(", ", names)));
    }
    return rule.with(parameters, condition);
  }

  /** Complains where no rule has an id. */
  static void known(String id, Node node, RuleSet rules, Problems problems) {
    if (rules.find(id).isEmpty()) {
      problems.add(
          node,
          "there is no rule "
              + id
              + Suggestion.nearest(id, rules.rules().stream().map(Rule::id).toList())
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; plimsoll rules list shows all"));
    }
  }
}
