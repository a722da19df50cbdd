package plimsoll.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What docker's client takes from its {@code config.json}: who pulls an image ({@code auths},
 * {@code credHelpers}, {@code credsStore}), {@code detachKeys}, and {@code proxies}, which
 * containers get.
 */
public final class ClientConfig {
  /** Names of proxy settings, and of the variables that say the same. */
  private static final Map<String, String> PROXIES =
      new TreeMap<>(
          Map.of(
              "httpProxy", "HTTP_PROXY",
              "httpsProxy", "HTTPS_PROXY",
              "ftpProxy", "FTP_PROXY",
              "noProxy", "NO_PROXY",
              "allProxy", "ALL_PROXY"));

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode config;
  private final Supplier<String> usual;

  /**
   * Reads it.
   *
   * @param config docker's {@code config.json}; nothing is known where it is not there
   * @param usual the registry of images that name none, as the engine calls it
   */
  public ClientConfig(Path config, Supplier<String> usual) {
    this.usual = usual;
    JsonNode read = MissingNode.getInstance();
    try {
      read = MAPPER.readTree(Files.readString(config));
    } catch (IOException e) {
      // Nobody has logged in.
    }
    this.config = read;
  }

  /** The keys that leave a container, as configured there; null for the usual ones. */
  public @Nullable String detachKeys() {
    String keys = config.path("detachKeys").asText();
    return keys.isEmpty() ? null : keys;
  }

  /**
   * Tells a container of the proxies, unless its environment speaks of them.
   *
   * @param body the create request
   * @param engine the engine's address, which may have proxies of its own
   */
  public void addProxies(ObjectNode body, String engine) {
    JsonNode all = config.path("proxies");
    JsonNode proxies = all.has(engine) ? all.path(engine) : all.path("default");
    List<String> given = new ArrayList<>();
    body.path("Env").forEach(entry -> given.add(entry.asText().split("=", 2)[0]));
    PROXIES.forEach((setting, variable) -> {
      String value = proxies.path(setting).asText();
      for (String name : List.of(variable, variable.toLowerCase(Locale.ROOT))) {
        if (!value.isEmpty() && !given.contains(name)) {
          body.withArray("Env").add(name + "=" + value);
        }
      }
    });
  }

  /** The header that says who pulls. */
  String header(String image) {
    String registry = registry(image);
    ObjectNode auth = MAPPER.createObjectNode();
    String helper = config.path("credHelpers").path(registry).asText();
    helper = helper.isEmpty() ? config.path("credsStore").asText() : helper;
    JsonNode known = helper.isEmpty() ? MissingNode.getInstance() : ask(helper, registry);
    if (known.has("Secret")) {
      auth.put("username", known.path("Username").asText());
      auth.put("password", known.path("Secret").asText());
    } else {
      String both = config.path("auths").path(registry).path("auth").asText();
      if (!both.isEmpty()) {
        try {
          String[] halves =
              new String(Base64.getDecoder().decode(both), StandardCharsets.UTF_8).split(":", 2);
          auth.put("username", halves[0]);
          auth.put("password", halves.length == 2 ? halves[1] : "");
        } catch (IllegalArgumentException e) {
          // Not what docker writes: pulled as nobody.
        }
      }
    }
    auth.put("serveraddress", registry);
    return Base64.getUrlEncoder().encodeToString(auth.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What stands before the first slash, where it looks like a host. */
  private String registry(String image) {
    int slash = image.indexOf('/');
    String first = slash < 0 ? "" : image.substring(0, slash);
    return first.contains(".") || first.contains(":") || first.equals("localhost")
        ? first
        : usual.get();
  }

  private static JsonNode ask(String helper, String registry) {
    if (!helper.matches("[A-Za-z0-9._-]+")) {
      return MissingNode.getInstance();
    }
    try {
      Process process =
          new ProcessBuilder("docker-credential-" + helper, "get")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var in = process.getOutputStream()) {
        in.write(registry.getBytes(StandardCharsets.UTF_8));
      }
      byte[] said = process.getInputStream().readAllBytes();
      return process.waitFor() == 0 ? MAPPER.readTree(said) : MissingNode.getInstance();
    } catch (IOException e) {
      return MissingNode.getInstance();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return MissingNode.getInstance();
    }
  }
}
