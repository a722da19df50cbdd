package plimsoll.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.read.RunLine.Given;

/**
 * What the docker client makes of a run line: {@code POST /containers/create}.
 *
 * @param body the request's body (Engine API 1.41 and later)
 * @param name the container's name; null to let the engine choose
 * @param places by field, as an inspect answer names it, the word that asked for it
 */
public record CreateRequest(ObjectNode body, @Nullable String name, Map<String, Word> places) {

  /**
   * Makes the request.
   *
   * @throws RunLineException if the client would refuse the line
   */
  public static CreateRequest of(RunLine line, ClientWorld world) throws RunLineException {
    Fields fields = new Fields(line);
    fields.body();
    new ProcessFlags(line, fields, world).apply();
    new ResourceFlags(line, fields).apply();
    new IsolationFlags(line, fields, world).apply();
    new MountFlags(line, fields, world).apply();
    new NetworkFlags(line, fields).apply();
    Given name = line.last(RunFlag.NAME);
    return new CreateRequest(
        fields.body(), name == null ? null : name.value(), Map.copyOf(fields.places()));
  }
}
