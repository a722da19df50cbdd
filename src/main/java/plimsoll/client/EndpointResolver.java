package plimsoll.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Endpoint.BadEndpointException;

/**
 * Finds the engine as docker's own client does: {@code --host}, else {@code --context}, else {@code
 * DOCKER_HOST}, else {@code DOCKER_CONTEXT}, else the current context of {@code config.json}, else
 * the default socket.
 */
public final class EndpointResolver {
  private static final String DEFAULT = "unix:///var/run/docker.sock";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, String> environment;
  private final Path configFolder;

  /**
   * For an environment.
   *
   * @param home the user's home, which holds {@code .docker} unless {@code DOCKER_CONFIG} names
   *     another folder
   */
  public EndpointResolver(Map<String, String> environment, Path home) {
    this.environment = environment;
    String config = said("DOCKER_CONFIG");
    this.configFolder = config == null ? home.resolve(".docker") : Path.of(config);
  }

  /**
   * The engine to ask.
   *
   * @param host {@code --host}, null if not given
   * @param context {@code --context}, null if not given
   * @param certificates {@code --cert-path}, null if not given
   * @throws BadEndpointException if what is named cannot be used
   */
  public Endpoint resolve(
      @Nullable String host, @Nullable String context, @Nullable Path certificates)
      throws BadEndpointException {
    if (host != null && context != null) {
      throw new BadEndpointException("--host and --context both name an engine; give one of them");
    }
    if (host != null) {
      return Endpoint.of(host, orFromEnvironment(certificates), "--host");
    }
    if (context != null) {
      return ofContext(context, certificates, "--context " + context);
    }
    String variable = said("DOCKER_HOST");
    if (variable != null) {
      return Endpoint.of(variable, orFromEnvironment(certificates), "DOCKER_HOST");
    }
    String named = said("DOCKER_CONTEXT");
    if (named != null) {
      return ofContext(named, certificates, "DOCKER_CONTEXT");
    }
    Path config = configFolder.resolve("config.json");
    String current = currentContext(config);
    return current == null
        ? Endpoint.of(DEFAULT, null, "default")
        : ofContext(current, certificates, "current context in " + config);
  }

  private @Nullable Path orFromEnvironment(@Nullable Path certificates) {
    if (certificates != null) {
      return certificates;
    }
    String folder = said("DOCKER_CERT_PATH");
    if (said("DOCKER_TLS_VERIFY") == null && said("DOCKER_TLS") == null) {
      return null;
    }
    return folder == null ? configFolder : Path.of(folder);
  }

  private static @Nullable String currentContext(Path config) throws BadEndpointException {
    if (!Files.isRegularFile(config)) {
      return null;
    }
    try {
      return name(MAPPER.readTree(config.toFile()).path("currentContext"));
    } catch (IOException e) {
      throw new BadEndpointException(
          "cannot read " + config + ", which names the current context: " + e.getMessage());
    }
  }

  private static @Nullable String name(JsonNode context) {
    return context.asText("").isEmpty() ? null : context.asText();
  }

  /** Contexts are stored under the SHA-256 of their name. */
  private Endpoint ofContext(String name, @Nullable Path certificates, String from)
      throws BadEndpointException {
    if (name.equals("default")) {
      String variable = said("DOCKER_HOST");
      return Endpoint.of(
          variable == null ? DEFAULT : variable, orFromEnvironment(certificates), from);
    }
    String folder = sha256(name);
    Path meta = configFolder.resolve("contexts/meta").resolve(folder).resolve("meta.json");
    JsonNode docker;
    try {
      docker = MAPPER.readTree(meta.toFile()).path("Endpoints").path("docker");
    } catch (IOException e) {
      throw new BadEndpointException(
          "there is no docker context \""
              + name
              + "\" (from "
              + from
              + "): cannot read "
              + meta
              + "; docker context ls lists those there are");
    }
    Path tls = configFolder.resolve("contexts/tls").resolve(folder).resolve("docker");
    Path used = certificates != null ? certificates : Files.isDirectory(tls) ? tls : null;
    return Endpoint.of(docker.path("Host").asText(), used, from);
  }

  private @Nullable String said(String variable) {
    String value = environment.get(variable);
    return value == null || value.isEmpty() ? null : value;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
