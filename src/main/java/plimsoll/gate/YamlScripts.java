package plimsoll.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
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
import org.yaml.snakeyaml.nodes.Tag;
import plimsoll.shell.Fragment;
import plimsoll.shell.ShellException;
import plimsoll.shell.Unknowns;
import plimsoll.yaml.Merging;

/**
 * Scripts in YAML: workflows, pipelines and task files of whatever product, which all keep them
 * under a few keys; and the options that some of these pass to an engine's client themselves.
 */
final class YamlScripts {
  private static final Set<String> SCRIPTS =
      Set.of(
          "after_script",
          "after_success",
          "bash",
          "before_install",
          "before_script",
          "cmd",
          "cmds",
          "command",
          "commands",
          "defer",
          "install",
          "run",
          "script",
          "scripts",
          "sh",
          "shell",
          "steps",
          "post-build",
          "pre-build",
          "pre_build",
          "post_build",
          "build",
          "inline",
          "inlineScript",
          "args",
          "preparation",
          "entry");

  private static final Tag REFERENCE = new Tag("!reference");

  private static final Set<String> OTHER_SHELLS =
      Set.of("pwsh", "powershell", "python", "python3", "node", "cmd", "cmd.exe", "perl", "ruby");

  /** No file that people write has so many, aliases followed. */
  private static final int MAX_NODES = 200_000;

  /** Lines of scripts, those that references repeat included. */
  private static final int MAX_GATHERED = 20_000;

  /** Characters of a script that {@code !reference} puts together, after which no more is added. */
  private static final int MAX_SCRIPT = 1 << 20;

  private final Set<Node> active = Collections.newSetFromMap(new IdentityHashMap<>());
  private final SourceFile file;
  private final Node root;
  private final RunFinder finder;
  private final YamlValues values;
  private final Extending extending;
  private final Set<Node> referred = Collections.newSetFromMap(new IdentityHashMap<>());
  private int walked;
  private int gathered;

  private YamlScripts(SourceFile file, Node root, RunFinder finder, Unknowns unknowns) {
    this.file = file;
    this.root = root;
    this.extending = new Extending(root);
    this.finder = finder;
    this.values = new YamlValues(file, finder.branches(), unknowns);
  }

  static void read(SourceFile file, Node root, RunFinder finder, Unknowns unknowns)
      throws ShellException {
    new YamlScripts(file, root, finder, unknowns).start();
  }

  private void start() throws ShellException {
    walk(root, values.inputs(root), null);
  }

  /**
   * Looks through a node.
   *
   * @param outer variables that are set outside
   * @param outerBefore what runs before each script, unless that has its own; null for nothing
   */
  private void walk(Node node, Map<String, Fragment> outer, @Nullable Node outerBefore)
      throws ShellException {
    if (++walked > MAX_NODES) {
      throw new ShellException("it is too much to be followed", 0);
    }
    if (!active.add(node)) {
      // It holds itself.
      return;
    }
    if (node instanceof SequenceNode list) {
      for (Node element : list.getValue()) {
        walk(element, outer, outerBefore);
      }
    } else if (node instanceof MappingNode map) {
      walk(extending.extended(map), outer, outerBefore);
    }
    active.remove(node);
  }

