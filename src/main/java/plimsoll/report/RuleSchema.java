package plimsoll.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import plimsoll.model.Engine;
import plimsoll.model.FactPath;
import plimsoll.model.Host;
import plimsoll.rule.SubjectKind;

/**
 * The JSON Schema of rule files, made from the model: an editor that has it offers every path, and
 * for each the operators and values that fit.
 */
final class RuleSchema {
  private static final String CONDITION = "condition-";
  private static final String TESTS = "tests-";

  private final ObjectNode definitions = Schemas.node();

  private RuleSchema() {}

  static ObjectNode schema() {
    return new RuleSchema().whole();
  }

  private ObjectNode whole() {
    ObjectNode schema = Schemas.root("urn:plimsoll:rule:1", "A rule of Plimsoll");
    ObjectNode properties = schema.putObject("properties");
    properties.set("id", Schemas.pattern("[a-z][a-z0-9]*(-[a-z0-9]+)+", "Its name for ever"));
    properties.set("title", Schemas.text("What a failure means, as a heading"));
    properties.set(
        "message",
        Schemas.text(
            "What a failure means, said of one subject; {actual} is the failing value, {/image/name} another fact"));
    properties.set(
        "subject",
        Schemas.choice(
            "What it judges", Arrays.stream(SubjectKind.values()).map(String::valueOf).toList()));
    ObjectNode severity = properties.putObject("severity");
    ObjectNode two = Schemas.object();
    two.putObject("properties")
        .<ObjectNode>set("written", Schemas.severity())
        .set("omitted", Schemas.severity());
    severity
        .putArray("anyOf")
        .add(Schemas.severity())
        .add(Schemas.closed(two, "written", "omitted"));
    properties.set("why", Schemas.text("One paragraph that an operator understands"));
    properties.set("benchmarks", benchmarks());
    properties.set("parameters", parameters());
    properties.putObject("require");
    properties.set("policy", policy());
    properties.set("fix", fix());
    properties.set("examples", examples());
    Schemas.closed(schema, "id", "title", "subject", "severity", "why", "fix", "examples");
    ArrayNode judging = schema.putArray("oneOf");
    judging.addObject().putArray("required").add("message").add("require");
    judging.addObject().putArray("required").add("policy");
    ArrayNode bySubject = schema.putArray("allOf");
    for (SubjectKind kind : SubjectKind.values()) {
      ObjectNode one = bySubject.addObject();
      one.putObject("if").putObject("properties").putObject("subject").put("const", kind + "");
      ObjectNode then = one.putObject("then").putObject("properties");
      ObjectNode require = then.putObject("require");
      if (kind == SubjectKind.CONTAINER) {
        ObjectNode drift = Schemas.object();
        drift.putObject("properties").putObject("drift").put("const", "none");
        require.putArray("anyOf").add(Schemas.closed(drift, "drift")).add(condition(kind));
      } else {
        require.setAll(condition(kind));
      }
    }
    schema.set("$defs", definitions);
    return schema;
  }

  private static ObjectNode manual(Type subject) {
    List<String> paths = new ArrayList<>();
    FactPath.all(subject, "/").forEach(path -> paths.add(path.text()));
    FactPath.all(Engine.class, "engine:/").forEach(path -> paths.add(path.text()));
    FactPath.all(Host.class, "host:/").forEach(path -> paths.add(path.text()));
    ObjectNode manual = Schemas.object();
    ObjectNode of = manual.putObject("properties");
    of.set("look", Schemas.text("What a person has to look at"));
    of.set("gather", Schemas.listOf(pathNode(paths)));
    ObjectNode outer = Schemas.object();
    outer.putObject("properties").set("manual", Schemas.closed(manual, "look"));
    return Schemas.closed(outer, "manual");
  }

