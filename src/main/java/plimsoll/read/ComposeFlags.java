package plimsoll.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import plimsoll.read.RunFlag.Kind;
import plimsoll.read.RunLine.Given;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/** Run flags being gathered from the nodes of a compose file, and how those nodes are read. */
final class ComposeFlags {
  private final Problems problems;
  private final List<Given> flags = new ArrayList<>();

  ComposeFlags(Problems problems) {
    this.problems = problems;
  }

  List<Given> all() {
    return flags;
  }

  YamlMap map(Node node) {
    return new YamlMap(node, problems);
  }

  void add(RunFlag flag, String value, Node place) {
    String text = value;
    if (flag.kind() == Kind.SWITCH) {
      text =
          switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y" -> "true";
            case "false", "no", "off", "n" -> "false";
            default -> {
              if (isOpen(value)) {
                yield value;
              }
              problems.add(place, "expected true or false, not " + value);
              yield "false";
            }
          };
    }
    flags.add(new Given(flag, text, ComposeReader.word(place, text)));
  }

  /** Whether whoever reads the file has left a character of their own for what is not set. */
  private static boolean isOpen(String value) {
    return value.chars().anyMatch(c -> Character.getType(c) == Character.PRIVATE_USE);
  }

  String scalar(Node node) {
    return plain(YamlMap.text(node, problems));
  }

  /** Two dollar signs stand for one. */
  static String plain(String text) {
    return text.replace("$$", "$");
  }

  List<Node> each(Node value) {
    return value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
  }

  void keyed(RunFlag flag, Node value) {
    if (value instanceof MappingNode) {
      YamlMap map = map(value);
      for (String name : map.names()) {
        Node node = map.get(name);
        String entry =
            node == null || ComposeReader.isNothing(node) ? name : name + "=" + scalar(node);
        add(flag, entry, map.key(name));
      }
    } else {
      each(value).forEach(node -> add(flag, scalar(node), node));
    }
  }

  void field(List<String> fields, String name, YamlMap map, String key) {
    String value = optional(map, key);
    if (!value.isEmpty()) {
      fields.add(name + "=" + value);
    }
  }

  static String csv(List<String> fields) {
    StringJoiner joiner = new StringJoiner(",");
    for (String field : fields) {
      joiner.add(
          field.contains(",") || field.contains("\"")
              ? '"' + field.replace("\"", "\"\"") + '"'
              : field);
    }
    return joiner.toString();
  }

  String optional(YamlMap map, String key) {
    Node node = map.get(key);
    return node == null || ComposeReader.isNothing(node) ? "" : scalar(node);
  }
}