  private void walk(MappingNode map, Map<String, Fragment> outer, @Nullable Node outerBefore)
      throws ShellException {
    Map<String, Fragment> variables = values.variables(map, outer);
    if (YamlValues.get(map, "strategy") instanceof MappingNode strategy
        && YamlValues.get(strategy, "matrix") instanceof MappingNode matrix) {
      variables = values.withMatrix(matrix, variables);
    }
    if (YamlValues.get(map, "parameters") instanceof MappingNode parameters
        && YamlValues.get(map, "steps") != null) {
      // CircleCI: a command of the file's own.
      variables = new LinkedHashMap<>(variables);
      values.defaults(parameters, "parameters.", variables);
    }
    if (values.isWorkflow() || values.isAzure()) {
      options(map, variables);
    }
    Node before = YamlValues.get(map, "before_script");
    if (before == null && YamlValues.get(map, "default") instanceof MappingNode defaults) {
      before = YamlValues.get(defaults, "before_script");
    }
    before = before == null ? outerBefore : before;
    Node script = YamlValues.get(map, "script");
    if (before != null && script != null) {
      // GitLab runs both in one shell.
      inOne(List.of(before, script), variables);
    }
    boolean shell = !OTHER_SHELLS.contains(YamlValues.text(map, "shell").split(" ", 2)[0]);
    for (NodeTuple entry : Merging.entries(map)) {
      String key = Merging.key(entry);
      Node value = entry.getValueNode();
      if (command(key) instanceof MappingNode called && value instanceof MappingNode passed) {
        Map<String, Fragment> own = new LinkedHashMap<>(variables);
        values.defaults(YamlValues.get(called, "parameters"), "parameters.", own);
        for (NodeTuple one : Merging.entries(passed)) {
          if (one.getValueNode() instanceof ScalarNode scalar) {
            own.put("parameters." + Merging.key(one), Scalars.fragment(file, scalar));
          }
        }
        Node steps = YamlValues.get(called, "steps");
        if (steps != null) {
          walk(steps, own, null);
        }
        continue;
      }
      boolean done = before != null && script != null && key.matches("(before_)?script");
      if (YamlValues.isVariables(key) || done) {
        continue;
      }
      if (key.equals("scripts") && value instanceof MappingNode scripts) {
        // package.json
        for (NodeTuple one : scripts.getValue()) {
          scripts(one.getValueNode(), variables);
        }
      } else if (key.equals("tasks") && value instanceof MappingNode tasks) {
        // Task: a task may be its commands alone.
        for (NodeTuple one : Merging.entries(tasks)) {
          if (one.getValueNode() instanceof MappingNode) {
            walk(one.getValueNode(), variables, before);
          } else {
            scripts(one.getValueNode(), variables);
          }
        }
      } else if (SCRIPTS.contains(key) && (shell || !key.equals("run"))) {
        scripts(value, variables);
      } else {
        walk(value, variables, before);
      }
    }
  }

  /** A command of a CircleCI file's own; null for none. */
  private @Nullable Node command(String name) {
    return root instanceof MappingNode map
            && YamlValues.get(map, "commands") instanceof MappingNode commands
        ? YamlValues.get(commands, name)
        : null;
  }

  /** A script, or several that run one after the other, with each value of a matrix. */
  private void scripts(Node node, Map<String, Fragment> variables) throws ShellException {
    once(node, variables);
    for (Map<String, Fragment> others : others(node, variables)) {
      once(node, others);
    }
  }

  /** The variables with each further value of what a matrix sets and a text names. */
  private List<Map<String, Fragment>> others(@Nullable Node text, Map<String, Fragment> variables) {
    List<Map<String, Fragment>> all = new ArrayList<>();
    for (Map.Entry<String, List<Fragment>> alternative : values.alternatives().entrySet()) {
      List<Fragment> others = alternative.getValue();
      boolean named =
          text instanceof ScalarNode scalar && scalar.getValue().contains(alternative.getKey());
      for (int i = 1; named && i < Math.min(others.size(), 16); i++) {
        Map<String, Fragment> own = new LinkedHashMap<>(variables);
        own.put(alternative.getKey(), others.get(i));
        all.add(own);
      }
    }
    return all;
  }

  private void once(Node node, Map<String, Fragment> variables) throws ShellException {
    if (node instanceof ScalarNode scalar) {
      run(values.fragment(scalar, variables), variables);
    } else if (node instanceof SequenceNode list) {
      for (Node element : list.getValue()) {
        if (element instanceof MappingNode) {
          walk(element, variables, null);
        }
      }
      Fragment.Builder all = new Fragment.Builder();
      gather(list, variables, all);
      Fragment lines = all.build();
      // command: [docker, run, ...]
      boolean words = lines.text().matches("(?s)(sudo|docker|podman|nerdctl)\\n.*");
      run(words ? lines.with('\n', ' ') : lines, variables);
    } else {
      walk(node, variables, null);
    }
  }

