package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import plimsoll.model.Image;
import plimsoll.model.Lifecycle.HealthCheck;
import plimsoll.model.Network;
import plimsoll.model.Volume;

/** Images, networks and volumes. */
public final class ImageReader {
  private ImageReader() {}

  /** {@code GET /images/ID/json}. */
  public static Image image(JsonNode inspect) {
    JsonNode config = inspect.path("Config");
    List<String> volumes = new ArrayList<>();
    config.path("Volumes").properties().forEach(volume -> volumes.add(volume.getKey()));
    return new Image(
        inspect.path("Id").asText(),
        Json.texts(inspect.path("RepoTags")),
        config.path("User").asText(""),
        healthCheck(config),
        volumes);
  }

  /**
   * Whether a container's or image's {@code Config} has a health check; {@code ["NONE"]} switches
   * it off.
   */
  static HealthCheck healthCheck(JsonNode config) {
    List<String> test = Json.texts(config.path("Healthcheck").path("Test"));
    if (test.isEmpty()) {
      return HealthCheck.ABSENT;
    }
    return test.get(0).equals("NONE") ? HealthCheck.DISABLED : HealthCheck.PRESENT;
  }

  /** One element of {@code GET /networks}. */
  public static Network network(JsonNode network) {
    return new Network(
        network.path("Id").asText(),
        network.path("Name").asText(),
        network.path("Driver").asText(),
        network.path("Internal").asBoolean(false),
        Json.map(network.path("Options")));
  }

  /**
   * One element of the list in {@code GET /volumes}. Options may hold passwords of network file
   * systems.
   */
  public static Volume volume(JsonNode volume) {
    var options = Json.map(volume.path("Options"));
    options.replaceAll(
        (name, value) -> value.replaceAll("(?i)\\b(pass(?:word)?|cred[a-z]*)=[^,]*", "$1=***"));
    return new Volume(volume.path("Name").asText(), volume.path("Driver").asText(), options);
  }
}