  private static ObjectNode policy() {
    ObjectNode policy = Schemas.object();
    ObjectNode of = policy.putObject("properties");
    of.set("bundle", Schemas.text("What opa build -t wasm made, beside the rule or below"));
    of.set("wasm", Schemas.text("A module alone"));
    of.set("entrypoint", Schemas.text("PACKAGE/RULE; may be left out where there is one"));
    of.set(
        "reads",
        Schemas.listOf(
            Schemas.pattern(
                "(engine:|host:|containers:)?/.+",
                "A fact that it is given, and without which it cannot tell; all unless said")));
    ObjectNode data = of.putObject("data");
    data.put("description", "What it finds below data").put("type", "object");
    return Schemas.closed(policy);
  }

  private static ObjectNode benchmarks() {
    ObjectNode control = Schemas.object();
    ObjectNode of = control.putObject("properties");
    of.putObject("id").put("type", "string");
    of.putObject("level").putArray("enum").add(1).add(2);
    ObjectNode versions = Schemas.mapOf(Schemas.closed(control, "id", "level"));
    return Schemas.mapOf(versions).put("description", "By benchmark and version: id and level");
  }

  private static ObjectNode parameters() {
    ObjectNode parameter = Schemas.object();
    ObjectNode of = parameter.putObject("properties");
    of.set("what", Schemas.text("What it is"));
    of.putObject("default");
    return Schemas.mapOf(Schemas.closed(parameter, "what", "default"))
        .put("description", "Values in require, where they stand as $NAME, that others may set");
  }

  private static ObjectNode fix() {
    ObjectNode fix = Schemas.object();
    ObjectNode places = fix.putObject("properties");
    for (String place : List.of("run", "compose", "dockerfile", "policy", "daemon", "host")) {
      places.putObject(place).put("type", "string");
    }
    return Schemas.closed(fix).put("description", "How to mend it, by what is edited");
  }

  private static ObjectNode examples() {
    ObjectNode examples = Schemas.object();
    ObjectNode of = examples.putObject("properties");
    of.set("good", Schemas.listOf(Schemas.text("One that passes")));
    of.set("bad", Schemas.listOf(Schemas.text("One that fails")));
    of.set("files", Schemas.mapOf(Schemas.text("What stands in a file that an example names")));
    return Schemas.closed(examples).put("description", "plimsoll rules test judges them");
  }

  private ObjectNode condition(SubjectKind kind) {
    List<String> roots = new ArrayList<>(List.of(tests(kind.toString(), kind.facts(), "/")));
    roots.add(tests("of-engine", Engine.class, "engine:/"));
    roots.add(tests("of-host", Host.class, "host:/"));
    return condition(kind.toString(), kind.facts(), "/", roots);
  }

  /** A reference to the conditions over one kind of thing, which are defined on first use. */
  private ObjectNode condition(String name, Type root, String prefix, List<String> tests) {
    String key = CONDITION + name;
    ObjectNode reference = reference(key);
    if (definitions.has(key)) {
      return reference;
    }
    ObjectNode definition = definitions.putObject(key);
    ArrayNode any = definition.putArray("anyOf");
    for (String several : List.of("all", "any")) {
      ObjectNode one = Schemas.object();
      one.putObject("properties").set(several, Schemas.listOf(reference.deepCopy()));
      any.add(Schemas.closed(one, several));
    }
    ObjectNode not = Schemas.object();
    not.putObject("properties").set("not", reference.deepCopy());
    any.add(Schemas.closed(not, "not"));
    ObjectNode when = Schemas.object();
    when.putObject("properties")
        .<ObjectNode>set("when", reference.deepCopy())
        .set("then", reference.deepCopy());
    any.add(Schemas.closed(when, "when", "then"));
    if (!prefix.isEmpty()) {
      any.add(manual(root));
    }
    for (FactPath path : FactPath.all(root, prefix)) {
      if (path.elementType() instanceof Class<?> element && element.isRecord()) {
        any.add(each(path, element, tests));
      }
    }
    tests.forEach(root1 -> any.add(reference(root1)));
    return reference;
  }

