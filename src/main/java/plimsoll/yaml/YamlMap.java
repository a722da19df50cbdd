package plimsoll.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import plimsoll.model.Suggestion;

/**
 * A YAML mapping that remembers where everything stands, and collects mistakes instead of stopping
 * at the first.
 */
public final class YamlMap {
  private final Problems problems;
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();

  /** Reads a mapping; complains where the node is none. */
  public YamlMap(Node node, Problems problems) {
    this.node = node;
    this.problems = problems;
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, "expected a mapping of keys to values");
      return;
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problems.add(entry.getKeyNode(), "a key must be plain text");
      } else if (values.put(key.getValue(), entry.getValueNode()) != null) {
        problems.add(key, "the key " + key.getValue() + " stands here twice");
      } else {
        keys.put(key.getValue(), key);
      }
    }
  }

  /** The node itself. */
  public Node node() {
    return node;
  }

  /** The keys, in order. */
  public Set<String> names() {
    return values.keySet();
  }

  /** The node of a key that is there. */
  public Node key(String name) {
    return keys.getOrDefault(name, node);
  }

  /** The value at a key; null where the key is absent. */
  public @Nullable Node get(String key) {

    return values.get(key);
  }

  /** Complains of each key that is not among {@code known}. */
  public void only(Set<String> known) {
    for (Map.Entry<String, Node> key : keys.entrySet()) {
      if (!known.contains(key.getKey())) {
        problems.add(
            key.getValue(),
            "unknown key "
                + key.getKey()
                + Suggestion.nearest(key.getKey(), known)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; there are " + String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  /** The text at a key that must be there; {@code ""} and a complaint where it is not. */
  public String need(String key) {
    Node value = values.get(key);
    if (value == null) {
      problems.add(node, "the key " + key + " is missing");
      return "";
    }
    return text(value, problems);
  }

  /** The mapping at a key; null where the key is absent. */
  public @Nullable YamlMap map(String key) {
    Node value = values.get(key);
    return value == null ? null : new YamlMap(value, problems);
  }

  /** The texts at a key; empty where it is absent. */
  public List<String> texts(String key) {
    Node value = values.get(key);
    return value == null ? List.of() : texts(value, problems);
  }

  /** The text of a plain value; {@code ""} and a complaint for anything else. */
  public static String text(Node node, Problems problems) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().strip();
    }
    problems.add(node, "expected one plain value");
    return "";
  }

  /** The elements of a list; none and a complaint for anything else. */
  public static List<Node> list(Node node, Problems problems) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problems.add(node, "expected a list");
    return List.of();
  }

  /** The elements of a list of plain values. */
  public static List<String> texts(Node node, Problems problems) {
    return list(node, problems).stream().map(element -> text(element, problems)).toList();
  }
}
