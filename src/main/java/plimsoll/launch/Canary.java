package plimsoll.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;

/**
 * Runs a program that does nothing under the host configuration of another container, so that there
 * is time to look at it.
 */
public final class Canary {
  private static final String REPOSITORY = "plimsoll-canary";

  private final EngineClient client;

  /** For an engine. */
  public Canary(EngineClient client) {
    this.client = client;
  }

  /**
   * The request for a canary in place of another container: the same but for what it runs, its
   * ports, and that it is neither started again nor removed by the engine.
   */
  public static ObjectNode request(JsonNode create) {
    ObjectNode body = create.deepCopy();
    body.remove(
        List.of("Cmd", "Env", "Healthcheck", "ExposedPorts", "WorkingDir", "StopSignal", "Labels"));
    body.putArray("Entrypoint").add(CanaryImage.PROGRAM);
    body.put("Tty", false).put("OpenStdin", false).put("StdinOnce", false);
    for (String stream : List.of("AttachStdin", "AttachStdout", "AttachStderr")) {
      body.put(stream, false);
    }
    if (body.path("HostConfig") instanceof ObjectNode hostConfig) {
      hostConfig.remove(List.of("AutoRemove", "RestartPolicy", "PortBindings", "ContainerIDFile"));
    }
    return body;
  }

  /**
   * Starts it, looks, and removes it again, whatever comes of it.
   *
   * @param request see {@link #request}; its image is set here
   * @param look given the container's id
   * @throws LaunchException if it does not start, or there is no program for the engine's processor
   */
  public <T> T run(ObjectNode request, Function<String, T> look)
      throws LaunchException, EngineException {
    request.put("Image", image(request));
    String id = client.post("/containers/create", request).path("Id").asText();
    try {
      client.post("/containers/" + id + "/start", null);
      return look.apply(id);
    } catch (EngineException e) {
      throw new LaunchException("the canary did not start: " + e.getMessage(), 125);
    } finally {
      client.delete("/containers/" + id + "?force=1&v=1");
    }
  }

  private String image(JsonNode request) throws LaunchException, EngineException {
    String architecture = client.get("/version").path("Arch").asText();
    Set<String> users = new TreeSet<>();
    Set<String> groups = new TreeSet<>();
    String[] user = request.path("User").asText().split(":", 2);
    addName(users, user[0]);
    addName(groups, user.length == 2 ? user[1] : "");
    request.path("HostConfig").path("GroupAdd").forEach(group -> addName(groups, group.asText()));
    byte[] archive =
        CanaryImage.archive(architecture, users, groups)
            .orElseThrow(() ->
                new LaunchException(
                    "there is no canary for the processor " + architecture + " of this engine",
                    125));
    String name = REPOSITORY + ":" + digest(archive);
    try {
      client.get("/images/" + name + "/json");
    } catch (EngineException e) {
      if (!e.notFound()) {
        throw e;
      }
      String[] halves = name.split(":", 2);
      client.upload("/images/create?fromSrc=-&repo=" + halves[0] + "&tag=" + halves[1], archive);
    }
    return name;
  }

  private static void addName(Set<String> names, String name) {
    if (name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,31}") && !name.equals("root")) {
      names.add(name);
    }
  }

  private static String digest(byte[] archive) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(Arrays.copyOf(hash, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
