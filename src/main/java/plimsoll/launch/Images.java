package plimsoll.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;

/** The image of a container: found, or pulled. */
public final class Images {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final EngineClient client;
  private final ClientConfig config;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * For an engine.
   *
   * @param err where what is pulled is said
   * @param terminal whether that is a terminal
   */
  public Images(EngineClient client, ClientConfig config, PrintStream err, boolean terminal) {
    this.client = client;
    this.config = config;
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * What the engine knows of an image; it is pulled first where that is asked for.
   *
   * @param pull {@code always}, {@code missing} or {@code never}
   * @return null where it is not there and must not be pulled
   * @throws LaunchException if it could not be pulled
   */
  public @Nullable JsonNode find(
      String image, String pull, @Nullable String platform, boolean quiet)
      throws LaunchException, EngineException {
    if (pull.equals("always")) {
      pull(image, platform, quiet);
    }
    JsonNode there = inspect(image);
    if (there == null && pull.equals("missing")) {
      if (!quiet) {
        err.println("Unable to find image '" + visible(tagged(image)) + "' locally");
      }
      pull(image, platform, quiet);
      there = inspect(image);
    }
    return there;
  }

  /** What the engine knows of an image; null where it has none. */
  public @Nullable JsonNode inspect(String image) throws EngineException {
    try {
      return client.get("/images/" + encoded(image) + "/json");
    } catch (EngineException e) {
      if (e.notFound() || e.status() == 400) {
        return null;
      }
      throw e;
    }
  }

  private static String tagged(String image) {
    boolean named =
        image.contains("@") || image.substring(image.lastIndexOf('/') + 1).contains(":");
    return named ? image : image + ":latest";
  }

  private void pull(String image, @Nullable String platform, boolean quiet)
      throws LaunchException, EngineException {
    String whole = tagged(image);
    int at = whole.indexOf('@');
    int cut = at >= 0 ? at : whole.lastIndexOf(':');
    String path =
        "/images/create?fromImage="
            + encoded(whole.substring(0, cut))
            + "&tag="
            + encoded(whole.substring(cut + 1))
            + (platform == null ? "" : "&platform=" + encoded(platform));
    try (EngineClient.Answering answer =
            client.open(path, Map.of("X-Registry-Auth", config.header(image)));
        MappingIterator<JsonNode> lines =
            MAPPER.readerFor(JsonNode.class).readValues(answer.body())) {
      PullProgress progress = new PullProgress(err, terminal);
      while (lines.hasNext()) {
        JsonNode line = lines.next();
        if (line.has("error")) {
          throw new LaunchException(visible(line.path("error").asText()), 125);
        }
        if (!quiet) {
          progress.show(line);
        }
      }
    } catch (IOException e) {
      throw new LaunchException("the pull of " + image + " broke off: " + e.getMessage(), 125);
    }
  }

  /** What a registry or an engine says, without what would command a terminal. */
  static String visible(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
