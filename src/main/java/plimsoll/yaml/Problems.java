package plimsoll.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Mistakes found so far in one file. */
public final class Problems {
  private static final int MAX_NODES = 200_000;

  /** Which plain scalars are numbers and truths; nothing changes it. */
  private static final Resolver RESOLVER = new Resolver();

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
        composed(
            yaml,
            composer -> {
              Node root = composer.getSingleNode();
              return root == null ? List.of() : List.of(root);
            });
    if (roots.isEmpty() && found.size() == before) {
      add("the file is empty");
    }
    return roots.isEmpty() ? null : roots.get(0);
  }

  /** The roots of a file's documents, of which there may be several; none where one is no YAML. */
  public List<Node> composeAll(String yaml) {
    return composed(
        yaml,
        composer -> {
          List<Node> roots = new ArrayList<>();
          while (composer.checkNode()) {
            roots.add(composer.getNode());
          }
          return roots;
        });
  }

  private List<Node> composed(String yaml, Function<Composer, List<Node>> read) {
    LoaderOptions options = new LoaderOptions();
    // Large files have many; whether they come to too much is looked at when all are known.
    options.setMaxAliasesForCollections(MAX_NODES);
    options.setNestingDepthLimit(30);
    try {
      // Not by way of Yaml, which makes ready for each file what constructs and writes objects.
      List<Node> roots =
          read.apply(
              new Composer(new ParserImpl(new StreamReader(yaml), options), RESOLVER, options));
      for (Node root : roots) {
        if (!bounded(root)) {
          add("it is too large once its aliases are followed, or they go in a circle");
          return List.of();
        }
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
