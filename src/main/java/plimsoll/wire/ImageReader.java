package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plimsoll.model.Image;
import plimsoll.model.Lifecycle.HealthCheck;
import plimsoll.model.Network;
import plimsoll.model.Volume;

/** Images, networks and volumes. */
public final class ImageReader {
  private ImageReader() {}

  /**
   * An image, and what of it is only to be compared with and never to be kept.
   *
   * @param environment its environment, {@code NAME=VALUE}
   */
  public record Inspected(Image facts, Set<String> environment) {
    /** Copies the set. */
    public Inspected {
      environment = Set.copyOf(environment);
    }
  }

  /** {@code GET /images/ID/json}. */
  public static Inspected read(JsonNode inspect) {
    return new Inspected(
        image(inspect), Set.copyOf(Json.texts(inspect.path("Config").path("Env"))));
  }

  private static Image image(JsonNode inspect) {
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
    return new Volume(
        volume.path("Name").asText(),
        volume.path("Driver").asText(),
        volumeOptions(volume.path("Options")));
  }

  static Map<String, String> volumeOptions(JsonNode given) {
    var options = Json.map(given);
    options.replaceAll(
        (name, value) -> value.replaceAll("(?i)\\b(pass(?:word)?|cred[a-z]*)=[^,]*", "$1=***"));
    return options;
  }
}
