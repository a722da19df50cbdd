package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Build;
import plimsoll.model.Image;
import plimsoll.model.Lifecycle.HealthCheck;
import plimsoll.model.Network;
import plimsoll.model.Volume;

/** Images, networks and volumes. */
public final class ImageReader {
  /** Before that there was no Docker. */
  private static final Instant DOCKER = Instant.parse("2013-01-01T00:00:00Z");

  private ImageReader() {}

  /**
   * An image, and what of it is only to be compared with and never to be kept.
   *
   * @param environment its environment, {@code NAME=VALUE}
   * @param labels its labels
   * @param size the bytes of all of its layers
   */
  public record Inspected(
      Image facts, Set<String> environment, Map<String, String> labels, long size) {
    /** The same, knowing how it was built. */
    public Inspected withBuilt(Build built) {
      return new Inspected(facts.withBuilt(built), environment, labels, size);
    }

    /** Copies the collections. */
    public Inspected {
      environment = Set.copyOf(environment);
      labels = Map.copyOf(labels);
    }
  }

  /** {@code GET /images/ID/json}. */
  public static Inspected read(JsonNode inspect) {
    return new Inspected(
        image(inspect),
        Set.copyOf(Json.texts(inspect.path("Config").path("Env"))),
        Json.map(inspect.path("Config").path("Labels")),
        inspect.path("Size").asLong());
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
        volumes,
        Json.texts(inspect.path("RepoDigests")),
        ageDays(inspect.path("Created").asText("")),
        null,
        null,
        null);
  }

  /** Builds that are to come out the same each time write the epoch, or the time of a commit. */
  private static @Nullable Integer ageDays(String created) {
    try {
      Instant then = Instant.parse(created);
      Duration age = Duration.between(then, Instant.now());
      return then.isBefore(DOCKER) || age.isNegative() ? null : (Integer) (int) age.toDays();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /**
   * {@code GET /images/ID/history}.
   *
   * @return what each layer was made by, oldest first
   */
  public static List<String> history(JsonNode history) {
    List<String> steps = new ArrayList<>();
    history.forEach(step -> steps.add(0, step.path("CreatedBy").asText("")));
    return steps;
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
