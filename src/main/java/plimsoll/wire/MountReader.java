package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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
    List<Mount> mounts = new ArrayList<>();
    for (JsonNode mount : inspect.path("Mounts")) {
      Mount read = mount(mount);
      provenance.origin("/mounts/" + mounts.size(), origin(read, hostConfig, image));
      mounts.add(read);
    }
    for (String destination : Json.map(hostConfig.path("Tmpfs")).keySet()) {
      provenance.origin("/mounts/" + mounts.size(), Origin.inspect("HostConfig.Tmpfs"));
      mounts.add(new Mount("tmpfs", null, destination, null, false, null, List.of(), List.of()));
    }
    return mounts;
  }

  private static Mount mount(JsonNode mount) {
    return new Mount(
        Json.text(mount, "Type", "bind"),
        Json.text(mount, "Source"),
        mount.path("Destination").asText(),
        Json.text(mount, "Name"),
        !mount.path("RW").asBoolean(true),
        Json.text(mount, "Propagation"),
        List.of(),
        List.of());
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
