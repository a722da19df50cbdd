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
import plimsoll.shell.Unknowns;
import plimsoll.yaml.Merging;

/** What variables, inputs and matrices of a YAML file put into its scripts. */
final class YamlValues {
  private static final Set<String> VARIABLES =
      Set.of("env", "environment", "variables", "vars", "global_env");

  private static final Pattern MACRO = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.]*)\\)");

  private final SourceFile file;
  private final Branches branches;
  private final Unknowns unknowns;
  private final Map<String, List<Fragment>> alternatives = new LinkedHashMap<>();
  private final boolean workflow;
  private final boolean azure;
  private final boolean circle;

  YamlValues(SourceFile file, Branches branches, Unknowns unknowns) {
    this.file = file;
    this.branches = branches;
    this.unknowns = unknowns;
    this.azure = file.path().matches("(?i)(.*/)?[^/]*azure[^/]*\\.ya?ml");
    this.circle = file.path().contains(".circleci/");
    this.workflow = file.path().matches("(.*/)?\\.(github|gitea|forgejo)/.*|(.*/)?action\\.ya?ml");
  }

  /** Whether it is for GitHub's runner, or one of its kin. */
  boolean isWorkflow() {
    return workflow;
  }

  /** Whether it is a pipeline of Azure's. */
  boolean isAzure() {
    return azure;
  }

  /** Whether a key holds variables. */
  static boolean isVariables(String key) {
    return VARIABLES.contains(key);
  }

  /** By name, the values a matrix has for what it sets. */
  Map<String, List<Fragment>> alternatives() {
    return alternatives;
  }

  /** The defaults of what whoever starts it passes. */
  Map<String, Fragment> inputs(Node root) {
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
    return given;
  }

  /** What inputs or parameters are unless somebody passes them. */
  void defaults(@Nullable Node inputs, String prefix, Map<String, Fragment> into) {
    if (inputs instanceof MappingNode map) {
      for (NodeTuple input : Merging.entries(map)) {
        if (input.getValueNode() instanceof MappingNode one
            && get(one, "default") instanceof ScalarNode value) {
          into.put(prefix + Merging.key(input), Scalars.fragment(file, value));
        }
      }
    }
  }

  /** Variables with what a matrix sets, the first of each; the others are tried in turn. */
  Map<String, Fragment> withMatrix(MappingNode matrix, Map<String, Fragment> outer) {
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

  /** Variables that are set for what is inside. */
  Map<String, Fragment> variables(MappingNode map, Map<String, Fragment> outer) {
    Map<String, Fragment> variables = outer;
    if (get(map, "variables") instanceof SequenceNode list) {
      // Azure: name and value.
      variables = new LinkedHashMap<>(variables);
      for (Node one : list.getValue()) {
        if (one instanceof MappingNode named && get(named, "value") instanceof ScalarNode value) {
          variables.put(text(named, "name"), fragment(value, variables));
        }
      }
    }
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

  /** A scalar's text with what is put in. */
  Fragment fragment(ScalarNode scalar, Map<String, Fragment> variables) {
    Fragment text = Scalars.fragment(file, scalar);
    text =
        Templates.fill(
            text, Templates.ACTIONS, workflow ? variables : Map.of(), unknowns, branches);
    if (workflow) {
      return text;
    }
    if (circle) {
      return unescaped(Templates.fill(text, Templates.ANGLES, variables, unknowns, branches));
    }
    return Templates.fill(
        azure ? macros(text, variables) : text, Templates.BRACES, variables, unknowns, branches);
  }

  /** CircleCI's {@code \\<<}, which stands for {@code <<}. */
  private static Fragment unescaped(Fragment text) {
    Fragment.Builder plain = new Fragment.Builder();
    int from = 0;
    for (int at = text.text().indexOf("\\<<"); at >= 0; at = text.text().indexOf("\\<<", from)) {
      plain.add(text.slice(from, at));
      from = at + 1;
    }
    return plain.add(text.slice(from, text.text().length())).build();
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

  /** The value at a key; null where there is none. */
  static @Nullable Node get(MappingNode map, String key) {
    for (NodeTuple entry : Merging.entries(map)) {
      if (entry.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
        return entry.getValueNode();
      }
    }
    return null;
  }

  /** The text at a key; empty where there is none. */
  static String text(MappingNode map, String key) {
    return get(map, key) instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
