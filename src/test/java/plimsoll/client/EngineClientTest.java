package plimsoll.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plimsoll.client.EngineClient.Answering;
import plimsoll.collect.FakeEngine;

/** Answers that come slowly, or stop coming. */
class EngineClientTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private FakeEngine engine;
  private EngineClient client;

  @BeforeEach
  void start() throws Exception {
    engine = new FakeEngine();
    client =
        new EngineClient(
            new EndpointResolver(Map.of(), java.nio.file.Path.of("/nonexistent"))
                .resolve(engine.host(), null, null),
            SECOND);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    engine.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aStreamThatKeepsComingMayTakeLongerThanItsPatience() throws Exception {
    engine.on(
        "/export",
        out -> {
          out.write(bytes("HTTP/1.1 200 OK\r\n\r\n"));
          for (int i = 0; i < 8; i++) {
            out.write('x');
            TimeUnit.MILLISECONDS.sleep(300);
          }
        });
    try (Answering answer = client.stream("/export", SECOND)) {
      assertThat(answer.body().readAllBytes()).isEqualTo(bytes("xxxxxxxx"));
    }
  }

  @Test
  void aStreamThatStopsComingIsGivenUp() throws Exception {
    engine.on(
        "/export",
        out -> {
          out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx"));
          TimeUnit.MINUTES.sleep(5);
        });
    try (Answering answer = client.stream("/export", SECOND)) {
      assertThatThrownBy(() -> answer.body().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessage("the engine sent nothing for 1 s");
    }
  }

  @Test
  void aStreamThatNeverBeginsIsGivenUp() {
    engine.on("/export", out -> TimeUnit.MINUTES.sleep(5));
    assertThatThrownBy(() -> client.stream("/export", SECOND))
        .isInstanceOf(EngineException.class)
        .hasMessage("the engine did not answer GET /export within 1 s");
  }
}
