package plimsoll.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import plimsoll.model.Confinement;
import plimsoll.model.Engine;
import plimsoll.model.Host;
import plimsoll.rule.SubjectKind;

/**
 * The JSON Schemas of what a policy in Rego is given, made from the model: one of {@code input} for
 * each kind of subject, and one of {@code data.plimsoll}. {@code opa check --schema} finds by them
 * what is misspelt, so that everything stands in them that there can be, and nothing else.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/policy-language#schemas">Schemas in OPA</a>
 */
final class InputSchemas {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode definitions = Schemas.node();

  private InputSchemas() {}

  /** By kind of subject, and {@code plimsoll} for the data around it. */
  static Map<String, ObjectNode> all() {
    Map<String, ObjectNode> all = new TreeMap<>();
    for (SubjectKind kind : SubjectKind.values()) {
      all.put(kind.toString(), new InputSchemas().input(kind));
    }
    all.put("plimsoll", new InputSchemas().around());
    return all;
  }

  private ObjectNode input(SubjectKind kind) {
    ObjectNode schema =
        Schemas.root(
            "urn:plimsoll:input-" + kind + ":1", "What a policy on one " + kind + " is given");
    schema.setAll(described(kind));
    ObjectNode of = (ObjectNode) schema.path("properties");
    of.set("engine", value(Engine.class));
    of.set("host", value(Host.class));
    return finished(schema);
  }

  private ObjectNode around() {
    ObjectNode schema =
        Schemas.root(
            "urn:plimsoll:data:1", "What a policy finds as data.plimsoll, whatever it judges");
    ObjectNode containers = Schemas.listOf(described(SubjectKind.CONTAINER));
    schema
        .putObject("properties")
        .set("containers", containers.put("description", "All of them, the judged one as well"));
    return finished(Schemas.closed(schema, "containers"));
  }

  private ObjectNode finished(ObjectNode schema) {
    schema.set("$defs", definitions);
    return schema;
  }

  private ObjectNode described(SubjectKind kind) {
    ObjectNode subject = Schemas.object();
    ObjectNode of = subject.putObject("properties");
    of.putObject("kind").put("type", "string").put("const", kind.toString());
    of.set("name", Schemas.text("As reports have it"));
    of.set("requested", value(kind.facts()));
    ObjectNode gaps = Schemas.object();
    gaps.put("description", "Why facts are not known, by their path; not there where reads is set");
    ObjectNode views = gaps.putObject("properties");
    views.set("requested", Schemas.mapOf(Schemas.text("Why")));
    if (kind == SubjectKind.CONTAINER) {
      of.set("enforced", value(Confinement.class));
      views.set("enforced", Schemas.mapOf(Schemas.text("Why")));
    }
    of.set("gaps", Schemas.closed(gaps));
    return Schemas.closed(subject, "kind", "name");
  }

  /** Of a fact; records are defined once and referred to. */
  private ObjectNode value(Type type) {
    if (type instanceof ParameterizedType several && several.getRawType() instanceof Class<?> raw) {
      Type[] of = several.getActualTypeArguments();
      if (Map.class.isAssignableFrom(raw)) {
        return Schemas.mapOf(value(of[1]));
      }
      if (Collection.class.isAssignableFrom(raw)) {
        return Schemas.listOf(value(of[0]));
      }
    }
    if (!(type instanceof Class<?> shape)) {
      throw new IllegalStateException("a fact of a shape without a schema: " + type);
    }
    if (shape.isRecord()) {
      String name =
          shape.getName().substring(shape.getPackageName().length() + 1).replace('$', '-');
      if (!definitions.has(name)) {
        ObjectNode definition = definitions.putObject(name).put("type", "object");
        ObjectNode of = definition.putObject("properties");
        for (RecordComponent component : shape.getRecordComponents()) {
          of.set(component.getName(), value(component.getGenericType()));
        }
        Schemas.closed(definition);
      }
      return Schemas.node().put("$ref", "#/$defs/" + name);
    }
    return scalar(shape);
  }

  private static ObjectNode scalar(Class<?> shape) {
    ObjectNode scalar = Schemas.node();
    if (shape.isEnum()) {
      ArrayNode names = scalar.put("type", "string").putArray("enum");
      for (Object constant : shape.getEnumConstants()) {
        names.add(MAPPER.<JsonNode>valueToTree(constant));
      }
      return scalar;
    }
    if (shape == boolean.class || shape == Boolean.class) {
      return scalar.put("type", "boolean");
    }
    if (shape == double.class || shape == Double.class) {
      return scalar.put("type", "number");
    }
    if (shape == String.class || java.time.temporal.Temporal.class.isAssignableFrom(shape)) {
      return scalar.put("type", "string");
    }
    if (shape.isPrimitive() || Number.class.isAssignableFrom(shape)) {
      return scalar.put("type", "integer");
    }
    throw new IllegalStateException("a fact of a shape without a schema: " + shape);
  }
}
