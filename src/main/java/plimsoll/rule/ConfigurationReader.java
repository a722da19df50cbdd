package plimsoll.rule;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import plimsoll.model.Suggestion;
import plimsoll.rule.Waiver.Target;
import plimsoll.yaml.Problem;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/** Reads {@code plimsoll.yaml}. */
public final class ConfigurationReader {
  private static final String DIGEST = "sha256:[0-9a-f]{64}";

  private final Problems problems;

  private ConfigurationReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * What was read.
   *
   * @param problems every mistake; with any, the configuration must not be used
   */
  public record Read(Configuration configuration, List<Problem> problems) {
    /** Copies the list. */
    public Read {
      problems = List.copyOf(problems);
    }
  }

  /** Reads a file's text; {@code file} is its name, for messages. */
  public static Read read(String file, String yaml) {
    Problems problems = new Problems(file);
    Node root = problems.compose(yaml);
    Configuration configuration =
        root == null
            ? Configuration.NONE
            : new ConfigurationReader(problems).configuration(new YamlMap(root, problems));
    return new Read(configuration, problems.found());
  }

  /**
   * Mistakes that show only beside the rules: ids that no rule has.
   *
   * @param rules all rules, those that the configuration names included
   */
  public static List<Problem> unknownRules(String file, String yaml, RuleSet rules) {
    Problems problems = new Problems(file);
    Node root = problems.compose(yaml);
    Set<String> ids = ids(rules);
    if (root != null) {
      YamlMap map = new YamlMap(root, problems);
      YamlMap severities = map.map("severity");
      if (severities != null) {
        severities.names().forEach(id -> known(id, severities.key(id), ids, problems));
      }
      for (Node node : nodes(map, "disable", problems)) {
        known(YamlMap.text(node, problems), node, ids, problems);
      }
      for (Node node : nodes(map, "waivers", problems)) {
        Node rule = new YamlMap(node, problems).get("rule");
        if (rule != null) {
          Glob glob = Glob.of(YamlMap.text(rule, problems));
          if (ids.stream().noneMatch(glob::matches)) {
            known(glob.text(), rule, ids, problems);
          }
        }
      }
    }
    return problems.found();
  }

  private static List<Node> nodes(YamlMap map, String key, Problems problems) {
    Node list = map.get(key);
    return list == null ? List.of() : YamlMap.list(list, problems);
  }

  private static void known(String id, Node node, Set<String> ids, Problems problems) {
    if (!ids.contains(id)) {
      problems.add(
          node,
          "there is no rule "
              + id
              + Suggestion.nearest(id, ids)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; plimsoll rules list shows all"));
    }
  }

  /**
   * Reads a selection.
   *
   * @param rules all rules: a pattern that matches none of them is a mistake
   * @param mistakes where every mistake goes; with any, the selection must not be used
   */
  public static Selection selection(
      String file, String yaml, RuleSet rules, List<Problem> mistakes) {
    Problems problems = new Problems(file);
    Node root = problems.compose(yaml);
    Selection selection =
        root == null
            ? new Selection("", List.of(), Map.of())
            : new ConfigurationReader(problems).selection(new YamlMap(root, problems), ids(rules));
    mistakes.addAll(problems.found());
    return selection;
  }

  private Selection selection(YamlMap map, Set<String> ids) {
    map.only(Set.of("title", "rules", "severity"));
    List<Glob> globs = new ArrayList<>();
    if (map.get("rules") == null) {
      problems.add(map.node(), "the key rules is missing");
    }
    for (Node node : nodes(map, "rules", problems)) {
      Glob glob = Glob.of(YamlMap.text(node, problems));
      globs.add(glob);
      if (ids.stream().noneMatch(glob::matches)) {
        known(glob.text(), node, ids, problems);
      }
    }
    YamlMap severities = map.map("severity");
    if (severities != null) {
      severities.names().forEach(id -> known(id, severities.key(id), ids, problems));
    }
    return new Selection(map.need("title"), globs, severities(map));
  }

  private static Set<String> ids(RuleSet rules) {
    Set<String> ids = new TreeSet<>();
    rules.rules().forEach(rule -> ids.add(rule.id()));
    return ids;
  }

  private Configuration configuration(YamlMap map) {
    map.only(Set.of("rules", "severity", "disable", "waivers"));
    Map<String, Severity> severities = severities(map);
    List<Waiver> waivers = new ArrayList<>();
    for (Node node : nodes(map, "waivers", problems)) {
      Waiver waiver = waiver(new YamlMap(node, problems));
      if (waiver != null) {
        waivers.add(waiver);
      }
    }
    return new Configuration(
        map.texts("rules"), severities, new HashSet<>(map.texts("disable")), waivers);
  }

  private Map<String, Severity> severities(YamlMap map) {
    Map<String, Severity> severities = new HashMap<>();
    YamlMap named = map.map("severity");
    for (String id : named == null ? Set.<String>of() : named.names()) {
      String text = named == null ? "" : named.need(id);
      Severity severity = Severity.named(text).orElse(null);
      if (severity != null) {
        severities.put(id, severity);
      } else if (named != null) {
        complain(named, id, text + " is none of critical, high, medium, low, info");
      }
    }
    return severities;
  }

  private @Nullable Waiver waiver(YamlMap map) {
    map.only(Set.of("rule", "container", "image", "subject", "reason", "owner", "expires"));
    Target target = target(map);
    LocalDate expires = date(map);
    String rule = map.need("rule");
    String reason = words(map, "reason");
    String owner = words(map, "owner");
    if (target == null || expires == null) {
      return null;
    }
    var mark = map.node().getStartMark();
    String place = problems.file() + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    return new Waiver(Glob.of(rule), target, reason, owner, expires, place);
  }

  private String words(YamlMap map, String key) {
    String text = map.need(key).strip();
    if (text.isEmpty() && map.get(key) != null) {
      complain(map, key, "the " + key + " of a waiver must not be empty");
    }
    return text;
  }

  private @Nullable Target target(YamlMap map) {
    List<String> given =
        List.of("container", "image", "subject").stream().filter(map.names()::contains).toList();
    if (given.size() != 1) {
      problems.add(
          map.node(),
          "a waiver is for one of container: NAME, image: sha256:DIGEST, subject: engine|host"
              + (given.isEmpty() ? "" : ", not for several"));
      return null;
    }
    String key = given.get(0);
    String text = map.need(key);
    return switch (key) {
      case "container" -> new Target.ContainerName(Glob.of(text));
      case "image" -> image(map, text);
      default -> kind(map, text);
    };
  }

  private @Nullable Target image(YamlMap map, String text) {
    if (text.matches(DIGEST)) {
      return new Target.ImageDigest(text);
    }
    complain(
        map,
        "image",
        "an image is named by its id, sha256: and 64 digits (docker images --no-trunc)");
    return null;
  }

  private @Nullable Target kind(YamlMap map, String text) {
    for (SubjectKind kind : List.of(SubjectKind.ENGINE, SubjectKind.HOST)) {
      if (kind.toString().equals(text)) {
        return new Target.Kind(kind);
      }
    }
    complain(map, "subject", text + " is neither engine nor host");
    return null;
  }

  private @Nullable LocalDate date(YamlMap map) {
    String text = map.need("expires");
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      if (map.get("expires") != null) {
        complain(map, "expires", text + " is no day such as 2027-03-31");
      }
      return null;
    }
  }

  private void complain(YamlMap map, String key, String message) {
    Node node = map.get(key);
    problems.add(node == null ? map.node() : node, message);
  }
}
