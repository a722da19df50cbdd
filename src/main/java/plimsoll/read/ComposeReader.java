package plimsoll.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Lifecycle;
import plimsoll.model.Origin;
import plimsoll.model.View;
import plimsoll.model.Volume;
import plimsoll.read.RunLine.Given;
import plimsoll.read.RunReader.Described;
import plimsoll.yaml.Merging;
import plimsoll.yaml.Problem;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/**
 * A compose file (compose-spec.io) to the containers it would start. Each service is turned into
 * the run line it amounts to, so that there is one reading of every value.
 */
public final class ComposeReader {
  private static final Pattern NAMED = Pattern.compile("(?s)name=([^,]*)(.*)");

  /** The network of a service that names none, which compose makes for the project. */
  public static final String PROJECT_NETWORK = "default network of the project";

  private final Problems problems;
  private final String file;
  private final ClientWorld world;

  private ComposeReader(String file, ClientWorld world) {
    this.file = file;
    this.problems = new Problems(file);
    this.world = world;
  }

  /**
   * A service.
   *
   * @param line the run line it amounts to
   * @param volumes those of the file that a driver is told something about, by name
   * @param key its key
   * @param profiles those it is part of; empty for one that always is
   * @param build how its image is built; null where it is not
   * @param hooks programs that are started in it beside its own
   */
  public record Service(
      String name,
      RunLine line,
      Map<String, Volume> volumes,
      Word key,
      List<String> profiles,
      @Nullable Node build,
      List<WrittenHook> hooks) {
    /** Copies the collections. */
    public Service {
      volumes = Map.copyOf(volumes);
      profiles = List.copyOf(profiles);
      hooks = List.copyOf(hooks);
    }

    /** A container of it with what is started in it beside its own program. */
    public Container hooked(Container container) {
      if (hooks.isEmpty()) {
        return container;
      }
      View<Confinement> view = container.requested();
      Confinement facts = view.facts();
      Map<String, Origin> origins = new LinkedHashMap<>();
      for (WrittenHook hook : hooks) {
        Word word = hook.word();
        origins.put(
            "/lifecycle/hooks/" + origins.size(),
            Origin.written(word.file(), word.line(), word.column(), hook.hook().when()));
      }
      return container.withRequested(
          view.with(
              facts.filledIn(
                  facts.namespaces(),
                  facts.lifecycle().withHooks(hooks.stream().map(WrittenHook::hook).toList()),
                  facts.networking()),
              origins));
    }

    /** Those of the file's volumes that a container of it mounts. */
    public List<Volume> mounted(Described described) {
      List<Volume> all = new ArrayList<>(described.volumes());
      described.container().requested().facts().mounts().stream()
          .map(mount -> volumes.get(String.valueOf(mount.volume())))
          .filter(java.util.Objects::nonNull)
          .forEach(all::add);
      return all;
    }
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
    List<Described> described = new ArrayList<>();
    for (Service service : reader.services(yaml, List.of())) {
      Described one = reader.describe(service);
      if (one != null) {
        described.add(one);
      }
    }
    reader.check();
    return described;
  }

  /**
   * The run line that each service amounts to, by the service's name, in the file's order.
   *
   * @throws BadComposeException with every mistake in it
   */
  public static Map<String, RunLine> lines(String file, String yaml, ClientWorld world)
      throws BadComposeException {
    ComposeReader reader = new ComposeReader(file, world);
    Map<String, RunLine> lines = new LinkedHashMap<>();
    for (Service service : reader.services(yaml, List.of())) {
      reader.describe(service);
      lines.put(service.name(), service.line());
    }
    reader.check();
    return lines;
  }

  /**
   * A hook of a service.
   *
   * @param word what makes it worth a look: that it is privileged, else as whom it runs
   */
  public record WrittenHook(Lifecycle.Hook hook, Word word) {}

  /**
   * A file that is put over another one, as {@code -f} and {@code compose.override.yaml} do.
   *
   * @param name for origins and messages
   */
  public record Over(String name, String yaml) {}

  /**
   * Services, and what could not be read.
   *
   * @param problems every mistake in how the files are put together
   */
  public record Services(List<Service> services, List<Problem> problems) {
    /** Copies the lists. */
    public Services {
      services = List.copyOf(services);
      problems = List.copyOf(problems);
    }
  }

  /**
   * The services of a compose file, which are not checked further.
   *
   * @param over files that are put over it, one after the other
   */
  public static Services services(String file, String yaml, List<Over> over, ClientWorld world) {
    ComposeReader reader = new ComposeReader(file, world);
    List<Service> services = reader.services(yaml, over);
    return new Services(services, reader.problems.found().stream().distinct().toList());
  }

  private void check() throws BadComposeException {
    if (!problems.found().isEmpty()) {
      throw new BadComposeException(problems.found());
    }
  }

