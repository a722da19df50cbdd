package plimsoll.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plimsoll.rule.Parameter;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;

/** JSON Schemas (2020-12) of the files that people write, for editors to complete and check. */
public final class Schemas {
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Schemas() {}

  /**
   * All of them, by the kind of file (a rule, a config, a selection or a profile), and as {@code
   * rego/KIND} of what a policy on such a subject is given, {@code rego/plimsoll} of the data
   * around it; each ends with a line break.
   *
   * @param rules the rules whose ids and parameters a configuration may name
   * @param flags the flags of docker run that a profile may set, without dashes; true where one may
   *     be given several times
   */
  public static Map<String, String> all(RuleSet rules, Map<String, Boolean> flags) {
    Map<String, String> all = new TreeMap<>();
    all.put("rule", print(RuleSchema.schema()));
    all.put("config", print(configuration(rules)));
    all.put("selection", print(selection(rules)));
    all.put("profile", print(ProfileSchema.schema(rules, flags)));
    InputSchemas.all().forEach((name, schema) -> all.put("rego/" + name, print(schema)));
    return all;
  }

  private static ObjectNode configuration(RuleSet rules) {
    ObjectNode schema =
        root("urn:plimsoll:config:1", "plimsoll.yaml, the configuration of Plimsoll");
    ObjectNode properties = schema.putObject("properties");
    properties.set(
        "rules", listOf(text("A folder or file with further rules, from where this file lies")));
    properties.set("severity", severities(rules));
    properties.set("parameters", parameters(rules));
    properties.set("disable", listOf(id(rules)));
    properties.set("waivers", listOf(waiver(rules)));
    return closed(schema);
  }

  private static ObjectNode selection(RuleSet rules) {
    ObjectNode schema = root("urn:plimsoll:selection:1", "A choice of rules of Plimsoll");
    ObjectNode properties = schema.putObject("properties");
    properties.set("title", text("What it is for"));
    properties.set("rules", listOf(idOrPattern(rules)));
    properties.set("severity", severities(rules));
    properties.set("parameters", parameters(rules));
    return closed(schema, "title", "rules");
  }

  private static ObjectNode severities(RuleSet rules) {
    ObjectNode severities = object().put("description", "How bad failures of a rule are");
    ObjectNode properties = severities.putObject("properties");
    rules.rules().forEach(rule -> properties.set(rule.id(), severity()));
    severities.set("additionalProperties", severity());
    return severities;
  }

  private static ObjectNode parameters(RuleSet rules) {
    ObjectNode all = object().put("description", "Values in a rule's condition");
    ObjectNode properties = all.putObject("properties");
    for (Rule rule : rules.rules()) {
      if (!rule.parameters().isEmpty()) {
        ObjectNode of = properties.putObject(rule.id()).put("type", "object");
        ObjectNode named = of.putObject("properties");
        for (Parameter parameter : rule.parameters()) {
          ObjectNode value = parameter.list() ? listOf(plain()) : plain();
          named.set(
              parameter.name(),
              value.put(
                  "description", parameter.what() + ". Unless set: " + parameter.shown() + "."));
        }
        closed(of);
      }
    }
    all.putObject("additionalProperties").put("type", "object");
    return all;
  }

  private static ObjectNode waiver(RuleSet rules) {
    ObjectNode waiver = object();
    ObjectNode of = waiver.putObject("properties");
    of.set("rule", idOrPattern(rules));
    of.set("container", text("A name, or a pattern with * and ?"));
    of.set(
        "path",
        text("For gate: files, deploy/compose.yaml or deploy/**; with container both must fit"));
    of.set("image", pattern("sha256:[0-9a-f]{64}", "An image's id, or of all containers of it"));
    of.set("subject", choice("The one there is", List.of("engine", "host")));
    of.set("reason", text("Why that is right").put("minLength", 1));
    of.set("owner", text("Who answers for it").put("minLength", 1));
    of.set("expires", text("The last day it holds: 2027-03-31").put("format", "date"));
    closed(waiver, "rule", "reason", "owner", "expires");
    ArrayNode one = waiver.withArray("oneOf");
    for (String target : List.of("image", "subject")) {
      one.addObject().putArray("required").add(target);
    }
    ArrayNode both = one.addObject().putArray("anyOf");
    for (String target : List.of("container", "path")) {
      both.addObject().putArray("required").add(target);
    }
    return waiver;
  }

  /** An id; those of rules that are not built in are texts as well. */
  private static ObjectNode id(RuleSet rules) {
    ObjectNode id = node();
    var any = id.putArray("anyOf");
    any.add(choice("The id of a rule", rules.rules().stream().map(Rule::id).sorted().toList()));
    any.add(pattern("[a-z][a-z0-9]*(-[a-z0-9]+)+", "The id of a rule of your own"));
    return id;
  }

  private static ObjectNode idOrPattern(RuleSet rules) {
    ObjectNode id = id(rules);
    id.withArray("anyOf").add(text("A pattern of ids with * and ?"));
    return id;
  }

  static ObjectNode root(String id, String title) {
    ObjectNode root = node();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    return root.put("$id", id).put("title", title).put("type", "object");
  }

  static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode object() {
    return node().put("type", "object");
  }

  /** An object that has these keys, and none but those among its properties. */
  static ObjectNode closed(ObjectNode object, String... required) {
    object.put("additionalProperties", false);
    if (required.length > 0) {
      List.of(required).forEach(object.putArray("required")::add);
    }
    return object;
  }

  static ObjectNode mapOf(ObjectNode value) {
    ObjectNode map = object();
    map.set("additionalProperties", value);
    return map;
  }

  static ObjectNode listOf(ObjectNode element) {
    ObjectNode list = node().put("type", "array");
    list.set("items", element);
    return list;
  }

  static ObjectNode text(String what) {
    return node().put("type", "string").put("description", what);
  }

  static ObjectNode pattern(String pattern, String what) {
    return text(what).put("pattern", "^(" + pattern + ")$");
  }

  static ObjectNode number() {
    return node().put("type", "number");
  }

  /** One value, whatever YAML makes of it. */
  static ObjectNode plain() {
    ObjectNode plain = node();
    plain.putArray("type").add("string").add("number").add("boolean");
    return plain;
  }

  /** A value, or a reference to a parameter of the rule. */
  static ObjectNode orParameter(ObjectNode value) {
    ObjectNode either = node();
    either
        .putArray("anyOf")
        .add(value)
        .add(
            JsonNodeFactory.instance
                .objectNode()
                .put("pattern", "^\\$[a-z]")
                .put("type", "string"));
    return either;
  }

  static ObjectNode choice(String what, List<String> names) {
    ObjectNode choice = node();
    if (!what.isEmpty()) {
      choice.put("description", what);
    }
    names.forEach(choice.putArray("enum")::add);
    return choice;
  }

  static ObjectNode severity() {
    return choice("", List.of("critical", "high", "medium", "low", "info"));
  }

  private static String print(ObjectNode schema) {
    try {
      return PRETTY.writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
