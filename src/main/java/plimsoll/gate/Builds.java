package plimsoll.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import plimsoll.dockerfile.BuildReader;
import plimsoll.dockerfile.Dockerfile;
import plimsoll.dockerfile.DockerfileException;
import plimsoll.dockerfile.Facts;
import plimsoll.dockerfile.Instruction;
import plimsoll.model.Origin;
import plimsoll.read.ComposeReader;
import plimsoll.read.ComposeReader.Service;
import plimsoll.read.Word;
import plimsoll.shell.Fragment;
import plimsoll.shell.Unknowns;
import plimsoll.yaml.Merging;

/** What Dockerfiles, and the build sections of compose files, have built. */
final class Builds {
  private static final String ELSEWHERE = "the Dockerfile says that, which is judged by itself";

  private Builds() {}

  private static Facts facts(SourceFile file) {
    return new Facts((offset, field) ->
        Origin.written(file.path(), file.line(offset), file.column(offset), field));
  }

  /**
   * A Dockerfile.
   *
   * @throws DockerfileException if docker would not build it, or a command in it cannot be read
   */
  static FoundBuild dockerfile(SourceFile file) throws DockerfileException {
    return dockerfile(file, file.path(), file.whole(), facts(file));
  }

  private static FoundBuild dockerfile(SourceFile file, String name, Fragment text, Facts facts)
      throws DockerfileException {
    int last = BuildReader.read(text, facts);
    List<Integer> starts = new ArrayList<>();
    for (Instruction instruction : Dockerfile.parse(text).instructions()) {
      starts.add(file.line(instruction.start()));
    }
    return new FoundBuild(name, facts.view(), file, file.line(last), file.column(last), starts);
  }

  /**
   * A service's build section; null where it asks for nothing.
   *
   * @throws DockerfileException if docker would not build the Dockerfile in it
   */
  static @Nullable FoundBuild service(
      SourceFile file, Service service, Map<String, SourceFile> files) throws DockerfileException {
    if (!(service.build() instanceof MappingNode build)) {
      return null;
    }
    Facts facts = facts(file);
    String name = file.path() + "/" + service.name();
    Map<String, Node> entries = Merging.values(build);
    grants(entries, facts);
    arguments(entries.get("args"), facts);
    Node inline = entries.get("dockerfile_inline");
    if (inline instanceof ScalarNode text) {
      Word word = ComposeReader.word(text, "");
      SourceFile of = word.file() == null ? file : files.getOrDefault(word.file(), file);
      return dockerfile(of, name, Scalars.fragment(of, text), facts);
    }
    if (facts.isEmpty()) {
      return null;
    }
    facts.gap("/user", ELSEWHERE);
    facts.gap("/healthCheck", ELSEWHERE);
    Word key = service.key();
    return new FoundBuild(name, facts.view(), file, key.line(), key.column(), List.of());
  }

  private static Origin origin(Node node, String field) {
    Word word = ComposeReader.word(node, "");
    return Origin.written(word.file(), word.line(), word.column(), "build." + field);
  }

  private static void grants(Map<String, Node> entries, Facts facts) {
    if (entries.get("privileged") instanceof ScalarNode on
        && on.getValue().matches("(?i)true|yes|on|y|1")) {
      facts.grant("security.insecure", origin(on, "privileged"));
    }
    if (entries.get("network") instanceof ScalarNode network && network.getValue().equals("host")) {
      facts.grant("network.host", origin(network, "network"));
    }
    if (entries.get("entitlements") instanceof SequenceNode list) {
      for (Node one : list.getValue()) {
        if (one instanceof ScalarNode grant) {
          facts.grant(grant.getValue(), origin(grant, "entitlements"));
        }
      }
    }
  }

  private static void arguments(@Nullable Node node, Facts facts) {
    if (node instanceof MappingNode map) {
      Merging.values(map)
          .forEach((name, value) -> {
            if (value instanceof ScalarNode text) {
              argument(name, ComposeReader.isNothing(text) ? "" : text.getValue(), text, facts);
            }
          });
    } else if (node instanceof SequenceNode list) {
      for (Node one : list.getValue()) {
        if (one instanceof ScalarNode text) {
          String[] parts = text.getValue().split("=", 2);
          argument(parts[0], parts.length > 1 ? parts[1] : "", text, facts);
        }
      }
    }
  }

  private static void argument(String name, String value, Node node, Facts facts) {
    boolean open = value.isEmpty() || Unknowns.isIn(value);
    facts.argument(name, open ? null : value, origin(node, "args"));
  }
}