  private List<Service> services(String yaml, List<Over> over) {
    ComposeDocument document = ComposeDocument.read(file, yaml, world, problems);
    over.forEach(one -> document.override(one.name(), one.yaml()));
    Map<String, Volume> volumes = volumes(document.section("volumes"));
    Map<String, String> networks = networks(document.section("networks"));
    Map<String, String> files = new LinkedHashMap<>();
    for (String section : List.of("secrets", "configs")) {
      document
          .section(section)
          .forEach((name, node) -> {
            if (node instanceof MappingNode map
                && Merging.values(map).get("file") instanceof ScalarNode path) {
              files.put(section + "/" + name, ComposeFlags.plain(path.getValue()));
            }
          });
    }
    List<Service> services = new ArrayList<>();
    for (Map.Entry<String, Node> entry : document.services().entrySet()) {
      if (!(entry.getValue() instanceof MappingNode)) {
        problems.add(entry.getValue(), "expected a mapping of keys to values");
        continue;
      }
      YamlMap map = new YamlMap(entry.getValue(), problems);
      RunLine line = new ComposeService(map, files, problems).asRunLine(entry.getKey());
      Node profiles = map.get("profiles");
      services.add(
          new Service(
              entry.getKey(),
              named(line, networks),
              volumes,
              word(document.key(entry.getKey(), entry.getValue()), entry.getKey()),
              profiles instanceof SequenceNode ? map.texts("profiles") : List.of(),
              map.get("build"),
              hooks(map)));
    }
    return services;
  }

  private static List<WrittenHook> hooks(YamlMap service) {
    List<WrittenHook> hooks = new ArrayList<>();
    for (String when : List.of("post_start", "pre_stop")) {
      if (!(service.get(when) instanceof SequenceNode list)) {
        continue;
      }
      for (Node one : list.getValue()) {
        if (one instanceof MappingNode map) {
          Map<String, Node> entries = Merging.values(map);
          Node user = entries.get("user");
          Node privileged = entries.get("privileged");
          boolean all =
              privileged instanceof ScalarNode on
                  && List.of("true", "yes", "on", "y", "1")
                      .contains(on.getValue().toLowerCase(Locale.ROOT));
          hooks.add(
              new WrittenHook(
                  new Lifecycle.Hook(
                      when, user instanceof ScalarNode name ? name.getValue() : null, all),
                  word(all && privileged != null ? privileged : user != null ? user : one, when)));
        }
      }
    }
    return hooks;
  }

  /** The line on the networks that the file's names stand for: one may be called host. */
  private static RunLine named(RunLine line, Map<String, String> networks) {
    return line.with(
        line.flags().stream()
            .map(given -> given.flag() == RunFlag.NETWORK ? named(given, networks) : given)
            .toList());
  }

  /**
   * Those of {@code networks} are {@code name=NAME}; {@code network_mode} is what the engine knows.
   */
  private static Given named(Given given, Map<String, String> networks) {
    Matcher matcher = NAMED.matcher(given.value());
    if (!matcher.matches()) {
      return given;
    }
    String name = networks.getOrDefault(matcher.group(1), matcher.group(1));
    // A service that names no network is on the project's as well, by that name alone.
    String rest = name.equals(PROJECT_NETWORK) ? "" : matcher.group(2);
    return new Given(given.flag(), rest.isEmpty() ? name : "name=" + name + rest, given.word());
  }

  private @Nullable Described describe(Service service) {
    try {
      CreateRequest request = CreateRequest.of(service.line(), world);
      String container = request.name() == null ? service.name() : request.name();
      Described described =
          RunReader.describe(request, container, "compose " + file + "/" + service.name(), file);
      return new Described(
          service.hooked(described.container()), service.mounted(described), described.program());
    } catch (RunLineException e) {
      Word word = e.word();
      problems.add(word.line(), word.column(), "service " + service.name() + ": " + e.getMessage());
      return null;
    }
  }

  /** Whether it is one that is there already: {@code external: true}. */
  private static boolean isExternal(Node network) {
    return network instanceof MappingNode map
        && Merging.values(map).get("external") instanceof ScalarNode external
        && List.of("true", "yes", "on").contains(external.getValue().toLowerCase(Locale.ROOT));
  }

  /** The engine's own networks under a name of the file's. */
  private static Map<String, String> networks(Map<String, Node> section) {
    Map<String, String> networks = new LinkedHashMap<>();
    // Not the engine's own of that name, but one for the project.
    networks.put("default", PROJECT_NETWORK);
    section.forEach((key, node) -> {
      if (List.of("host", "none", "bridge").contains(key)) {
        // One of the project's own that is only called so.
        networks.put(key, isExternal(node) ? key : "project_" + key);
      }
      if (node instanceof MappingNode map) {
        for (NodeTuple entry : map.getValue()) {
          boolean names =
              entry.getKeyNode() instanceof ScalarNode name
                  && (name.getValue().equals("name") || name.getValue().equals("external"));
          Node value = entry.getValueNode();
          if (value instanceof MappingNode external && external.getValue().size() == 1) {
            // Version 2: external: {name: host}.
            value = external.getValue().get(0).getValueNode();
          }
          if (names
              && value instanceof ScalarNode scalar
              && List.of("host", "none", "bridge").contains(scalar.getValue())) {
            networks.put(key, scalar.getValue());
          }
        }
      }
    });
    return networks;
  }

  /** The file's volumes that a driver is told something about. */
  private Map<String, Volume> volumes(Map<String, Node> section) {
    Map<String, Volume> volumes = new LinkedHashMap<>();
    section.forEach((name, node) -> {
      if (isNothing(node)) {
        return;
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
    });
    return volumes;
  }

  /** Whether a key stands there without a value. */
  public static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && List.of("", "null", "~").contains(scalar.getValue());
  }

  /** The word a node is, at its place. */
  public static Word word(Node node, String text) {
    Mark mark = node.getStartMark();
    String name = mark.getName();
    return new Word(
        text, mark.getLine() + 1, mark.getColumn() + 1, name.startsWith("'") ? null : name);
  }
}
