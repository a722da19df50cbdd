package plimsoll.rule;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import plimsoll.rule.Waiver.Target;
import plimsoll.yaml.Problem;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/**
 * Reads {@code plimsoll.yaml}, or a selection. Mistakes are collected; with any, nothing of the
 * file must be used.
 */
public final class ConfigurationReader {
  private static final String DIGEST = "sha256:[0-9a-f]{64}";

  private final Problems problems;
  private final @Nullable YamlMap map;

  /**
   * Reads a file's text.
   *
   * @param file its name, for messages
   */
  public ConfigurationReader(String file, String yaml) {
    this.problems = new Problems(file);
    Node root = problems.compose(yaml);
    this.map = root == null ? null : new YamlMap(root, problems);
  }

  /** Every mistake found so far. */
  public List<Problem> problems() {
    return problems.found();
  }

  /** The file as a configuration. */
  public Configuration configuration() {
    return map == null ? Configuration.NONE : configuration(map);
  }

  /**
   * Rules as a configuration changes them. Complains of ids that no rule has, and of values that do
   * not fit.
   *
   * @param rules all rules, those that the configuration names included
   * @param chosen those of them that judge
   */
  public RuleSet apply(RuleSet rules, RuleSet chosen) {
    if (map == null) {
      return chosen;
    }
    Set<String> disabled = new HashSet<>();
    for (Node node : nodes(map, "disable")) {
      String id = YamlMap.text(node, problems);
      Adjustments.known(id, node, rules, problems);
      disabled.add(id);
    }
    for (Node node : nodes(map, "waivers")) {
      Node rule = new YamlMap(node, problems).get("rule");
      if (rule != null) {
        glob(rule, rules);
      }
    }
    RuleSet adjusted = new Adjustments(map, problems).apply(rules, chosen);
    return new RuleSet(
        adjusted.rules().stream().filter(rule -> !disabled.contains(rule.id())).toList());
  }

  /**
   * The rules that a selection chooses, as it changes them.
   *
   * @param rules all rules: a pattern that matches none of them is a mistake
   */
  public RuleSet select(RuleSet rules) {
    if (map == null) {
      return rules;
    }
    map.only(Set.of("title", "rules", "severity", "parameters"));
    map.need("title");
    if (map.get("rules") == null) {
      problems.add(map.node(), "the key rules is missing");
    }
    List<Glob> globs = nodes(map, "rules").stream().map(node -> glob(node, rules)).toList();
    List<Rule> chosen =
        rules.rules().stream()
            .filter(rule -> globs.stream().anyMatch(glob -> glob.matches(rule.id())))
            .toList();
    return new Adjustments(map, problems).apply(rules, new RuleSet(chosen));
  }

  private List<Node> nodes(YamlMap parent, String key) {
    Node list = parent.get(key);
    return list == null ? List.of() : YamlMap.list(list, problems);
  }

  /** A pattern of ids, which must match one. */
  private Glob glob(Node node, RuleSet rules) {
    Glob glob = Glob.of(YamlMap.text(node, problems));
    if (rules.rules().stream().noneMatch(rule -> glob.matches(rule.id()))) {
      Adjustments.known(glob.text(), node, rules, problems);
    }
    return glob;
  }

  private Configuration configuration(YamlMap from) {
    from.only(Set.of("rules", "severity", "parameters", "disable", "waivers"));
    List<Waiver> waivers = new ArrayList<>();
    for (Node node : nodes(from, "waivers")) {
      Waiver waiver = waiver(new YamlMap(node, problems));
      if (waiver != null) {
        waivers.add(waiver);
      }
    }
    return new Configuration(from.texts("rules"), waivers);
  }

  /**
   * Where a file without mistakes changes rules or leaves them out, {@code FILE:LINE:COLUMN} by id.
   */
  public Map<String, String> places() {
    Map<String, String> places = new HashMap<>();
    if (map == null) {
      return places;
    }
    for (Node node : nodes(map, "disable")) {
      places.putIfAbsent(YamlMap.text(node, problems), place(node));
    }
    for (String key : List.of("severity", "parameters")) {
      YamlMap named = map.map(key);
      for (String id : named == null ? Set.<String>of() : named.names()) {
        if (named != null) {
          places.putIfAbsent(id, place(named.key(id)));
        }
      }
    }
    return places;
  }

  private String place(Node node) {
    var mark = node.getStartMark();
    return problems.file() + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  private @Nullable Waiver waiver(YamlMap from) {
    from.only(
        Set.of("rule", "container", "path", "image", "subject", "reason", "owner", "expires"));
    Target target = target(from);
    LocalDate expires = date(from);
    String rule = from.need("rule");
    String reason = words(from, "reason");
    String owner = words(from, "owner");
    if (target == null || expires == null) {
      return null;
    }
    return new Waiver(Glob.of(rule), target, reason, owner, expires, place(from.node()));
  }

  private String words(YamlMap from, String key) {
    String text = from.need(key).strip();
    if (text.isEmpty() && from.get(key) != null) {
      complain(from, key, "the " + key + " of a waiver must not be empty");
    }
    return text;
  }

  private @Nullable Target target(YamlMap from) {
    List<String> given =
        List.of("path", "container", "image", "subject").stream()
            .filter(from.names()::contains)
            .toList();
    if (given.equals(List.of("path", "container"))) {
      return new Target.InFiles(path(from), Glob.of(from.need("container")));
    }
    if (given.size() != 1) {
      problems.add(
          from.node(),
          "a waiver is for one of container: NAME, path: FILES, image: sha256:DIGEST,"
              + " subject: engine|host"
              + (given.isEmpty() ? "" : ", not for several"));
      return null;
    }
    String key = given.get(0);
    String text = from.need(key);
    return switch (key) {
      case "container" -> new Target.ContainerName(Glob.of(text));
      case "path" -> new Target.InFiles(path(from), null);
      case "image" -> image(from, text);
      default -> kind(from, text);
    };
  }

  /** A pattern of paths as findings have them. */
  private Glob path(YamlMap from) {
    String text = from.need("path");
    if (text.isEmpty() || text.startsWith("./") || text.endsWith("/")) {
      complain(from, "path", "a path names files as findings do: deploy/compose.yaml, deploy/**");
    }
    return Glob.ofPath(text);
  }

  private @Nullable Target image(YamlMap from, String text) {
    if (text.matches(DIGEST)) {
      return new Target.ImageDigest(text);
    }
    complain(
        from,
        "image",
        "an image is named by its id, sha256: and 64 digits (docker images --no-trunc)");
    return null;
  }

  private @Nullable Target kind(YamlMap from, String text) {
    for (SubjectKind kind : List.of(SubjectKind.ENGINE, SubjectKind.HOST)) {
      if (kind.toString().equals(text)) {
        return new Target.Kind(kind);
      }
    }
    complain(from, "subject", text + " is neither engine nor host");
    return null;
  }

  private @Nullable LocalDate date(YamlMap from) {
    String text = from.need("expires");
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      if (from.get("expires") != null) {
        complain(from, "expires", text + " is no day such as 2027-03-31");
      }
      return null;
    }
  }

  private void complain(YamlMap from, String key, String message) {
    Node node = from.get(key);
    problems.add(node == null ? from.node() : node, message);
  }
}
