package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.model.ContainerProcess.Exec;

/** {@code GET /exec/ID/json}: what {@code docker exec} and health checks started. */
public final class ExecReader {
  private ExecReader() {}

  /**
   * A process that the engine started in a running container.
   *
   * @param pid its id on the engine's host
   * @param healthCheck whether it is the container's health check, which runs as an exec
   */
  public record Started(long pid, boolean healthCheck, Exec exec) {}

  /**
   * Reads one.
   *
   * @param container the container's inspect answer
   * @return empty where it does not run, or not yet
   */
  public static Optional<Started> read(JsonNode answer, JsonNode container) {
    Long pid = Json.positive(answer, "Pid");
    JsonNode asked = answer.path("ProcessConfig");
    return pid == null || !answer.path("Running").asBoolean()
        ? Optional.empty()
        : Optional.of(
            new Started(
                pid,
                isHealthCheck(asked, container.path("Config")),
                new Exec(asked.path("user").asText(""), asked.path("privileged").asBoolean())));
  }

  private static boolean isHealthCheck(JsonNode asked, JsonNode config) {
    List<String> command = new ArrayList<>(List.of(asked.path("entrypoint").asText()));
    command.addAll(Json.texts(asked.path("arguments")));
    List<String> test = new ArrayList<>(Json.texts(config.path("Healthcheck").path("Test")));
    if (test.isEmpty() || asked.has("user")) {
      return false;
    }
    boolean shell = test.remove(0).equals("CMD-SHELL");
    if (shell) {
      List<String> with = Json.texts(config.path("Shell"));
      test.addAll(0, with.isEmpty() ? List.of("/bin/sh", "-c") : with);
    }
    return command.equals(test);
  }
}
