package plimsoll.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import plimsoll.yaml.Merging;

/**
 * What a job of GitLab takes from those that it {@code extends}: keys that it has not itself, and
 * of the mappings that both have likewise (GitLab's reference of the CI/CD YAML syntax).
 */
final class Extending {
  /** GitLab allows eleven levels. */
  private static final int MAX_DEPTH = 11;

  /**
   * Jobs taken by others in one file, each time they are: no file that people write has so many.
   */
  private static final int MAX_TAKEN = 10_000;

  private final @Nullable MappingNode jobs;
  private int taken;

  /** Among the jobs of a file. */
  Extending(Node root) {
    this.jobs = root instanceof MappingNode map ? map : null;
  }

  /** The job with what it extends; itself where it extends nothing. */
  MappingNode extended(MappingNode job) {
    return jobs == null ? job : extended(job, jobs, 0);
  }

  private MappingNode extended(MappingNode job, MappingNode among, int depth) {
    Node names = depth > MAX_DEPTH ? null : YamlValues.get(job, "extends");
    List<Node> bases = new ArrayList<>();
    if (names instanceof ScalarNode) {
      bases.add(names);
    } else if (names instanceof SequenceNode list) {
      bases.addAll(list.getValue());
    }
    // Of several the last counts most.
    Collections.reverse(bases);
    MappingNode all = job;
    for (Node name : bases) {
      if (name instanceof ScalarNode base
          && YamlValues.get(among, base.getValue()) instanceof MappingNode from
          && ++taken <= MAX_TAKEN) {
        all = over(all, extended(from, among, depth + 1));
      }
    }
    return all;
  }

  private static MappingNode over(MappingNode own, MappingNode base) {
    Map<String, Node> owns = Merging.values(own);
    Map<String, Node> bases = Merging.values(base);
    List<NodeTuple> all = new ArrayList<>();
    for (NodeTuple entry : Merging.entries(own)) {
      all.add(
          entry.getValueNode() instanceof MappingNode ownValue
                  && bases.get(Merging.key(entry)) instanceof MappingNode baseValue
              ? new NodeTuple(entry.getKeyNode(), over(ownValue, baseValue))
              : entry);
    }
    for (NodeTuple entry : Merging.entries(base)) {
      if (!owns.containsKey(Merging.key(entry))) {
        all.add(entry);
      }
    }
    return new MappingNode(
        own.getTag(), true, all, own.getStartMark(), own.getEndMark(), own.getFlowStyle());
  }
}
