package plimsoll.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import plimsoll.yaml.Merging;
import plimsoll.yaml.Problems;

/**
 * A compose file with what it takes from elsewhere put in: variables, merge keys, {@code extends}
 * and {@code include}. Each node keeps the place, and the file, it was written in.
 */
final class ComposeDocument {
  private static final Set<String> PARTS =
      Set.of("version", "name", "networks", "volumes", "configs", "secrets", "models");

  /** Files that take in files that take in files ... */
  private static final int MAX_DEPTH = 10;

  private final String file;
  private final ClientWorld world;
  private final Problems problems;
  private final int depth;
  private final Map<String, Node> services = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Map<String, Node> sections = new LinkedHashMap<>();

  private ComposeDocument(String file, ClientWorld world, Problems problems, int depth) {
    this.file = file;
    this.world = world;
    this.problems = problems;
    this.depth = depth;
  }

  /** Reads a file; what is wrong with it goes to {@code problems}. */
  static ComposeDocument read(String file, String yaml, ClientWorld world, Problems problems) {
    ComposeDocument document = new ComposeDocument(file, world, problems, 0);
    document.read(yaml, false);
    return document;
  }

  /** Puts another file over it, as {@code -f} and {@code compose.override.yaml} do. */
  void override(String name, String yaml) {
    ComposeDocument over = new ComposeDocument(name, world, problems, depth);
    over.read(yaml, true);
    ComposeMerge.put(over.services, services);
    ComposeMerge.put(over.sections, sections);
  }

  /** The key of a service; its value where it has none of its own. */
  Node key(String name, Node otherwise) {
    return keys.getOrDefault(name, otherwise);
  }

  /** The services, by name, in order. */
  Map<String, Node> services() {
    services.replaceAll((name, node) -> ComposeMerge.kept(node));
    return services;
  }

  /** The entries of another section, such as {@code volumes}; empty where there is none. */
  Map<String, Node> section(String name) {
    return sections.get(name) instanceof MappingNode map ? Merging.values(map) : Map.of();
  }

  private void read(String yaml, boolean partial) {
    Problems own = new Problems(file);
    Node root = own.compose(yaml);
    problems.addAll(own);
    if (root == null) {
      return;
    }
    if (!(root instanceof MappingNode written)) {
      problems.add(named(root), "the key services is missing");
      return;
    }
    MappingNode map = prepared(written);
    Map<String, Node> top = Merging.values(map);
    Node listed = top.get("services");
    if (listed == null && !top.containsKey("include")) {
      if (isFirstVersion(top)) {
        services.putAll(top);
        keys(map);
      } else if (!partial && !isPart(top)) {
        problems.add(map, "the key services is missing");
      }
    } else if (listed instanceof MappingNode found) {
      services.putAll(Merging.values(found));
      keys(found);
    } else if (listed != null && !ComposeReader.isNothing(listed)) {
      problems.add(listed, "expected a mapping of keys to values");
    }
    if (!isFirstVersion(top) || listed != null) {
      sections.putAll(top);
    }
    if (top.get("include") != null) {
      include(top.get("include"));
    }
    for (Map.Entry<String, Node> service : List.copyOf(services.entrySet())) {
      services.put(service.getKey(), extended(service.getKey(), service.getValue(), 0));
    }
  }

  private void keys(MappingNode map) {
    map.getValue().forEach(entry -> keys.put(Merging.key(entry), entry.getKeyNode()));
  }

  /** Networks or volumes alone, for other files to be put together with. */
  private static boolean isPart(Map<String, Node> top) {
    return !top.isEmpty()
        && top.keySet().stream().allMatch(key -> PARTS.contains(key) || key.startsWith("x-"));
  }

  /** Files of the first version are services alone. */
  private static boolean isFirstVersion(Map<String, Node> top) {
    return !top.isEmpty()
        && top.entrySet().stream()
            .allMatch(entry ->
                entry.getValue() instanceof MappingNode map
                    && !Collections.disjoint(
                        Merging.values(map).keySet(), List.of("image", "build", "extends")));
  }

  private void include(@Nullable Node included) {
    List<Node> each =
        included instanceof SequenceNode list
            ? list.getValue()
            : included == null ? List.of() : List.of(included);
    for (Node one : each) {
      Node paths = one instanceof MappingNode map ? Merging.values(map).get("path") : one;
      List<Node> names =
          paths instanceof SequenceNode list
              ? list.getValue()
              : paths == null ? List.of() : List.of(paths);
      for (Node name : names) {
        ComposeDocument other =
            name instanceof ScalarNode scalar ? other(scalar.getValue(), name) : null;
        if (other != null) {
          other.services.forEach(services::putIfAbsent);
          other.keys.forEach(keys::putIfAbsent);
          other.sections.forEach((key, node) -> sections.merge(key, node, ComposeMerge::merged));
        }
      }
    }
  }

