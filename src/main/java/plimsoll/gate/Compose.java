package plimsoll.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import plimsoll.dockerfile.DockerfileException;
import plimsoll.read.ClientWorld;
import plimsoll.read.ComposeReader;
import plimsoll.read.ComposeReader.Over;
import plimsoll.read.ComposeReader.Service;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;
import plimsoll.read.RunReader.Described;
import plimsoll.shell.Unknowns;

/** Services of a compose file among the containers of a repository. */
final class Compose {
  private static final Set<RunFlag> SHARED = Set.of(RunFlag.NETWORK, RunFlag.PID, RunFlag.IPC);

  private Compose() {}

  /** Whether a YAML document is a compose file: services of which one has an image or is built. */
  static boolean isOne(Node root) {
    if (!(root instanceof MappingNode map)) {
      return false;
    }
    for (NodeTuple entry : map.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key
          && key.getValue().equals("services")
          && entry.getValueNode() instanceof MappingNode services) {
        for (NodeTuple service : services.getValue()) {
          if (service.getValueNode() instanceof MappingNode one
              && one.getValue().stream()
                  .anyMatch(part ->
                      part.getKeyNode() instanceof ScalarNode name
                          && (name.getValue().equals("image")
                              || name.getValue().equals("build")))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * The containers of a file's services.
   *
   * @param over files that are put over it, one after the other
   * @param into takes what is found beside them
   */
  static List<FoundContainer> found(
      SourceFile file,
      List<SourceFile> over,
      RepositoryWorld world,
      Set<String> profiles,
      ComposeFiles.Found into) {
    Unknowns unknowns = new Unknowns();
    ClientWorld own = world.with(unknowns, into.files());
    List<FoundContainer> found = new ArrayList<>();
    ComposeReader.Services services =
        ComposeReader.services(
            file.path(),
            file.text(),
            over.stream().map(one -> new Over(one.path(), one.text())).toList(),
            own);
    into.unusable().addAll(services.problems());
    Map<String, String> called = called(services.services());
    for (Service service : services.services()) {
      if (!profiles.isEmpty()
          && !service.profiles().isEmpty()
          && service.profiles().stream().noneMatch(profiles::contains)) {
        continue;
      }
      try {
        FoundBuild build = Builds.service(file, service, into.files());
        if (build != null) {
          into.builds().add(build);
        }
      } catch (DockerfileException e) {
        into.unusable().add(file.problem(e.offset(), String.valueOf(e.getMessage())));
      }
      RunLine line = sharing(service.line(), called);
      RunLine besides = LineDescriber.besides(line);
      found.add(found(service, line, false, new LineDescriber(file, unknowns, own, into.notes())));
      if (besides != null) {
        // It was said once what is not judged of it.
        found.add(
            found(
                service, besides, true, new LineDescriber(file, unknowns, own, new ArrayList<>())));
      }
    }
    return found;
  }

  private static FoundContainer found(
      Service service, RunLine line, boolean beside, LineDescriber describer) {
    SourceFile file = describer.file();
    Described described =
        describer.describe(line, service.name(), "compose " + file.path() + "/" + service.name());
    return new FoundContainer(
        service.hooked(described.container()),
        service.mounted(described),
        file,
        service.key().line(),
        service.key().column(),
        Integer.MAX_VALUE,
        describer.written(),
        beside,
        Map.of());
  }

  /** What the containers are called that have a name of their own, and by which service. */
  private static Map<String, String> called(List<Service> services) {
    Map<String, String> called = new HashMap<>();
    for (Service service : services) {
      Given name = service.line().last(RunFlag.NAME);
      if (name != null) {
        called.put("container:" + name.value(), "container:" + service.name());
      }
    }
    return called;
  }

  /** The line with the namespaces of containers that are services as those of the services. */
  private static RunLine sharing(RunLine line, Map<String, String> called) {
    return line.with(
        line.flags().stream()
            .map(given ->
                new Given(
                    given.flag(),
                    SHARED.contains(given.flag())
                        ? called.getOrDefault(given.value(), given.value())
                        : given.value(),
                    given.word()))
            .toList());
  }
}
