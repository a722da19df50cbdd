package plimsoll.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Merge keys ({@code <<}, yaml.org/type/merge): what a mapping takes from others. */
public final class Merging {
  private static final int MAX_DEPTH = 30;

  private Merging() {}

  /** A mapping's entries, its own first; those of a merge key that it has itself are left out. */
  public static List<NodeTuple> entries(MappingNode map) {
    return entries(map, 0);
  }

  /** The same, values by key. */
  public static Map<String, Node> values(MappingNode map) {
    Map<String, Node> values = new LinkedHashMap<>();
    entries(map).forEach(entry -> values.putIfAbsent(key(entry), entry.getValueNode()));
    return values;
  }

  private static List<NodeTuple> entries(MappingNode map, int depth) {
    if (map.getValue().stream().noneMatch(entry -> key(entry).equals("<<"))) {
      return map.getValue();
    }
    List<NodeTuple> entries =
        new ArrayList<>(map.getValue().stream().filter(entry -> !key(entry).equals("<<")).toList());
    Set<String> keys = new HashSet<>();
    entries.forEach(entry -> keys.add(key(entry)));
    for (NodeTuple entry : map.getValue()) {
      Node value = entry.getValueNode();
      if (!key(entry).equals("<<") || depth > MAX_DEPTH) {
        continue;
      }
      for (Node one : value instanceof SequenceNode list ? list.getValue() : List.of(value)) {
        if (one instanceof MappingNode from) {
          for (NodeTuple below : entries(from, depth + 1)) {
            if (keys.add(key(below))) {
              entries.add(below);
            }
          }
        }
      }
    }
    return entries;
  }

  /** The key of an entry; empty for one that is no plain text. */
  public static String key(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
