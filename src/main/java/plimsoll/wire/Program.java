package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a container runs, as opposed to how it is confined: the part of a create request that the
 * facts leave out on purpose, because it holds secrets or says nothing about confinement.
 *
 * @param fields of the request, in its spelling: {@code Cmd}, {@code Env}, {@code Healthcheck}, …
 */
public record Program(ObjectNode fields) {
  private static final List<String> NAMES =
      List.of(
          "Cmd",
          "Domainname",
          "Entrypoint",
          "Env",
          "ExposedPorts",
          "Healthcheck",
          "Hostname",
          "Labels",
          "OpenStdin",
          "StopSignal",
          "StopTimeout",
          "Tty",
          "WorkingDir");

  /** Takes it out of a create request or the {@code Config} of an inspect answer. */
  public static Program of(JsonNode config) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (String name : NAMES) {
      if (Json.says(config.path(name))) {
        fields.set(name, config.path(name).deepCopy());
      }
    }
    return new Program(fields);
  }
}