  private ObjectNode each(FactPath path, Class<?> element, List<String> tests) {
    String name = element.getSimpleName().toLowerCase(java.util.Locale.ROOT);
    List<String> inside = new ArrayList<>(List.of(tests(name, element, "")));
    inside.addAll(tests);
    // The same record may be an element under several subjects: what else may be tested differs.
    String unique = name + "-of-" + tests.get(0).substring(TESTS.length());
    ObjectNode each = Schemas.object();
    ObjectNode of = each.putObject("properties");
    of.putObject("path").put("const", path.text());
    of.set("require", condition(unique, element, "", inside));
    ObjectNode outer = Schemas.object();
    outer.putObject("properties").set("each", Schemas.closed(each, "path", "require"));
    return Schemas.closed(outer, "each");
  }

  /** Defines the tests of the facts below a root, by shape. */
  private String tests(String name, Type root, String prefix) {
    String key = TESTS + name;
    if (definitions.has(key)) {
      return key;
    }
    Map<ObjectNode, List<String>> byOperators = new LinkedHashMap<>();
    for (FactPath path : FactPath.all(root, prefix)) {
      byOperators
          .computeIfAbsent(operators(path.shape()), operators -> new ArrayList<>())
          .add(path.text());
    }
    ArrayNode any = definitions.putObject(key).putArray("anyOf");
    byOperators.forEach((operators, paths) -> {
      ObjectNode test = Schemas.object();
      ObjectNode properties = test.putObject("properties");
      properties.set("path", pathNode(paths));
      properties.setAll(operators);
      any.add(Schemas.closed(test, "path").put("minProperties", 2).put("maxProperties", 2));
    });
    return key;
  }

  private static ObjectNode pathNode(List<String> paths) {
    ObjectNode node = Schemas.node();
    ArrayNode anyOf = node.putArray("anyOf");
    List<String> named = paths.stream().filter(path -> !path.endsWith("/*")).toList();
    if (!named.isEmpty()) {
      named.forEach(anyOf.addObject().putArray("enum")::add);
    }
    for (String path : paths) {
      if (path.endsWith("/*")) {
        String map = Pattern.quote(path.substring(0, path.length() - 1));
        anyOf
            .addObject()
            .put("pattern", "^" + map.replace("\\Q", "").replace("\\E", "") + "[^/]+$");
      }
    }
    return node;
  }

  private static ObjectNode operators(Class<?> shape) {
    ObjectNode operators = Schemas.node();
    if (Collection.class.isAssignableFrom(shape) || Map.class.isAssignableFrom(shape)) {
      operators.set("subset-of", Schemas.orParameter(Schemas.listOf(Schemas.plain())));
      operators.set("disjoint-from", Schemas.orParameter(Schemas.listOf(Schemas.plain())));
      operators.set("none-match", Schemas.text("A regular expression (RE2) of whole elements"));
      operators.set("empty", truth());
    } else if (!shape.isRecord()) {
      ObjectNode value = value(shape);
      operators.set("equals", Schemas.orParameter(value));
      operators.set("in", Schemas.orParameter(Schemas.listOf(value)));
      operators.set("matches", Schemas.text("A regular expression (RE2) of the whole value"));
      if (shape == String.class) {
        operators.set("version-at-least", Schemas.orParameter(Schemas.plain()));
      }
      if (number(shape)) {
        operators.set("at-most", Schemas.orParameter(Schemas.number()));
        operators.set("at-least", Schemas.orParameter(Schemas.number()));
      }
    }
    operators.set("exists", truth());
    return operators;
  }

  private static ObjectNode truth() {
    return Schemas.node().put("type", "boolean");
  }

  private static boolean number(Class<?> shape) {
    return Number.class.isAssignableFrom(shape)
        || (shape.isPrimitive() && shape != boolean.class && shape != char.class);
  }

  private static ObjectNode value(Class<?> shape) {
    if (shape == Boolean.class || shape == boolean.class) {
      return truth();
    }
    if (number(shape)) {
      return Schemas.number();
    }
    if (shape.isEnum()) {
      return Schemas.choice(
          "", Arrays.stream(shape.getEnumConstants()).map(String::valueOf).toList());
    }
    return Schemas.plain();
  }

  private static ObjectNode reference(String key) {
    ObjectNode reference = Schemas.node();
    return reference.put("$ref", "#/$defs/" + key);
  }
}