  /** Another file; null, and a complaint, where it cannot be read. */
  private @Nullable ComposeDocument other(String path, Node place) {
    if (depth >= MAX_DEPTH) {
      problems.add(place, path + ": files take each other in without end");
      return null;
    }
    if (path.contains("://") || path.startsWith("git@")) {
      problems.add(place, path + " is not in this repository");
      return null;
    }
    String name = resolved(path);
    try {
      ComposeDocument other = new ComposeDocument(name, world, problems, depth + 1);
      other.read(world.composeFile(name), true);
      return other;
    } catch (IOException e) {
      problems.add(place, "cannot read " + path + ": " + e.getMessage());
      return null;
    }
  }

  /** A path from where this file lies, as this file's own name is given. */
  private String resolved(String path) {
    String folder = file.substring(0, file.lastIndexOf('/') + 1);
    String name = path.startsWith("/") ? path : folder + path.replaceFirst("^(\\./)+", "");
    for (String before = ""; !before.equals(name); ) {
      before = name;
      name = name.replaceFirst("(^|/)(?!\\.\\./)[^/]+/\\.\\./", "$1");
    }
    return name;
  }

  /** A service with what it extends below it. */
  private Node extended(String name, Node service, int steps) {
    Node extend = service instanceof MappingNode map ? Merging.values(map).get("extends") : null;
    if (extend == null) {
      return service;
    }
    if (steps > MAX_DEPTH) {
      problems.add(extend, "services extend each other without end");
      return service;
    }
    String base = extend instanceof ScalarNode scalar ? scalar.getValue() : "";
    Node path = null;
    if (extend instanceof MappingNode map) {
      base =
          Merging.values(map).get("service") instanceof ScalarNode scalar
              ? scalar.getValue()
              : name;
      path = Merging.values(map).get("file");
    }
    ComposeDocument from = this;
    if (path instanceof ScalarNode scalar && !resolved(scalar.getValue()).equals(file)) {
      ComposeDocument other = other(scalar.getValue(), path);
      if (other == null) {
        return service;
      }
      from = other;
    }
    Node parent = from.services.get(base);
    if (parent == null) {
      problems.add(extend, "there is no service " + base + " to extend");
      return service;
    }
    return ComposeMerge.merged(from.extended(base, parent, steps + 1), without(service, "extends"));
  }

  private static Node without(Node node, String key) {
    return node instanceof MappingNode map
        ? ComposeMerge.with(
            map,
            map.getValue().stream()
                .filter(entry ->
                    !(entry.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key)))
                .toList())
        : node;
  }

  /** A mapping with merge keys spread, variables put in, and the file's name at each node. */
  private MappingNode prepared(MappingNode map) {
    List<NodeTuple> entries = new ArrayList<>();
    for (NodeTuple entry : Merging.entries(map)) {
      entries.add(new NodeTuple(named(entry.getKeyNode()), prepared(entry.getValueNode())));
    }
    return new MappingNode(
        map.getTag(),
        true,
        entries,
        mark(map.getStartMark()),
        mark(map.getEndMark()),
        map.getFlowStyle());
  }

  private Node prepared(Node node) {
    if (node instanceof MappingNode map) {
      return prepared(map);
    }
    if (node instanceof SequenceNode list) {
      return new SequenceNode(
          list.getTag(),
          true,
          list.getValue().stream().map(this::prepared).toList(),
          mark(list.getStartMark()),
          mark(list.getEndMark()),
          list.getFlowStyle());
    }
    return named(node);
  }

  /** A scalar with its variables put in; anything else as it is. */
  private Node named(Node node) {
    return node instanceof ScalarNode scalar
        ? new ScalarNode(
            scalar.getTag(),
            true,
            ComposeVariables.fill(scalar.getValue(), world),
            mark(scalar.getStartMark()),
            mark(scalar.getEndMark()),
            scalar.getScalarStyle())
        : node;
  }

  private Mark mark(Mark mark) {
    return new Mark(
        file,
        mark.getIndex(),
        mark.getLine(),
        mark.getColumn(),
        mark.getBuffer(),
        mark.getPointer());
  }
}
