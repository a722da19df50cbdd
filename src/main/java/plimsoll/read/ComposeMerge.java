package plimsoll.read;

import java.util.ArrayList;
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
import plimsoll.yaml.Merging;

/**
 * Puts one part of a compose file over another, as the specification's chapter on merging says:
 * mappings key by key, lists added up but for commands and for what is mounted at the same place;
 * {@code !reset} takes out, {@code !override} replaces.
 */
final class ComposeMerge {
  /** Lists that are not added to. */
  private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test", "extends");

  /** Lists of what is put at a place in the container, which there is one of. */
  private static final Set<String> PLACED = Set.of("volumes", "devices");

  private ComposeMerge() {}

  /** One over the other. */
  static Node merged(Node base, Node over) {
    return merged("", base, over);
  }

  private static Node merged(String key, Node base, Node over) {
    if (is(over, "!override")) {
      return over;
    }
    if (base instanceof MappingNode below && over instanceof MappingNode above) {
      return mappings(below, above);
    }
    if (base instanceof SequenceNode below && over instanceof SequenceNode above) {
      return sequences(key, below, above);
    }
    return over;
  }

  private static Node mappings(MappingNode below, MappingNode above) {
    Map<String, NodeTuple> all = new LinkedHashMap<>();
    below.getValue().forEach(entry -> all.put(Merging.key(entry), entry));
    for (NodeTuple entry : above.getValue()) {
      String key = Merging.key(entry);
      NodeTuple old = all.get(key);
      if (is(entry.getValueNode(), "!reset")) {
        all.remove(key);
      } else {
        all.put(
            key,
            old == null || REPLACED.contains(key)
                ? entry
                : new NodeTuple(
                    entry.getKeyNode(), merged(key, old.getValueNode(), entry.getValueNode())));
      }
    }
    return with(above, List.copyOf(all.values()));
  }

  private static Node sequences(String key, SequenceNode below, SequenceNode above) {
    List<Node> all = new ArrayList<>();
    if (PLACED.contains(key)) {
      List<String> taken =
          above.getValue().stream().map(ComposeMerge::target).filter(one -> one != null).toList();
      below.getValue().stream()
          .filter(one -> !taken.contains(String.valueOf(target(one))))
          .forEach(all::add);
    } else {
      all.addAll(below.getValue());
    }
    all.addAll(above.getValue());
    return new SequenceNode(
        above.getTag(), true, all, above.getStartMark(), above.getEndMark(), above.getFlowStyle());
  }

  /** Where in the container something is put; null where that is not said. */
  private static @Nullable String target(Node node) {
    String target = null;
    if (node instanceof ScalarNode scalar) {
      String[] parts = scalar.getValue().split(":", 3);
      target = parts.length > 1 ? parts[1] : parts[0];
    } else if (node instanceof MappingNode map
        && Merging.values(map).get("target") instanceof ScalarNode scalar) {
      target = scalar.getValue();
    }
    return target == null || target.isEmpty() ? null : target.replaceFirst("(?<=.)/+$", "");
  }

  /** Puts all entries over those of another file. */
  static void put(Map<String, Node> over, Map<String, Node> into) {
    over.forEach((key, node) -> {
      if (is(node, "!reset")) {
        into.remove(key);
      } else {
        into.merge(key, node, ComposeMerge::merged);
      }
    });
  }

  /** A service without what {@code !reset} takes out of it where there is nothing below it. */
  static Node kept(Node node) {
    return node instanceof MappingNode map
        ? with(
            map,
            map.getValue().stream().filter(entry -> !is(entry.getValueNode(), "!reset")).toList())
        : node;
  }

  private static boolean is(Node node, String tag) {
    return node.getTag().getValue().equals(tag);
  }

  /** The same mapping with other entries. */
  static MappingNode with(MappingNode map, List<NodeTuple> entries) {
    return new MappingNode(
        map.getTag(), true, entries, map.getStartMark(), map.getEndMark(), map.getFlowStyle());
  }
}
