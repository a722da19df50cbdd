package plimsoll.report;

import static plimsoll.report.Schemas.choice;
import static plimsoll.report.Schemas.closed;
import static plimsoll.report.Schemas.listOf;
import static plimsoll.report.Schemas.mapOf;
import static plimsoll.report.Schemas.node;
import static plimsoll.report.Schemas.plain;
import static plimsoll.report.Schemas.root;
import static plimsoll.report.Schemas.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.Severity;

/** The JSON Schema of a profile of secure-run. */
final class ProfileSchema {
  private ProfileSchema() {}

  /**
   * Makes it.
   *
   * @param rules those that a profile may accept or forbid
   * @param flags the flags of docker run that it may set, without dashes; true where one may be
   *     given several times
   */
  static ObjectNode schema(RuleSet rules, Map<String, Boolean> flags) {
    ObjectNode schema = root("urn:plimsoll:profile:1", "A profile of plimsoll secure-run");
    ObjectNode properties = schema.putObject("properties");
    properties.set("title", text("What it is for"));
    properties.set("extends", text("The profile it begins with: a name, or a file"));
    properties.set(
        "level", severity("The worst that an audit finds on its containers, or nothing"));
    properties.set(
        "refuse", severity("What is written is refused where it fails a rule this bad or worse"));
    properties.set("accept", reasons(rules, "Rules that are not refused, each with a reason"));
    properties.set("forbid", reasons(rules, "Rules that are refused however little they are"));
    properties.set("leaves", reasons(rules, "What an audit finds though, each with a reason"));
    properties.set(
        "loopback",
        node()
            .put("type", "boolean")
            .put("description", "Whether ports are published on loopback unless told otherwise"));
    List<String> names = List.copyOf(new TreeMap<>(flags).keySet());
    properties.set(
        "without", listOf(choice("A flag of the other profile that is left out", names)));
    ObjectNode given = properties.putObject("flags").put("type", "object");
    given.put("description", "Flags of docker run that are added, without dashes");
    ObjectNode values = given.putObject("properties");
    for (String name : names) {
      ObjectNode value = plain();
      if (flags.getOrDefault(name, false)) {
        value = node();
        value.putArray("anyOf").add(plain()).add(listOf(plain()));
      }
      values.set(name, value);
    }
    closed(given);
    return closed(schema, "title");
  }

  private static ObjectNode severity(String what) {
    List<String> names = new ArrayList<>();
    Arrays.stream(Severity.values()).forEach(severity -> names.add(severity.toString()));
    names.add("nothing");
    return choice(what, names);
  }

  private static ObjectNode reasons(RuleSet rules, String what) {
    ObjectNode reasons = mapOf(text("The reason").put("minLength", 1));
    ObjectNode properties = reasons.put("description", what).putObject("properties");
    for (Rule rule : rules.rules()) {
      properties.set(rule.id(), text(rule.title()).put("minLength", 1));
    }
    return reasons;
  }
}
