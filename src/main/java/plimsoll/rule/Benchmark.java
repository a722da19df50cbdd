package plimsoll.rule;

import java.util.ArrayList;
import java.util.Comparator;
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

  /** One version of it, as far as a level goes; {@link Edition#EVERY_LEVEL} for all. */
  public Edition edition(String version, int level) {
    return new Edition(this, version, level);
  }

  /**
   * A version of a benchmark, as far as a level goes: level 2 includes level 1.
   *
   * @param version one of the benchmark's
   */
  public record Edition(Benchmark benchmark, String version, int level) {
    /** The highest level there is. */
    public static final int EVERY_LEVEL = 2;

    /**
     * Finds one by name: {@code cis-docker-1.8}, {@code cis-docker:1.8}, and {@code cis-docker} for
     * the newest version.
     *
     * @throws IllegalArgumentException saying what there is
     */
    public static Edition named(String name, int level) {
      List<String> all = new ArrayList<>();
      for (Benchmark benchmark : RuleSet.benchmarks()) {
        List<String> versions = benchmark.versions();
        for (String version : versions) {
          all.add(benchmark.id() + "-" + version);
          if (name.equals(benchmark.id() + "-" + version)
              || name.equals(benchmark.id() + ":" + version)) {
            return benchmark.edition(version, level);
          }
        }
        if (name.equals(benchmark.id())) {
          return benchmark.edition(versions.get(versions.size() - 1), level);
        }
      }
      throw new IllegalArgumentException(
          "there is no benchmark " + name + "; there are " + String.join(", ", all));
    }

    /** Its controls, in order. */
    public List<Item> controls() {
      return benchmark.controls().stream()
          .filter(control -> control.ids().containsKey(version) && control.level() <= level)
          .sorted(Comparator.comparing(this::number, Control.BY_NUMBER))
          .toList();
    }

    /** A control's number in this version. */
    public String number(Item control) {
      return control.ids().getOrDefault(version, "");
    }

    /** Whether a rule judges one of its controls. */
    public boolean includes(Rule rule) {
      return rule.controls().stream().anyMatch(control -> in(control) && control.level() <= level);
    }

    private boolean in(Control control) {
      return control.benchmark().equals(benchmark.id()) && control.version().equals(version);
    }

    /** Those of some rules that judge a control. */
    public List<Rule> judging(Item control, RuleSet rules) {
      return rules.rules().stream()
          .filter(rule ->
              rule.controls().stream()
                  .anyMatch(c -> in(c) && c.id().equals(control.ids().get(version))))
          .toList();
    }

    @Override
    public String toString() {
      return benchmark.title() + " " + version + (level < EVERY_LEVEL ? ", level " + level : "");
    }
  }
}
