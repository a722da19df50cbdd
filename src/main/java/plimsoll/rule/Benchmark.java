package plimsoll.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/**
 * A published benchmark: all it asks for, whether or not a rule judges it.
 *
 * @param id {@code cis-docker}
 * @param title its name
 * @param versions oldest first
 */
public record Benchmark(String id, String title, List<String> versions, List<Item> controls) {

  /** Copies the lists. */
  public Benchmark {
    versions = List.copyOf(versions);
    controls = List.copyOf(controls);
  }

  /**
   * A control.
   *
   * @param ids its number in each version that has it
   * @param level the profile level it belongs to
   * @param section the part of the benchmark it stands in
   * @param title what it asks for, in our own words
   */
  public record Item(Map<String, String> ids, int level, String section, String title) {
    /** Copies the map. */
    public Item {
      ids = Map.copyOf(ids);
    }
  }

  /**
   * Reads a benchmark from YAML.
   *
   * @throws BadRuleException with every mistake in it
   */
  static Benchmark read(String file, String yaml) throws BadRuleException {
    Problems problems = new Problems(file);
    Node root = problems.compose(yaml);
    if (root == null) {
      throw new BadRuleException(problems.found());
    }
    YamlMap map = new YamlMap(root, problems);
    List<Item> items = new ArrayList<>();
    Node controls = map.get("controls");
    for (Node node : controls == null ? List.<Node>of() : YamlMap.list(controls, problems)) {
      YamlMap control = new YamlMap(node, problems);
      Map<String, String> ids = new LinkedHashMap<>();
      YamlMap numbers = control.map("ids");
      if (numbers != null) {
        numbers.names().forEach(version -> ids.put(version, numbers.need(version)));
      }
      String level = control.need("level");
      if (!level.matches("[12]")) {
        problems.add(node, "a level is 1 or 2");
        level = "1";
      }
      items.add(
          new Item(ids, Integer.parseInt(level), control.need("section"), control.need("title")));
    }
    Benchmark benchmark =
        new Benchmark(map.need("id"), map.need("title"), map.texts("versions"), items);
    if (!problems.found().isEmpty()) {
      throw new BadRuleException(problems.found());
    }
    return benchmark;
  }

  /** The rules that judge a control in a version. */
  public List<Rule> judging(Item control, String version, RuleSet rules) {
    return rules.rules().stream()
        .filter(rule ->
            rule.controls().stream()
                .anyMatch(c ->
                    c.benchmark().equals(id)
                        && c.version().equals(version)
                        && c.id().equals(control.ids().get(version))))
        .toList();
  }
}
