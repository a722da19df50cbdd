package plimsoll.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import plimsoll.model.Confinement;
import plimsoll.model.Engine;
import plimsoll.model.FactPath;
import plimsoll.model.FactPath.UnknownFactException;
import plimsoll.model.Host;
import plimsoll.model.Suggestion;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/** Reads conditions and checks each path, operator and value against the model. */
final class ConditionReader {
  private static final Set<String> OPERATORS =
      new TreeSet<>(
          Set.of(
              "equals",
              "in",
              "matches",
              "subset-of",
              "disjoint-from",
              "none-match",
              "at-most",
              "at-least",
              "exists",
              "empty"));

  private static final Set<String> FOR_VALUES =
      Set.of("equals", "in", "matches", "at-most", "at-least");
  private static final Set<String> FOR_LISTS =
      Set.of("subset-of", "disjoint-from", "none-match", "empty");

  /** Holds always: stands in for what could not be read, after the complaint. */
  private static final Condition NOTHING = new Condition.All(List.of());

  private final Class<? extends Record> subject;
  private final Problems problems;

  ConditionReader(Class<? extends Record> subject, Problems problems) {
    this.subject = subject;
    this.problems = problems;
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
      return test(map, element);
    }
    if (map.names().contains("when")) {
      map.only(Set.of("when", "then"));
      return new Condition.When(need(map, "when", element), need(map, "then", element));
    }
    map.only(Set.of("all", "any", "not", "when", "each", "path"));
    if (map.names().size() != 1) {
      problems.add(node, "a condition is one of all, any, not, when, each or path");
      return NOTHING;
    }
    String kind = map.names().iterator().next();
    return switch (kind) {
      case "all" -> new Condition.All(parts(map, kind, element));
      case "any" -> new Condition.Any(parts(map, kind, element));
      case "not" -> new Condition.Not(need(map, kind, element));
      case "each" -> each(map, element);
      default -> NOTHING;
    };
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
    Fact list = fact(map, element);
    if (list == null) {
      return NOTHING;
    }
    if (!Collection.class.isAssignableFrom(list.path().shape())) {
      problems.add(map.node(), list.path().text() + " is no list, so it has no elements");
      return NOTHING;
    }
    return new Condition.Each(list, need(map, "require", list.path().elementType()));
  }

  private @Nullable Fact fact(YamlMap map, @Nullable Type element) {
    Node node = map.get("path");
    if (node == null) {
      problems.add(map.node(), "the key path is missing");
      return null;
    }
    String text = YamlMap.text(node, problems);
    try {
      if (text.startsWith("engine:/")) {
        return new Fact(Fact.Root.ENGINE, FactPath.of(text.substring(7), Engine.class));
      }
      if (text.startsWith("host:/")) {
        return new Fact(Fact.Root.HOST, FactPath.of(text.substring(5), Host.class));
      }
      if (text.startsWith("/")) {
        return new Fact(Fact.Root.SUBJECT, FactPath.of(text, subject));
      }
      if (element == null) {
        problems.add(node, "the path " + text + " must start with a slash outside of each");
        return null;
      }
      return new Fact(Fact.Root.ELEMENT, FactPath.of(text, element));
    } catch (UnknownFactException e) {
      problems.add(node, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private Condition test(YamlMap map, @Nullable Type element) {
    Fact fact = fact(map, element);
    List<String> operators = map.names().stream().filter(name -> !name.equals("path")).toList();
    if (operators.size() != 1) {
      problems.add(map.node(), "a path takes exactly one of " + String.join(", ", OPERATORS));
      return NOTHING;
    }
    String name = operators.get(0);
    Node operand = map.get(name);
    if (!OPERATORS.contains(name)) {
      problems.add(
          map.node(),
          "unknown operator "
              + name
              + Suggestion.nearest(name, OPERATORS)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; there are " + String.join(", ", OPERATORS)));
    } else if (fact != null && operand != null) {
      Operator operator = operator(name, operand, fact);
      return operator == null ? NOTHING : new Condition.Test(fact, operator);
    }
    return NOTHING;
  }

  private @Nullable Operator operator(String name, Node operand, Fact fact) {
    Class<?> shape = fact.path().shape();
    boolean many = Collection.class.isAssignableFrom(shape) || Map.class.isAssignableFrom(shape);
    Set<String> misplaced = many ? FOR_VALUES : FOR_LISTS;
    if (misplaced.contains(name)) {
      problems.add(
          operand,
          fact.path().text()
              + (many
                  ? " is a list: use subset-of, disjoint-from, none-match, empty or each"
                  : " is no list: use equals, in, matches, at-most, at-least or exists"));
      return null;
    }
    return switch (name) {
      case "equals" -> new Operator.Equals(value(operand, shape));
      case "in" ->
          new Operator.In(
              YamlMap.list(operand, problems).stream().map(node -> value(node, shape)).toList());
      case "matches" -> pattern(operand, Operator.Matches::new);
      case "none-match" -> pattern(operand, Operator.NoneMatch::new);
      case "subset-of" -> new Operator.SubsetOf(YamlMap.texts(operand, problems));
      case "disjoint-from" -> new Operator.DisjointFrom(YamlMap.texts(operand, problems));
      case "at-most" -> new Operator.AtMost(number(operand));
      case "at-least" -> new Operator.AtLeast(number(operand));
      case "exists" -> new Operator.Exists(truth(operand));
      case "empty" -> new Operator.Empty(truth(operand));
      default -> null;
    };
  }

  /** A value to compare with, checked against the fact's type. */
  private String value(Node node, Class<?> shape) {
    String text = YamlMap.text(node, problems);
    if (shape == Boolean.class || shape == boolean.class) {
      truth(node);
    } else if (Number.class.isAssignableFrom(shape)) {
      number(node);
    } else if (shape.isEnum()) {
      List<String> names = Arrays.stream(shape.getEnumConstants()).map(String::valueOf).toList();
      if (!names.contains(text)) {
        problems.add(
            node,
            "it is never "
                + text
                + Suggestion.nearest(text, names)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; it is one of " + String.join(", ", names)));
      }
    }
    return text;
  }

  private @Nullable Operator pattern(Node operand, Function<Pattern, Operator> make) {
    try {
      return make.apply(Pattern.compile(YamlMap.text(operand, problems)));
    } catch (PatternSyntaxException e) {
      problems.add(
          operand,
          "not a regular expression (RE2 syntax: no look-around, no back-references): "
              + e.getDescription());
      return null;
    }
  }

  private double number(Node node) {
    try {
      return Double.parseDouble(YamlMap.text(node, problems));
    } catch (NumberFormatException e) {
      problems.add(node, "expected a number");
      return 0;
    }
  }

  private boolean truth(Node node) {
    String text = YamlMap.text(node, problems);
    if (!text.equals("true") && !text.equals("false")) {
      problems.add(node, "expected true or false");
    }
    return text.equals("true");
  }
}
