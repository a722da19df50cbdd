package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Image;
import plimsoll.model.Mount;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/** The resolved list of mounts, each traced back to the option that asked for it. */
final class MountReader {
  private MountReader() {}

  static List<Mount> read(JsonNode inspect, @Nullable Image image, Provenance provenance) {
    JsonNode hostConfig = inspect.path("HostConfig");
    Map<Mount, Origin> found = new LinkedHashMap<>();
    for (JsonNode mount : inspect.path("Mounts")) {
      Mount read = mount(mount, hostConfig);
      found.put(read, origin(read, hostConfig, image));
    }
    for (var tmpfs : Json.map(hostConfig.path("Tmpfs")).entrySet()) {
      found.put(
          TmpfsOptions.mount(tmpfs.getKey(), tmpfs.getValue()),
          Origin.inspect("HostConfig.Tmpfs." + tmpfs.getKey()));
    }
    // Engines list them in an order that changes from answer to answer.
    List<Mount> mounts =
        found.keySet().stream().sorted(Comparator.comparing(Mount::destination)).toList();
    for (int i = 0; i < mounts.size(); i++) {
      provenance.origin(
          "/mounts/" + i, found.getOrDefault(mounts.get(i), Origin.inspect("Mounts")));
    }
    return mounts;
  }

  private static Mount mount(JsonNode mount, JsonNode hostConfig) {
    String type = Json.text(mount, "Type", "bind");
    return new Mount(
        type,
        Json.text(mount, "Source"),
        mount.path("Destination").asText(),
        Json.text(mount, "Name"),
        !mount.path("RW").asBoolean(true),
        Json.text(mount, "Propagation"),
        type.equals("tmpfs")
            ? TmpfsOptions.of(specification(mount, hostConfig))
            : Collections.emptySortedSet(),
        List.of(),
        List.of());
  }

  /** What {@code --mount} asked for at the same place; a missing node where it did not. */
  private static JsonNode specification(JsonNode mount, JsonNode hostConfig) {
    for (JsonNode spec : hostConfig.path("Mounts")) {
      if (spec.path("Target").asText().equals(mount.path("Destination").asText())) {
        return spec;
      }
    }
    return MissingNode.getInstance();
  }

  private static Origin origin(Mount mount, JsonNode hostConfig, @Nullable Image image) {
    int index = 0;
    for (String bind : Json.texts(hostConfig.path("Binds"))) {
      // SOURCE:DESTINATION[:OPTIONS]; neither path can hold a colon.
      String[] parts = bind.split(":");
      if (parts.length > 1 && parts[1].equals(mount.destination())) {
        return Origin.inspect("HostConfig.Binds[" + index + "]");
      }
      index++;
    }
    index = 0;
    for (JsonNode spec : hostConfig.path("Mounts")) {
      if (spec.path("Target").asText().equals(mount.destination())) {
        return Origin.inspect("HostConfig.Mounts[" + index + "]");
      }
      index++;
    }
    return image != null && image.volumes().contains(mount.destination())
        ? Origin.image("Config.Volumes")
        : Origin.inspect("Mounts");
  }
}
