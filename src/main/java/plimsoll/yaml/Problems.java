package plimsoll.yaml;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Mistakes found so far in one file. */
public final class Problems {
  private static final int MAX_NODES = 200_000;

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  /** None yet. */
  public Problems(String file) {
    this.file = file;
  }

  /** The file's name, as it stands in messages. */
  public String file() {
    return file;
  }

  /** A mistake where {@code node} starts. */
  public void add(Node node, String message) {
    add(node.getStartMark(), message);
  }

  /** A mistake about the file as a whole. */
  public void add(String message) {
    add((Mark) null, message);
  }

  /** A mistake at a place; both are counted from 1. */
  public void add(int line, int column, String message) {
    found.add(new Problem(file, Math.max(1, line), Math.max(1, column), message));
  }

  /** Takes over what was found in another file. */
  public void addAll(Problems others) {
    found.addAll(others.found);
  }

  private void add(@Nullable Mark mark, String message) {
    found.add(
        new Problem(
            mark == null || mark.getName().startsWith("'") ? file : mark.getName(),
            mark == null ? 1 : mark.getLine() + 1,
            mark == null ? 1 : mark.getColumn() + 1,
            message));
  }

  /** Whether a walk through the document, along each alias every time, comes to an end soon. */
  private static boolean bounded(Node root) {
    Deque<Node> rest = new ArrayDeque<>(List.of(root));
    for (int visited = 0; !rest.isEmpty(); visited++) {
      if (visited > MAX_NODES) {
        return false;
      }
      Node node = rest.pop();
      if (node instanceof SequenceNode list) {
        list.getValue().forEach(rest::push);
      } else if (node instanceof MappingNode map) {
        for (NodeTuple entry : map.getValue()) {
          rest.push(entry.getKeyNode());
          rest.push(entry.getValueNode());
        }
      }
    }
    return true;
  }

  /** All mistakes, in the order of the file. */
  public List<Problem> found() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  /**
   * The root of a YAML document, with marks; null and a complaint where it is empty or no YAML.
   * Depth and aliases are bounded, so that no small file becomes a large one.
   */
  public @Nullable Node compose(String yaml) {
    int before = found.size();
    List<Node> roots =
        composed(reader -> {
          Node root = reader.compose(new StringReader(yaml));
          return root == null ? List.of() : List.of(root);
        });
    if (roots.isEmpty() && found.size() == before) {
      add("the file is empty");
    }
    return roots.isEmpty() ? null : roots.get(0);
  }

  /** The roots of a file's documents, of which there may be several; none where one is no YAML. */
  public List<Node> composeAll(String yaml) {
    return composed(reader -> reader.composeAll(new StringReader(yaml)));
  }

  private List<Node> composed(Function<Yaml, Iterable<Node>> read) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(30);
    List<Node> roots = new ArrayList<>();
    try {
      for (Node root : read.apply(new Yaml(new SafeConstructor(options)))) {
        if (!bounded(root)) {
          add("it is too large once its aliases are followed, or they go in a circle");
          return List.of();
        }
        roots.add(root);
      }
      return roots;
    } catch (MarkedYAMLException e) {
      add(e.getProblemMark(), "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      add("not YAML: " + e.getMessage());
    }
    return List.of();
  }
}
