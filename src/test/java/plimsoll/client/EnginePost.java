package plimsoll.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Asks a test engine to do something, as the product never does. */
public final class EnginePost {
  private EnginePost() {}

  /** An answer. */
  public record Answer(int status, JsonNode body) {}

  /** Posts JSON. */
  public static Answer post(Path socket, String path, JsonNode json) throws IOException {
    Request request =
        Request.builder()
            .method(Request.Method.POST)
            .path(path)
            .headers(Map.of("Content-Type", "application/json"))
            .bodyBytes(json.toString().getBytes(StandardCharsets.UTF_8))
            .build();
    try (UnixSocketHttpClient client = new UnixSocketHttpClient(socket);
        Response response = client.execute(request)) {
      byte[] body = response.getBody().readAllBytes();
      return new Answer(response.getStatusCode(), new ObjectMapper().readTree(body));
    }
  }
}
