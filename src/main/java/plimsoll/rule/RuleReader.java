package plimsoll.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import plimsoll.model.FactPath.UnknownFactException;
import plimsoll.model.Suggestion;
import plimsoll.rule.Rule.Examples;
import plimsoll.rule.Rule.Severities;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/** Reads a rule from YAML. */
public final class RuleReader {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "title",
          "message",
          "subject",
          "severity",
          "benchmarks",
          "why",
          "parameters",
          "require",
          "policy",
          "fix",
          "examples");
  private static final Set<String> PLACES =
      Set.of("run", "compose", "dockerfile", "policy", "daemon", "host");

  private final Problems problems;
  private final PolicyReader.Files files;

  private RuleReader(String file, PolicyReader.Files files) {
    this.problems = new Problems(file);
    this.files = files;
  }

  /**
   * Reads one rule.
   *
   * @param file the file's name, for messages
   * @throws BadRuleException with every mistake in it
   */
  public static Rule read(String file, String yaml) throws BadRuleException {
    return read(file, yaml, PolicyReader.Files.NONE);
  }

  /**
   * Reads one rule, which may name a policy.
   *
   * @param file the file's name, for messages
   * @param files those beside it
   * @throws BadRuleException with every mistake in it
   */
  public static Rule read(String file, String yaml, PolicyReader.Files files)
      throws BadRuleException {
    RuleReader reader = new RuleReader(file, files);
    Rule rule = reader.read(yaml);
    if (rule == null || !reader.problems.found().isEmpty()) {
      throw new BadRuleException(reader.problems.found());
    }
    return rule;
  }

  private @Nullable Rule read(String yaml) {
    Node node = problems.compose(yaml);
    return node == null ? null : rule(new YamlMap(node, problems));
  }

  private Rule rule(YamlMap map) {
    map.only(KEYS);
    String id = map.need("id");
    if (!isId(id)) {
      complain(
          map, "id", "an id is lower-case words joined by hyphens, such as container-privileged");
    }
    SubjectKind subject = choice(map, "subject", SubjectKind.values(), SubjectKind.CONTAINER);
    Node require = map.get("require");
    Node policy = map.get("policy");
    if (require == null && policy == null) {
      problems.add(map.node(), "the key require is missing");
    } else if (require != null && policy != null) {
      problems.add(policy, "a rule has a policy in place of require, not beside it");
    }
    Map<String, Node> defaults = new LinkedHashMap<>();
    List<Parameter> parameters = parameters(map, defaults);
    ConditionReader conditions = new ConditionReader(subject.facts(), defaults, problems);
    Condition condition = require == null ? ConditionReader.NOTHING : conditions.readAll(require);
    if (policy != null) {
      condition = new PolicyReader(subject, problems, files).read(policy);
    }
    for (Map.Entry<String, Node> parameter : defaults.entrySet()) {
      if (!conditions.used().contains(parameter.getKey())) {
        problems.add(
            parameter.getValue(),
            "nothing in require refers to this parameter, as $" + parameter.getKey());
      }
    }
    return new Rule(
        id,
        map.need("title"),
        policy != null && map.get("message") == null
            ? Message.of("{actual}")
            : message(map, subject),
        subject,
        severities(map),
        controls(map),
        map.need("why"),
        parameters,
        condition,
        fix(map),
        examples(map));
  }

  private Message message(YamlMap map, SubjectKind subject) {
    String text = map.need("message");
    try {
      return Message.of(text, subject.facts());
    } catch (UnknownFactException e) {
      complain(map, "message", String.valueOf(e.getMessage()));
      return Message.of(text);
    }
  }

  /** The parameters; their values' nodes go to {@code defaults}. */
  private List<Parameter> parameters(YamlMap map, Map<String, Node> defaults) {
    List<Parameter> parameters = new ArrayList<>();
    YamlMap named = map.map("parameters");
    for (String name : named == null ? Set.<String>of() : named.names()) {
      YamlMap parameter = named == null ? null : named.map(name);
      if (named == null || parameter == null) {
        continue;
      }
      parameter.only(Set.of("what", "default"));
      Node value = parameter.get("default");
      if (!name.matches("[a-z][a-z0-9-]*")) {
        problems.add(named.key(name), "a parameter is named by lower-case words and hyphens");
      }
      if (value == null) {
        problems.add(parameter.node(), "the key default is missing");
        continue;
      }
      defaults.put(name, value);
      parameters.add(parameter(name, parameter.need("what"), value, problems));
    }
    return parameters;
  }

  /** A parameter with a value somebody wrote; whether it fits the condition is looked at there. */
  static Parameter parameter(String name, String what, Node value, Problems problems) {
    boolean list = value instanceof SequenceNode;
    return new Parameter(
        name,
        what,
        list ? YamlMap.texts(value, problems) : List.of(YamlMap.text(value, problems)),
        list);
  }

  /** Whether a text is an id: lower-case words joined by hyphens. */
  public static boolean isId(String text) {
    return text.matches("[a-z][a-z0-9]*(-[a-z0-9]+)+");
  }

  private void complain(YamlMap map, String key, String message) {
    Node node = map.get(key);
    problems.add(node == null ? map.node() : node, message);
  }

  private <E extends Enum<E>> E choice(YamlMap map, String key, E[] values, E otherwise) {
    Node node = map.get(key);
    String text = map.need(key);
    return node == null ? otherwise : choice(node, text, values, otherwise);
  }

  private <E extends Enum<E>> E choice(Node node, String text, E[] values, E otherwise) {
    List<String> names = Arrays.stream(values).map(Enum::toString).toList();
    int index = names.indexOf(text);
    if (index < 0) {
      problems.add(
          node,
          text
              + " is none of "
              + String.join(", ", names)
              + Suggestion.nearest(text.toLowerCase(Locale.ROOT), names)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse(""));
      return otherwise;
    }
    return values[index];
  }

  /** One severity, or one each for {@code written} and {@code omitted}. */
  private Severities severities(YamlMap map) {
    Node node = map.get("severity");
    if (node == null || node instanceof ScalarNode) {
      Severity one = choice(map, "severity", Severity.values(), Severity.MEDIUM);
      return new Severities(one, one);
    }
    YamlMap two = new YamlMap(node, problems);
    two.only(Set.of("written", "omitted"));
    return new Severities(
        choice(two, "written", Severity.values(), Severity.MEDIUM),
        choice(two, "omitted", Severity.values(), Severity.MEDIUM));
  }

  private List<Control> controls(YamlMap map) {
    List<Control> controls = new ArrayList<>();
    YamlMap benchmarks = map.map("benchmarks");
    for (String benchmark : benchmarks == null ? Set.<String>of() : benchmarks.names()) {
      YamlMap versions = benchmarks == null ? null : benchmarks.map(benchmark);
      for (String version : versions == null ? Set.<String>of() : versions.names()) {
        YamlMap control = versions == null ? null : versions.map(version);
        if (control != null) {
          control.only(Set.of("id", "level"));
          String level = control.need("level");
          if (!level.matches("[12]")) {
            complain(control, "level", "a level is 1 or 2");
            level = "1";
          }
          controls.add(
              new Control(benchmark, version, control.need("id"), Integer.parseInt(level)));
        }
      }
    }
    return controls;
  }

  private Map<String, String> fix(YamlMap map) {
    Map<String, String> fixes = new LinkedHashMap<>();
    YamlMap fix = map.map("fix");
    if (fix == null) {
      problems.add(map.node(), "the key fix is missing");
      return fixes;
    }
    fix.only(PLACES);
    for (String place : fix.names()) {
      fixes.put(place, fix.need(place));
    }
    return fixes;
  }

  private Examples examples(YamlMap map) {
    YamlMap examples = map.map("examples");
    if (examples == null) {
      problems.add(map.node(), "the key examples is missing");
      return Examples.NONE;
    }
    examples.only(Set.of("good", "bad", "files"));
    Map<String, String> files = new LinkedHashMap<>();
    YamlMap named = examples.map("files");
    for (String name : named == null ? Set.<String>of() : named.names()) {
      files.put(name, named == null ? "" : named.need(name));
    }
    return new Examples(examples.texts("good"), examples.texts("bad"), files);
  }
}
