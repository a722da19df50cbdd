package plimsoll.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import plimsoll.model.Volume;
import plimsoll.read.RunReader.Described;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/**
 * A compose file (compose-spec.io) to the containers it would start. Each service is turned into
 * the run line it amounts to, so that there is one reading of every value.
 */
public final class ComposeReader {
  /** The network of a service that names none, which compose makes for the project. */
  public static final String PROJECT_NETWORK = "default network of the project";

  private final Problems problems;
  private final String file;
  private final ClientWorld world;
  private final Map<String, RunLine> lines = new LinkedHashMap<>();

  private ComposeReader(String file, ClientWorld world) {
    this.file = file;
    this.problems = new Problems(file);
    this.world = world;
  }

  /**
   * Reads a compose file.
   *
   * @param file its name, for origins and messages
   * @throws BadComposeException with every mistake in it
   */
  public static List<Described> read(String file, String yaml, ClientWorld world)
      throws BadComposeException {
    ComposeReader reader = new ComposeReader(file, world);
    List<Described> services = reader.read(yaml);
    if (!reader.problems.found().isEmpty()) {
      throw new BadComposeException(reader.problems.found());
    }
    return services;
  }

  /**
   * The run line that each service amounts to, by the service's name, in the file's order.
   *
   * @throws BadComposeException with every mistake in it
   */
  public static Map<String, RunLine> lines(String file, String yaml, ClientWorld world)
      throws BadComposeException {
    ComposeReader reader = new ComposeReader(file, world);
    reader.read(yaml);
    if (!reader.problems.found().isEmpty()) {
      throw new BadComposeException(reader.problems.found());
    }
    return reader.lines;
  }

  private List<Described> read(String yaml) {
    Node root = problems.compose(yaml);
    if (root == null) {
      return List.of();
    }
    YamlMap document = new YamlMap(root, problems);
    YamlMap services = document.map("services");
    if (services == null) {
      problems.add(root, "the key services is missing");
      return List.of();
    }
    Map<String, Volume> volumes = volumes(document.map("volumes"));
    List<Described> described = new ArrayList<>();
    for (String name : services.names()) {
      YamlMap service = services.map(name);
      if (service != null) {
        Described one = service(name, service, volumes);
        if (one != null) {
          described.add(one);
        }
      }
    }
    return described;
  }

  private @Nullable Described service(String name, YamlMap map, Map<String, Volume> volumes) {
    RunLine line = new ComposeService(map, problems).asRunLine(name);
    lines.put(name, line);
    try {
      CreateRequest request = CreateRequest.of(line, world);
      String container = request.name() == null ? name : request.name();
      Described described =
          RunReader.describe(request, container, "compose " + file + "/" + name, file);
      List<Volume> all = new ArrayList<>(described.volumes());
      described.container().requested().facts().mounts().stream()
          .map(mount -> volumes.get(String.valueOf(mount.volume())))
          .filter(java.util.Objects::nonNull)
          .forEach(all::add);
      return new Described(described.container(), all, described.program());
    } catch (RunLineException e) {
      Word word = e.word();
      problems.add(word.line(), word.column(), "service " + name + ": " + e.getMessage());
      return null;
    }
  }

  /** The file's volumes that a driver is told something about. */
  private Map<String, Volume> volumes(@Nullable YamlMap section) {
    Map<String, Volume> volumes = new LinkedHashMap<>();
    for (String name : section == null ? java.util.Set.<String>of() : section.names()) {
      Node node = section == null ? null : section.get(name);
      if (node == null || isNothing(node)) {
        continue;
      }
      YamlMap volume = new YamlMap(node, problems);
      YamlMap options = volume.map("driver_opts");
      if (options != null) {
        Map<String, String> texts = new LinkedHashMap<>();
        options.names().forEach(key -> texts.put(key, ComposeFlags.plain(options.need(key))));
        Node driver = volume.get("driver");
        volumes.put(
            name,
            new Volume(name, driver == null ? "local" : YamlMap.text(driver, problems), texts));
      }
    }
    return volumes;
  }

  /** Whether a key stands there without a value. */
  static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && List.of("", "null", "~").contains(scalar.getValue());
  }

  /** The word a node is, at its place. */
  static Word word(Node node, String text) {
    Mark mark = node.getStartMark();
    return new Word(text, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
