package plimsoll.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Mistakes found so far in one file. */
public final class Problems {
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

  private void add(@Nullable Mark mark, String message) {
    found.add(
        new Problem(
            file,
            mark == null ? 1 : mark.getLine() + 1,
            mark == null ? 1 : mark.getColumn() + 1,
            message));
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
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(30);
    try {
      Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
      if (node == null) {
        add("the file is empty");
      }
      return node;
    } catch (MarkedYAMLException e) {
      add(e.getProblemMark(), "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      add("not YAML: " + e.getMessage());
    }
    return null;
  }
}
