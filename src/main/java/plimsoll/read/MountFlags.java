package plimsoll.read;

import static plimsoll.read.RunFlag.*;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import plimsoll.read.RunLine.Given;

/** {@code --volume}, {@code --mount}, {@code --tmpfs} and their like. */
final class MountFlags {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final RunLine line;
  private final Fields fields;
  private final ClientWorld world;

  MountFlags(RunLine line, Fields fields, ClientWorld world) {
    this.line = line;
    this.fields = fields;
    this.world = world;
  }

  void apply() throws RunLineException {
    for (Given given : line.all(VOLUME)) {
      volume(given);
    }
    for (Given given : line.all(MOUNT)) {
      fields.add("HostConfig.Mounts", mount(given), given);
    }
    for (Given given : line.all(TMPFS)) {
      String[] parts = given.value().split(":", 2);
      fields.putInto("HostConfig.Tmpfs", parts[0], parts.length == 2 ? parts[1] : "", given);
    }
    Given socket = line.last(USE_API_SOCKET);
    if (socket != null && RunLine.isTrue(socket.value())) {
      ObjectNode bind = JSON.objectNode().put("Type", "bind");
      bind.put("Source", "/var/run/docker.sock").put("Target", "/var/run/docker.sock");
      bind.putObject("BindOptions");
      fields.add("HostConfig.Mounts", bind, socket);
    }
    fields.texts(VOLUMES_FROM, "HostConfig.VolumesFrom");
    fields.text(VOLUME_DRIVER, "HostConfig.VolumeDriver");
  }

  /**
   * {@code [SOURCE:]DESTINATION[:OPTIONS]}: without a source, an anonymous volume. The client only
   * looks for the source; whether the rest makes sense is for the engine to say.
   */
  private void volume(Given given) {
    String spec = given.value();
    // One letter before a colon is taken for a drive of Windows, even on Linux.
    boolean drive =
        spec.length() > 1 && spec.charAt(1) == ':' && Character.isLetter(spec.charAt(0));
    int colon = spec.indexOf(':', drive ? 2 : 0);
    if (colon <= 0 || spec.length() <= 2) {
      fields.putInto("Volumes", spec, JSON.objectNode(), given);
      return;
    }
    // The engine knows no working directory: what starts with a dot is made absolute here.
    String source = spec.substring(0, colon);
    fields.add(
        "HostConfig.Binds",
        source.startsWith(".") ? absolute(source) + spec.substring(colon) : spec,
        given);
  }

  private String absolute(String path) {
    return path.indexOf('\0') >= 0
        ? path
        : java.nio.file.Path.of(world.folder()).resolve(path).normalize().toString();
  }

  /** {@code type=bind,source=…,target=…}: the long form. */
  private ObjectNode mount(Given given) throws RunLineException {
    ObjectNode mount = JSON.objectNode().put("Type", "volume");
    for (String part : Csv.split(given)) {
      int equals = part.indexOf('=');
      String key =
          (equals < 0 ? part : part.substring(0, equals)).toLowerCase(java.util.Locale.ROOT);
      if (equals < 0 && !SWITCHES.contains(key)) {
        throw Quantities.invalid(given, "invalid field '" + part + "' must be a key=value pair");
      }
      option(given, mount, key, equals < 0 ? "true" : part.substring(equals + 1));
    }
    if (mount.path("Target").asText().isEmpty()) {
      throw Quantities.invalid(given, "target is required");
    }
    check(given, mount);
    return mount;
  }

  private static final Set<String> SWITCHES =
      Set.of("readonly", "ro", "volume-nocopy", "bind-nonrecursive", "bind-create-src");

  private void option(Given given, ObjectNode mount, String key, String value)
      throws RunLineException {
    switch (key) {
      case "type" -> mount.put("Type", value.toLowerCase(java.util.Locale.ROOT));
      case "source", "src" ->
          mount.put(
              "Source", value.equals(".") || value.startsWith("./") ? absolute(value) : value);
      case "target", "dst", "destination" -> mount.put("Target", value);
      case "readonly", "ro" -> {
        if (truth(given, key, value)) {
          mount.put("ReadOnly", true);
        }
      }
      case "consistency" -> mount.put("Consistency", value.toLowerCase(java.util.Locale.ROOT));
      case "bind-propagation" ->
          part(mount, "BindOptions").put("Propagation", value.toLowerCase(java.util.Locale.ROOT));
      case "bind-nonrecursive" ->
          part(mount, "BindOptions").put("NonRecursive", truth(given, key, value));
      case "bind-create-src" ->
          part(mount, "BindOptions").put("CreateMountpoint", truth(given, key, value));
      case "bind-recursive" -> recursive(given, mount, value);
      case "volume-nocopy" -> volumeOptions(mount).put("NoCopy", truth(given, key, value));
      case "volume-subpath" -> volumeOptions(mount).put("Subpath", value);
      case "volume-label" -> keyed(part(volumeOptions(mount), "Labels"), value);
      case "volume-driver" -> part(volumeOptions(mount), "DriverConfig").put("Name", value);
      case "volume-opt" ->
          keyed(part(part(volumeOptions(mount), "DriverConfig"), "Options"), value);
      case "image-subpath" -> part(mount, "ImageOptions").put("Subpath", value);
      case "tmpfs-size" ->
          part(mount, "TmpfsOptions").put("SizeBytes", Quantities.bytes(given, value));
      case "tmpfs-mode" -> {
        if (!value.matches("[0-7]{1,6}")) {
          throw Quantities.invalid(given, "invalid value for " + key + ": " + value);
        }
        part(mount, "TmpfsOptions").put("Mode", Integer.parseInt(value, 8));
      }
      default -> throw Quantities.invalid(given, "unexpected key '" + key + "'");
    }
  }

  private static void recursive(Given given, ObjectNode mount, String value)
      throws RunLineException {
    ObjectNode bind = part(mount, "BindOptions");
    switch (value) {
      case "enabled" -> {}
      case "disabled" -> bind.put("NonRecursive", true);
      case "writable" -> bind.put("ReadOnlyNonRecursive", true);
      case "readonly" -> bind.put("ReadOnlyForceRecursive", true);
      default -> throw Quantities.invalid(given, "invalid value for bind-recursive: " + value);
    }
  }

  private static void check(Given given, ObjectNode mount) throws RunLineException {
    String type = mount.path("Type").asText();
    for (String other : List.of("bind", "volume", "image", "tmpfs")) {
      String options = Character.toUpperCase(other.charAt(0)) + other.substring(1) + "Options";
      if (mount.has(options) && !type.equals(other)) {
        throw Quantities.invalid(
            given, "cannot mix '" + other + "-*' options with mount type '" + type + "'");
      }
    }
  }

  /** With any option of a volume, the client sends a driver as well. */
  private static ObjectNode volumeOptions(ObjectNode mount) {
    ObjectNode options = part(mount, "VolumeOptions");
    part(options, "DriverConfig");
    return options;
  }

  private static ObjectNode part(ObjectNode parent, String name) {
    return parent.path(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }

  private static void keyed(ObjectNode map, String value) {
    String[] halves = value.split("=", 2);
    map.put(halves[0], halves.length == 2 ? halves[1] : "");
  }

  private static boolean truth(Given given, String key, String value) throws RunLineException {
    if (RunLine.isTrue(value)) {
      return true;
    }
    if (!value.matches("0|f|F|false|FALSE|False")) {
      throw Quantities.invalid(given, "invalid value for " + key + ": " + value);
    }
    return false;
  }
}
