package plimsoll.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What went wrong with a call, and what to do about it where that is known. */
final class Trouble {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Endpoint endpoint;

  Trouble(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  EngineException refused(String what, int status, byte[] body) {
    String said = message(body);
    return new EngineException(
        (said.isEmpty() ? "the engine did not say why" : said)
            + " (the engine's answer to "
            + what.replaceFirst("\\?.*", "")
            + ", status "
            + status
            + ")"
            + tlsRemedy(said),
        status,
        said);
  }

  /** What an error's body says: its JSON message, or its first line. */
  private static String message(byte[] body) {
    String text = new String(body, 0, Math.min(body.length, 1000), StandardCharsets.UTF_8);
    try {
      JsonNode message = MAPPER.readTree(body).path("message");
      text = message.isTextual() ? message.textValue() : text;
    } catch (IOException e) {
      // Not JSON: what is in front of the engine's API, such as its TLS, answers in plain text.
    }
    return text.strip().split("\n", 2)[0];
  }

  EngineException explain(String what, Throwable failure) {
    if (failure instanceof EngineException known) {
      return known;
    }
    if (failure instanceof JacksonException) {
      return new EngineException("the engine's answer to " + what + " is not JSON");
    }
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof ConnectException)) {
      cause = cause.getCause();
    }
    return new EngineException(
        "no engine at "
            + endpoint.address()
            + " (from "
            + endpoint.from()
            + "): "
            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
            + remedy(cause));
  }

  private String remedy(Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    Path socket = endpoint.socket();
    if (socket != null && !Files.exists(socket)) {
      return "; there is no such socket: start the engine (systemctl start docker), or name its"
          + " socket with --host unix:///PATH";
    }
    if (cause instanceof AccessDeniedException || said.contains("Permission denied")) {
      return "; run as root, or as a member of the socket's group";
    }
    if (socket != null) {
      return "; nothing listens there: start the engine (systemctl start docker)";
    }
    return tlsRemedy(said);
  }

  private static String tlsRemedy(String said) {
    return said.contains("HTTPS server") || said.contains("SSL") || said.contains("certif")
        ? "; for TLS give a folder with ca.pem, cert.pem and key.pem: --cert-path DIR"
        : "";
  }
}
