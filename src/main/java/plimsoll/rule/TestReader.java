package plimsoll.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import plimsoll.model.Engine;
import plimsoll.model.FactPath;
import plimsoll.model.FactPath.UnknownFactException;
import plimsoll.model.Host;
import plimsoll.model.Suggestion;
import plimsoll.rule.Condition.By;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/** Reads tests of one fact, and checks path, operator and value against the model. */
final class TestReader {
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
              "version-at-least",
              "exists",
              "empty"));

  private static final Set<String> FOR_VALUES =
      Set.of("equals", "in", "matches", "at-most", "at-least", "version-at-least");
  private static final Set<String> FOR_LISTS =
      Set.of("subset-of", "disjoint-from", "none-match", "empty");

  private static final Pattern REFERENCE = Pattern.compile("\\$([a-z][a-z0-9-]*)");

  private final Class<? extends Record> subject;
  private final Map<String, Node> parameters;
  private final Problems problems;
  private final Set<String> used = new HashSet<>();

  TestReader(Class<? extends Record> subject, Map<String, Node> parameters, Problems problems) {
    this.subject = subject;
    this.parameters = parameters;
    this.problems = problems;
  }

  Set<String> used() {
    return used;
  }

  /** A condition of a rule with one of its parameters set to another value. */
  static Condition rebind(Condition condition, String parameter, Node value, Problems problems) {
    if (condition instanceof Condition.All all) {
      return new Condition.All(rebind(all.parts(), parameter, value, problems));
    } else if (condition instanceof Condition.Any any) {
      return new Condition.Any(rebind(any.parts(), parameter, value, problems));
    } else if (condition instanceof Condition.Not not) {
      return new Condition.Not(rebind(not.part(), parameter, value, problems));
    } else if (condition instanceof Condition.When when) {
      return new Condition.When(
          rebind(when.premise(), parameter, value, problems),
          rebind(when.then(), parameter, value, problems));
    } else if (condition instanceof Condition.Each each) {
      return new Condition.Each(each.list(), rebind(each.require(), parameter, value, problems));
    } else if (condition instanceof Condition.Test test) {
      By by = test.by();
      if (by != null && by.parameter().equals(parameter)) {
        Operator operator =
            new TestReader(Engine.class, Map.of(), problems)
                .operator(by.operator(), value, test.fact());
        return operator == null ? test : new Condition.Test(test.fact(), operator, by);
      }
    }
    return condition;
  }

  private static List<Condition> rebind(
      List<Condition> parts, String parameter, Node value, Problems problems) {
    return parts.stream().map(part -> rebind(part, parameter, value, problems)).toList();
  }

  /** The fact that the key path leads to; null after a complaint. */
  @Nullable Fact fact(YamlMap map, @Nullable Type element) {
    Node node = map.get("path");
    if (node == null) {
      problems.add(map.node(), "the key path is missing");
      return null;
    }
    return fact(node, element);
  }

  /** The fact that a path leads to; null after a complaint. */
  @Nullable Fact fact(Node node, @Nullable Type element) {
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

  Condition test(YamlMap map, @Nullable Type element) {
    Fact fact = fact(map, element);
    List<String> operators = map.names().stream().filter(name -> !name.equals("path")).toList();
    if (operators.size() != 1) {
      problems.add(map.node(), "a path takes exactly one of " + String.join(", ", OPERATORS));
      return ConditionReader.NOTHING;
    }
    String name = operators.get(0);
    By by = reference(map.get(name), name);
    Node operand = by == null ? map.get(name) : parameters.get(by.parameter());
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
      return operator == null ? ConditionReader.NOTHING : new Condition.Test(fact, operator, by);
    }
    return ConditionReader.NOTHING;
  }

  private @Nullable By reference(@Nullable Node operand, String operator) {
    var match =
        operand instanceof ScalarNode scalar ? REFERENCE.matcher(scalar.getValue().strip()) : null;
    if (operand == null || match == null || !match.matches()) {
      return null;
    }
    String name = match.group(1);
    used.add(name);
    if (!parameters.containsKey(name)) {
      problems.add(
          operand,
          "the rule has no parameter "
              + name
              + Suggestion.nearest(name, parameters.keySet())
                  .map(near -> "; did you mean $" + near + "?")
                  .orElse(""));
    }
    return new By(name, operator);
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
      case "version-at-least" -> version(operand);
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

  private @Nullable Operator version(Node operand) {
    String text = YamlMap.text(operand, problems);
    if (!Operator.VersionAtLeast.isVersion(text)) {
      problems.add(operand, "expected a version, such as 29.0 or 1.1.5");
      return null;
    }
    return new Operator.VersionAtLeast(text);
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
