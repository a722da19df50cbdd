package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import plimsoll.model.Confinement;
import plimsoll.model.Mount;
import plimsoll.model.View;
import plimsoll.model.Volume;

/**
 * {@code POST /containers/create} to the requested view. The request is brought into the shape of
 * an inspect answer, as the engine does, and read as one: there is one translation of each field.
 */
public final class CreateReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** How a volume is called that the engine is yet to name. */
  private static final String ANONYMOUS = "anonymous volume ";

  private final JsonNode hostConfig;
  private final ArrayNode mounts = JSON.arrayNode();
  private final List<Volume> volumes = new ArrayList<>();

  private CreateReader(JsonNode hostConfig) {
    this.hostConfig = hostConfig;
  }

  /**
   * What a create request asks for.
   *
   * @param volumes volumes it describes on the way, which may be bind mounts in disguise
   */
  public record Requested(View<Confinement> view, List<Volume> volumes) {
    /** Copies the list. */
    public Requested {
      volumes = List.copyOf(volumes);
    }
  }

  /** Reads the body of a create request; nothing of it is changed. */
  public static Requested read(JsonNode create) {
    CreateReader reader = new CreateReader(create.path("HostConfig"));
    ObjectNode config = JSON.objectNode();
    create
        .properties()
        .forEach(field -> {
          if (!field.getKey().equals("HostConfig") && !field.getKey().equals("NetworkingConfig")) {
            config.set(field.getKey(), field.getValue());
          }
        });
    reader.resolveMounts(config.path("Volumes"));
    ObjectNode inspect = JSON.objectNode();
    inspect.set("Config", config);
    inspect.set("HostConfig", reader.hostConfig);
    inspect.set("Mounts", reader.mounts);
    inspect.putObject("NetworkSettings").set("Networks", networks(create));
    return new Requested(InspectReader.requested(inspect, null), reader.volumes);
  }

  /** An inspect answer with the mounts that follow from what was asked for, if it has none. */
  public static JsonNode withMounts(JsonNode inspect) {
    if (inspect.has("Mounts") || !inspect.isObject()) {
      return inspect;
    }
    CreateReader reader = new CreateReader(inspect.path("HostConfig"));
    reader.resolveMounts(inspect.path("Config").path("Volumes"));
    ObjectNode whole = JSON.objectNode();
    inspect.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
    return whole.set("Mounts", reader.mounts);
  }

  /** Whether a volume's name is one that only stands for the one the engine will give it. */
  static boolean isAnonymous(String volume) {
    return volume.startsWith(ANONYMOUS);
  }

  private static JsonNode networks(JsonNode create) {
    JsonNode endpoints = create.path("NetworkingConfig").path("EndpointsConfig");
    ObjectNode networks =
        endpoints instanceof ObjectNode there ? there.deepCopy() : JSON.objectNode();
    String mode = create.path("HostConfig").path("NetworkMode").asText("default");
    String first = mode.equals("default") || mode.isEmpty() ? "bridge" : mode;
    if (!first.startsWith("container:") && !networks.has(first)) {
      networks.putObject(first);
    }
    return networks;
  }

  private void resolveMounts(JsonNode anonymous) {
    for (String bind : Json.texts(hostConfig.path("Binds"))) {
      bind(bind.split(":", 3));
    }
    for (JsonNode mount : hostConfig.path("Mounts")) {
      mount(mount);
    }
    anonymous.properties().forEach(volume -> add("volume", null, volume.getKey(), false, ""));
  }

  /** {@code SOURCE:DESTINATION[:OPTIONS]}: a path is a bind, a name a volume. */
  private void bind(String[] parts) {
    if (parts.length < 2) {
      return;
    }
    List<String> options = parts.length > 2 ? List.of(parts[2].split(",")) : List.of();
    String propagation =
        options.stream().filter(o -> o.matches("r?(shared|slave|private)")).findFirst().orElse("");
    add(
        parts[0].startsWith("/") ? "bind" : "volume",
        parts[0],
        parts[1],
        options.contains("ro"),
        propagation);
  }

  private void mount(JsonNode mount) {
    String type = Json.text(mount, "Type", "volume");
    String source = Json.text(mount, "Source");
    JsonNode driver = mount.path("VolumeOptions").path("DriverConfig");
    if (type.equals("volume") && driver.isObject()) {
      source = source == null ? ANONYMOUS + mounts.size() : source;
      volumes.add(
          new Volume(
              source,
              Json.text(driver, "Name", "local"),
              ImageReader.volumeOptions(driver.path("Options"))));
    }
    add(
        type,
        source,
        mount.path("Target").asText(),
        mount.path("ReadOnly").asBoolean(false),
        mount.path("BindOptions").path("Propagation").asText(""));
  }

  private void add(
      String type,
      @org.jspecify.annotations.Nullable String source,
      String destination,
      boolean readOnly,
      String propagation) {
    ObjectNode mount =
        mounts
            .addObject()
            .put("Type", type)
            .put("Destination", destination)
            .put("RW", !readOnly)
            .put("Propagation", propagation(type, source, propagation));
    if (source != null) {
      boolean volume = type.equals("volume");
      boolean path = type.equals("bind") && source.startsWith("/");
      mount.put(volume ? "Name" : "Source", path ? Mount.clean(source) : source);
    }
  }

  /** Unless told, a bind that has the engine's own data below it gets rslave. */
  private static String propagation(
      String type, @org.jspecify.annotations.Nullable String source, String asked) {
    if (!type.equals("bind") || !asked.isEmpty()) {
      return asked;
    }
    return source != null && Mount.clean(source).equals("/") ? "rslave" : "rprivate";
  }
}
