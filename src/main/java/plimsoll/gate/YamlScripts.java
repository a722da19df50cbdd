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

  private static final Tag REFERENCE = new Tag("!reference");
  private static final Pattern MACRO = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.]*)\\)");

  private static final Set<String> OTHER_SHELLS =
      Set.of("pwsh", "powershell", "python", "python3", "node", "cmd", "cmd.exe", "perl", "ruby");

  private final SourceFile file;
  private final Node root;
  private final RunFinder finder;
  private final Unknowns unknowns;
  private final Map<String, List<Fragment>> alternatives = new LinkedHashMap<>();
  private final boolean workflow;
  private final boolean azure;
  private final boolean circle;
  private int depth;

  private YamlScripts(SourceFile file, Node root, RunFinder finder, Unknowns unknowns) {
    this.file = file;
    this.root = root;
    this.finder = finder;
    this.unknowns = unknowns;
    this.azure = file.path().matches("(?i)(.*/)?[^/]*azure[^/]*\\.ya?ml");
    this.circle = file.path().contains(".circleci/");
    this.workflow = file.path().matches("(.*/)?\\.(github|gitea|forgejo)/.*|(.*/)?action\\.ya?ml");
  }

  static void read(SourceFile file, Node root, RunFinder finder, Unknowns unknowns)
      throws ShellException {
    new YamlScripts(file, root, finder, unknowns).start();
  }

  private void start() throws ShellException {
    Map<String, Fragment> given = new LinkedHashMap<>();
    if (root instanceof MappingNode map) {
      defaults(get(map, "inputs"), "inputs.", given);
      if (get(map, "on") instanceof MappingNode on) {
        for (NodeTuple event : Merging.entries(on)) {
          if (event.getValueNode() instanceof MappingNode one) {
            defaults(get(one, "inputs"), "inputs.", given);
          }
        }
      }
    }
    walk(root, given, null);
  }

  /** What inputs or parameters are unless somebody passes them. */
  private void defaults(@Nullable Node inputs, String prefix, Map<String, Fragment> into) {
    if (inputs instanceof MappingNode map) {
      for (NodeTuple input : Merging.entries(map)) {
        if (input.getValueNode() instanceof MappingNode one
            && get(one, "default") instanceof ScalarNode value) {
          into.put(prefix + Merging.key(input), Scalars.fragment(file, value));
        }
      }
    }
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
    if (get(map, "strategy") instanceof MappingNode strategy
        && get(strategy, "matrix") instanceof MappingNode matrix) {
      variables = withMatrix(matrix, variables);
    }
    if (get(map, "parameters") instanceof MappingNode parameters && get(map, "steps") != null) {
      // CircleCI: a command of the file's own.
      variables = new LinkedHashMap<>(variables);
      defaults(parameters, "parameters.", variables);
    }
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
      if (command(key) instanceof MappingNode called && value instanceof MappingNode passed) {
        Map<String, Fragment> own = new LinkedHashMap<>(variables);
        defaults(get(called, "parameters"), "parameters.", own);
        for (NodeTuple one : Merging.entries(passed)) {
          if (one.getValueNode() instanceof ScalarNode scalar) {
            own.put("parameters." + Merging.key(one), Scalars.fragment(file, scalar));
          }
        }
        Node steps = get(called, "steps");
        if (steps != null) {
          walk(steps, own, null);
        }
        continue;
      }
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

  /** A command of a CircleCI file's own; null for none. */
  private @Nullable Node command(String name) {
    return root instanceof MappingNode map && get(map, "commands") instanceof MappingNode commands
        ? get(commands, name)
        : null;
  }

  /** Variables with what a matrix sets, the first of each; the others are tried in turn. */
  private Map<String, Fragment> withMatrix(MappingNode matrix, Map<String, Fragment> outer) {
    Map<String, Fragment> variables = new LinkedHashMap<>(outer);
    alternatives.clear();
    for (NodeTuple axis : Merging.entries(matrix)) {
      String key = Merging.key(axis);
      if (!(axis.getValueNode() instanceof SequenceNode list)) {
        continue;
      }
      for (Node value : list.getValue()) {
        if (value instanceof ScalarNode scalar) {
          alternative(key, scalar);
        } else if (value instanceof MappingNode entry) {
          String prefix = key.equals("include") || key.equals("exclude") ? "" : key + ".";
          for (NodeTuple one : Merging.entries(entry)) {
            if (one.getValueNode() instanceof ScalarNode scalar && !key.equals("exclude")) {
              alternative(prefix + Merging.key(one), scalar);
            }
          }
        }
      }
    }
    alternatives.forEach((name, values) -> variables.put(name, values.get(0)));
    return variables;
  }

  private void alternative(String name, ScalarNode value) {
    alternatives
        .computeIfAbsent("matrix." + name, key -> new ArrayList<>())
        .add(Scalars.fragment(file, value));
  }

  /** A script, or several that run one after the other, with each value of a matrix. */
  private void scripts(Node node, Map<String, Fragment> variables) throws ShellException {
    once(node, variables);
    for (Map.Entry<String, List<Fragment>> alternative : alternatives.entrySet()) {
      List<Fragment> others = alternative.getValue();
      boolean named =
          node instanceof ScalarNode scalar && scalar.getValue().contains(alternative.getKey());
      for (int i = 1; named && i < Math.min(others.size(), 16); i++) {
        Map<String, Fragment> own = new LinkedHashMap<>(variables);
        own.put(alternative.getKey(), others.get(i));
        once(node, own);
      }
    }
  }

  private void once(Node node, Map<String, Fragment> variables) throws ShellException {
    if (node instanceof ScalarNode scalar) {
      run(fragment(scalar, variables), variables);
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
      Fragment.Builder line = new Fragment.Builder();
      for (int i = 0; words && i < lines.text().length(); i++) {
        char c = lines.text().charAt(i);
        line.add(c == '\n' ? ' ' : c, lines.at(i));
      }
      run(words ? line.build() : lines, variables);
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
    } else if (node instanceof SequenceNode list && list.getTag().equals(REFERENCE)) {
      Node to = root;
      for (Node step : list.getValue()) {
        to =
            to instanceof MappingNode map && step instanceof ScalarNode name
                ? get(map, name.getValue())
                : null;
      }
      if (to != null && depth < 10) {
        depth++;
        gather(to, variables, into);
        depth--;
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
    if (circle) {
      return Templates.fill(text, Templates.ANGLES, variables, unknowns, branches);
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
