package plimsoll.rule;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import plimsoll.model.Confinement;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/** Reads conditions: how they are made of each other. */
final class ConditionReader {
  /** Holds always: stands in for what could not be read, after the complaint. */
  static final Condition NOTHING = new Condition.All(List.of());

  private final Class<? extends Record> subject;
  private final Problems problems;
  private final TestReader tests;

  /**
   * @param parameters what the rule's parameters are unless somebody sets them, by name
   */
  ConditionReader(
      Class<? extends Record> subject, Map<String, Node> parameters, Problems problems) {
    this.subject = subject;
    this.problems = problems;
    this.tests = new TestReader(subject, parameters, problems);
  }

  /** The parameters that some condition read so far refers to. */
  Set<String> used() {
    return tests.used();
  }

  /** Reads what a rule requires: a condition, or {@code drift: none}. */
  Condition readAll(Node node) {
    if (node instanceof MappingNode) {
      YamlMap map = new YamlMap(node, problems);
      if (map.names().equals(Set.of("drift"))) {
        if (!map.need("drift").equals("none") || subject != Confinement.class) {
          problems.add(node, "drift takes none, and is for rules that judge containers");
        }
        return new Condition.NoDrift();
      }
    }
    return read(node, null);
  }

  /**
   * Reads a condition.
   *
   * @param element the type of the element that an enclosing {@code each} looks at; null outside of
   *     one
   */
  Condition read(Node node, @Nullable Type element) {
    YamlMap map = new YamlMap(node, problems);
    if (map.names().contains("path")) {
      return tests.test(map, element);
    }
    if (map.names().contains("when")) {
      map.only(Set.of("when", "then"));
      return new Condition.When(need(map, "when", element), need(map, "then", element));
    }
    map.only(Set.of("all", "any", "not", "when", "each", "path", "manual"));
    if (map.names().size() != 1) {
      problems.add(node, "a condition is one of all, any, not, when, each, path or manual");
      return NOTHING;
    }
    String kind = map.names().iterator().next();
    return switch (kind) {
      case "all" -> new Condition.All(parts(map, kind, element));
      case "any" -> new Condition.Any(parts(map, kind, element));
      case "not" -> new Condition.Not(need(map, kind, element));
      case "each" -> each(map, element);
      case "manual" -> manual(map, element);
      default -> NOTHING;
    };
  }

  private Condition manual(YamlMap outer, @Nullable Type element) {
    YamlMap map = outer.map("manual");
    if (map == null) {
      return NOTHING;
    }
    if (element != null) {
      problems.add(outer.node(), "a person looks at a whole subject: manual has no place in each");
    }
    map.only(Set.of("look", "gather"));
    List<Fact> gather = new ArrayList<>();
    for (Node path :
        map.get("gather") == null ? List.<Node>of() : YamlMap.list(map.get("gather"), problems)) {
      Fact fact = tests.fact(path, null);
      if (fact != null) {
        gather.add(fact);
      }
    }
    return new Condition.Manual(map.need("look"), gather);
  }

  private Condition need(YamlMap map, String key, @Nullable Type element) {
    Node node = map.get(key);
    if (node == null) {
      problems.add(map.node(), "the key " + key + " is missing");
      return NOTHING;
    }
    return read(node, element);
  }

  private List<Condition> parts(YamlMap map, String key, @Nullable Type element) {
    List<Condition> parts = new ArrayList<>();
    Node list = map.get(key);
    if (list != null) {
      YamlMap.list(list, problems).forEach(part -> parts.add(read(part, element)));
    }
    return parts;
  }

  private Condition each(YamlMap outer, @Nullable Type element) {
    YamlMap map = outer.map("each");
    if (map == null) {
      return NOTHING;
    }
    map.only(Set.of("path", "require"));
    Fact list = tests.fact(map, element);
    if (list == null) {
      return NOTHING;
    }
    if (!Collection.class.isAssignableFrom(list.path().shape())) {
      problems.add(map.node(), list.path().text() + " is no list, so it has no elements");
      return NOTHING;
    }
    return new Condition.Each(list, need(map, "require", list.path().elementType()));
  }
}