  /** Scripts, or lists of them, that one shell runs. */
  private void inOne(List<Node> nodes, Map<String, Fragment> variables) throws ShellException {
    Fragment.Builder all = new Fragment.Builder();
    nodes.forEach(node -> gather(node, variables, all));
    run(all.build(), variables);
  }

  private void gather(Node node, Map<String, Fragment> variables, Fragment.Builder into) {
    if (++gathered > MAX_GATHERED) {
      return;
    }
    if (node instanceof ScalarNode scalar) {
      Fragment line = values.fragment(scalar, variables);
      into.add(line).add('\n', line.at(line.text().length()));
    } else if (node instanceof SequenceNode list && list.getTag().equals(REFERENCE)) {
      Node to = root;
      for (Node step : list.getValue()) {
        to =
            to instanceof MappingNode map && step instanceof ScalarNode name
                ? YamlValues.get(map, name.getValue())
                : null;
      }
      // What refers to itself says nothing new, and what doubles itself ends.
      if (to != null && into.length() < MAX_SCRIPT && referred.add(to)) {
        gather(to, variables, into);
        referred.remove(to);
      }
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(element -> gather(element, variables, into));
    }
  }

  private void run(Fragment script, Map<String, Fragment> variables) throws ShellException {
    if (Mentions.client(script.text())
        || variables.values().stream().anyMatch(value -> Mentions.client(value.text()))) {
      finder.script(script, variables);
    }
  }

  /** {@code container.options}, {@code services.*.options}, and actions that run a container. */
  private void options(MappingNode map, Map<String, Fragment> variables) throws ShellException {
    if (YamlValues.get(map, "container") instanceof MappingNode container) {
      run(container, variables);
    }
    if (values.isAzure()
        && YamlValues.get(map, "container") instanceof ScalarNode
        && YamlValues.get(map, "image") != null) {
      run(map, variables);
    }
    if (YamlValues.get(map, "services") instanceof MappingNode services
        && YamlValues.get(map, "runs-on") != null) {
      for (NodeTuple service : services.getValue()) {
        if (service.getValueNode() instanceof MappingNode one) {
          run(one, variables);
        }
      }
    }
    if (YamlValues.text(map, "uses").matches("(?i).*docker-run.*|.*run-(in-)?(docker|container).*")
        && YamlValues.get(map, "with") instanceof MappingNode with) {
      run(with, variables);
    }
  }

  /** A container's options, with each value of a matrix. */
  private void run(MappingNode container, Map<String, Fragment> variables) throws ShellException {
    runOnce(container, variables);
    for (Map<String, Fragment> others : others(YamlValues.get(container, "options"), variables)) {
      runOnce(container, others);
    }
  }

  private void runOnce(MappingNode container, Map<String, Fragment> variables)
      throws ShellException {
    Node options = YamlValues.get(container, "options");
    Node volumes = YamlValues.get(container, "volumes");
    Node first = options != null ? options : volumes;
    if (first == null) {
      return;
    }
    int at =
        first instanceof ScalarNode scalar
            ? values.fragment(scalar, variables).at(0)
            : file.offset(first.getStartMark().getLine() + 1, first.getStartMark().getColumn() + 1);
    Fragment.Builder line = new Fragment.Builder().add("docker run ", at);
    if (volumes instanceof SequenceNode list) {
      for (Node volume : list.getValue()) {
        if (volume instanceof ScalarNode scalar) {
          Fragment text = values.fragment(scalar, variables);
          line.add("-v ", text.at(0)).add(text).add(' ', text.at(0));
        }
      }
    }
    if (options instanceof ScalarNode scalar) {
      line.add(values.fragment(scalar, variables).with('\n', ' '));
    }
    line.add(' ', at);
    if (YamlValues.get(container, "image") instanceof ScalarNode image) {
      line.add(values.fragment(image, variables));
    }
    finder.script(line.build(), variables);
  }
}
