package plimsoll.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
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

  private static final Set<String> VARIABLES =
      Set.of("env", "environment", "variables", "vars", "global_env");

  private static final Pattern MACRO = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.]*)\\)");

  private static final Set<String> OTHER_SHELLS =
      Set.of("pwsh", "powershell", "python", "python3", "node", "cmd", "cmd.exe", "perl", "ruby");

  private final SourceFile file;
  private final RunFinder finder;
  private final Unknowns unknowns;
  private final boolean workflow;
  private final boolean azure;

  private YamlScripts(SourceFile file, RunFinder finder, Unknowns unknowns) {
    this.file = file;
    this.finder = finder;
    this.unknowns = unknowns;
    this.azure = file.path().matches("(?i)(.*/)?[^/]*azure[^/]*\\.ya?ml");
    this.workflow = file.path().matches("(.*/)?\\.(github|gitea|forgejo)/.*|(.*/)?action\\.ya?ml");
  }

  static void read(SourceFile file, Node root, RunFinder finder, Unknowns unknowns)
      throws ShellException {
    new YamlScripts(file, finder, unknowns).walk(root, Map.of(), null);
  }

  /**
   * Looks through a node.
   *
   * @param outer variables that are set outside
   * @param outerBefore what runs before each script, unless that has its own; null for nothing
   */
  private void walk(Node node, Map<String, Fragment> outer, @Nullable Node outerBefore)
      throws ShellException {
    if (node instanceof SequenceNode list) {
      for (Node element : list.getValue()) {
        walk(element, outer, outerBefore);
      }
      return;
    }
    if (!(node instanceof MappingNode map)) {
      return;
    }
    Map<String, Fragment> variables = variables(map, outer);
    if (workflow || azure) {
      options(map, variables);
    }
    Node before = get(map, "before_script");
    if (before == null && get(map, "default") instanceof MappingNode defaults) {
      before = get(defaults, "before_script");
    }
    before = before == null ? outerBefore : before;
    Node script = get(map, "script");
    if (before != null && script != null) {
      // GitLab runs both in one shell.
      inOne(List.of(before, script), variables);
    }
    boolean shell = !OTHER_SHELLS.contains(text(map, "shell").split(" ", 2)[0]);
    for (NodeTuple entry : Merging.entries(map)) {
      String key = Merging.key(entry);
      Node value = entry.getValueNode();
      boolean done = before != null && script != null && key.matches("(before_)?script");
      if (VARIABLES.contains(key) || done) {
        continue;
      }
      if (key.equals("scripts") && value instanceof MappingNode scripts) {
        // package.json
        for (NodeTuple one : scripts.getValue()) {
          scripts(one.getValueNode(), variables);
        }
      } else if (SCRIPTS.contains(key) && (shell || !key.equals("run"))) {
        scripts(value, variables);
      } else {
        walk(value, variables, before);
      }
    }
  }

  /** A script, or several that run one after the other. */
  private void scripts(Node node, Map<String, Fragment> variables) throws ShellException {
    if (node instanceof ScalarNode scalar) {
      run(fragment(scalar, variables), variables);
    } else if (node instanceof SequenceNode list) {
      List<Fragment> lines = new ArrayList<>();
      for (Node element : list.getValue()) {
        if (element instanceof ScalarNode scalar) {
          lines.add(fragment(scalar, variables));
        } else if (element instanceof SequenceNode) {
          scripts(element, variables);
        } else {
          walk(element, variables, null);
        }
      }
      boolean words =
          !lines.isEmpty() && lines.get(0).text().matches("(sudo|docker|podman|nerdctl)");
      Fragment.Builder all = new Fragment.Builder();
      for (Fragment line : lines) {
        all.add(line).add(words ? ' ' : '\n', line.at(line.text().length()));
      }
      run(all.build(), variables);
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
    if (node instanceof ScalarNode scalar) {
      Fragment line = fragment(scalar, variables);
      into.add(line).add('\n', line.at(line.text().length()));
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

  /** Variables that are set for what is inside. */
  private Map<String, Fragment> variables(MappingNode map, Map<String, Fragment> outer) {
    Map<String, Fragment> variables = outer;
    for (NodeTuple entry : Merging.entries(map)) {
      if (entry.getKeyNode() instanceof ScalarNode key
          && VARIABLES.contains(key.getValue())
          && entry.getValueNode() instanceof MappingNode values) {
        variables = new LinkedHashMap<>(variables);
        for (NodeTuple one : Merging.entries(values)) {
          Node value = one.getValueNode();
          if (value instanceof MappingNode details) {
            // GitLab: value and description.
            value = get(details, "value");
          }
          if (one.getKeyNode() instanceof ScalarNode name && value instanceof ScalarNode scalar) {
            variables.put(name.getValue(), fragment(scalar, variables));
          }
        }
      }
    }
    return variables;
  }

  /** {@code container.options}, {@code services.*.options}, and actions that run a container. */
  private void options(MappingNode map, Map<String, Fragment> variables) throws ShellException {
    if (get(map, "container") instanceof MappingNode container) {
      run(container, variables);
    }
    if (azure && get(map, "container") instanceof ScalarNode && get(map, "image") != null) {
      run(map, variables);
    }
    if (get(map, "services") instanceof MappingNode services && get(map, "runs-on") != null) {
      for (NodeTuple service : services.getValue()) {
        if (service.getValueNode() instanceof MappingNode one) {
          run(one, variables);
        }
      }
    }
    if (text(map, "uses").matches("(?i).*docker-run.*|.*run-(in-)?(docker|container).*")
        && get(map, "with") instanceof MappingNode with) {
      run(with, variables);
    }
  }

  private void run(MappingNode container, Map<String, Fragment> variables) throws ShellException {
    Node options = get(container, "options");
    Node volumes = get(container, "volumes");
    Node first = options != null ? options : volumes;
    if (first == null) {
      return;
    }
    int at =
        first instanceof ScalarNode scalar
            ? fragment(scalar, variables).at(0)
            : file.offset(first.getStartMark().getLine() + 1, first.getStartMark().getColumn() + 1);
    Fragment.Builder line = new Fragment.Builder().add("docker run ", at);
    if (volumes instanceof SequenceNode list) {
      for (Node volume : list.getValue()) {
        if (volume instanceof ScalarNode scalar) {
          Fragment text = fragment(scalar, variables);
          line.add("-v ", text.at(0)).add(text).add(' ', text.at(0));
        }
      }
    }
    if (options instanceof ScalarNode scalar) {
      Fragment words = fragment(scalar, variables);
      for (int i = 0; i < words.text().length(); i++) {
        char c = words.text().charAt(i);
        line.add(c == '\n' ? ' ' : c, words.at(i));
      }
    }
    line.add(' ', at);
    if (get(container, "image") instanceof ScalarNode image) {
      line.add(fragment(image, variables));
    }
    finder.script(line.build(), variables);
  }

  private Fragment fragment(ScalarNode scalar, Map<String, Fragment> variables) {
    Fragment text = Scalars.fragment(file, scalar);
    Branches branches = finder.branches();
    text =
        Templates.fill(
            text, Templates.ACTIONS, workflow ? variables : Map.of(), unknowns, branches);
    if (workflow) {
      return text;
    }
    return Templates.fill(
        azure ? macros(text, variables) : text, Templates.BRACES, variables, unknowns, branches);
  }

  /** Azure's {@code $(name)}, where there is such a variable. */
  private static Fragment macros(Fragment text, Map<String, Fragment> variables) {
    Matcher matcher = MACRO.matcher(text.text());
    Fragment.Builder filled = new Fragment.Builder();
    int from = 0;
    while (matcher.find()) {
      Fragment value = variables.get(matcher.group(1));
      if (value != null) {
        filled.add(text.slice(from, matcher.start())).add(value);
        from = matcher.end();
      }
    }
    return filled.add(text.slice(from, text.text().length())).build();
  }

  private static @Nullable Node get(MappingNode map, String key) {
    for (NodeTuple entry : Merging.entries(map)) {
      if (entry.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
        return entry.getValueNode();
      }
    }
    return null;
  }

  private static String text(MappingNode map, String key) {
    return get(map, key) instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
