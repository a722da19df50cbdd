package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plimsoll.collect.FakeEngine;

/**
 * Engines that fail: the host is audited all the same, the gap says what happened, and the exit
 * code is 3.
 */
class AuditFaultyEngineTest {
  private FakeEngine engine;

  @BeforeEach
  void start() throws IOException {
    engine = new FakeEngine().healthy();
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private static void containers(FakeEngine engine, int count) {
    StringBuilder list = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      list.append(i == 0 ? "" : ",").append("{\"Id\": \"c").append(i).append("\"}");
    }
    engine.json("/containers/json?all=1", list + "]");
  }

  private static void inspect(FakeEngine engine, String id) {
    engine.json(
        "/containers/" + id + "/json",
        "{\"Id\": \"" + id + "\", \"Name\": \"/" + id + "\", \"State\": {\"Status\": \"exited\"}}");
  }

  private Audited audit() {
    return Audited.engine(engine.host(), "--timeout", "1");
  }

  @Test
  void aHealthyOneIsExitZero() {
    containers(engine, 1);
    inspect(engine, "c0");
    Audited audited = audit();
    assertThat(audited.exit()).isZero();
    assertThat(audited.failed("c0")).contains("root-user");
  }

  @Test
  void withoutAnEngineTheHostIsStillAudited() {
    Audited audited = Audited.engine("unix:///nonexistent/engine.sock");
    assertThat(audited.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audited.err()).startsWith("plimsoll: no engine at unix:///nonexistent/engine.sock");
    assertThat(audited.finding("host-cgroup-v1").path("verdict").asText()).isNotEqualTo("unknown");
    assertThat(audited.finding("daemon-icc").path("verdict").asText()).isEqualTo("unknown");
    assertThat(audited.report().path("gaps").findValuesAsText("reason"))
        .anyMatch(reason -> reason.contains("start the engine (systemctl start docker)"));
  }

  @Test
  void aContainerThatDisappearsIsAGapAndNoTrouble() {
    containers(engine, 2);
    inspect(engine, "c1");
    Audited audited = audit();
    assertThat(audited.exit()).isZero();
    assertThat(audited.failed("c1")).isNotEmpty();
    assertThat(audited.report().path("gaps").findValuesAsText("path")).contains("/containers/c0");
    assertThat(audited.report().path("gaps").findValuesAsText("reason"))
        .contains("removed while the audit was looking at it");
  }

  @Test
  void anEngineThatHangsHangsNothing() {
    containers(engine, 200);
    for (int i = 0; i < 200; i++) {
      engine.on("/containers/c" + i + "/json", out -> TimeUnit.MINUTES.sleep(5));
    }
    Instant before = Instant.now();
    Audited audited = audit();
    // 200 containers of 1 s each, 8 at a time, would be 25 s.
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(12));
    assertThat(audited.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audited.report().path("gaps").findValuesAsText("reason"))
        .contains(
            "not asked: the engine had stopped answering",
            "the engine did not answer GET /containers/c0/json within 1 s");
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsAGap() {
    engine.on(
        "/info",
        out -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\""
                  .getBytes(StandardCharsets.UTF_8));
          TimeUnit.MINUTES.sleep(5);
        });
    Audited audited = audit();
    assertThat(audited.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audited.finding("daemon-live-restore").path("verdict").asText())
        .isEqualTo("unknown");
    assertThat(audited.finding("daemon-insecure-registry").path("verdict").asText())
        .isEqualTo("unknown");
  }

  @Test
  void anAnswerThatEndsTooSoonIsAGap() {
    engine.on(
        "/containers/json?all=1",
        out ->
            out.write(
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[".getBytes(StandardCharsets.UTF_8)));
    Audited audited = audit();
    assertThat(audited.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audited.report().path("gaps").findValuesAsText("reason"))
        .anyMatch(reason -> reason.contains("the answer ended 8 bytes short"));
  }

  @Test
  void garbageIsAGap() {
    engine.on("/version", out -> out.write(new byte[] {1, 2, 3, '\n', '\n'}));
    assertThat(audit().exit()).isEqualTo(ExitCode.UNUSABLE);
    engine.json("/version", "<html>");
    Audited audited = audit();
    assertThat(audited.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audited.report().path("gaps").findValuesAsText("reason"))
        .contains("the engine's answer to GET /version is not JSON");
  }

  @Test
  void anErrorOfTheEngineIsAGapWithItsMessage() {
    engine.on(
        "/volumes",
        out -> out.write(FakeEngine.response("500 Internal", "{\"message\": \"disk on fire\"}")));
    Audited audited = audit();
    assertThat(audited.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audited.report().path("gaps").findValuesAsText("reason"))
        .contains("disk on fire (the engine's answer to GET /volumes, status 500)");
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    engine.on(
        "/version",
        out -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n\"".getBytes(StandardCharsets.UTF_8));
          byte[] much = new byte[1 << 20];
          while (true) {
            out.write(much);
          }
        });
    assertThat(audit().exit()).isEqualTo(ExitCode.UNUSABLE);
  }

  @Test
  void anEngineThatNamesAContainerTwiceHasItOnce() {
    engine.json("/containers/json?all=1", "[{\"Id\": \"c0\"}, {\"Id\": \"c0\"}]");
    inspect(engine, "c0");
    Audited audited = audit();
    assertThat(audited.exit()).isZero();
    assertThat(audited.failed("c0")).doesNotHaveDuplicates().isNotEmpty();
  }

  @Test
  void anEngineThatChangesItsMindIsNotBelieved() {
    containers(engine, 2);
    inspect(engine, "c1");
    engine.json("/containers/c0/json", "{\"Id\": \"c1\", \"Name\": \"/c1\", \"State\": []}");
    Audited audited = audit();
    assertThat(audited.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audited.report().path("gaps").findValuesAsText("reason"))
        .contains("the engine answered for another container than it was asked about");
    assertThat(audited.failed("c1")).doesNotHaveDuplicates().isNotEmpty();
  }

  @Test
  void anAnswerOfAHundredMegabytesIsReadOrRefusedInTime() {
    byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    containers(engine, 1);
    inspect(engine, "c0");
    engine.on(
        "/volumes",
        out -> {
          String body = "{\"Volumes\": []}";
          int length = 100 * blanks.length + body.length();
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
          for (int i = 0; i < 100; i++) {
            out.write(blanks);
          }
          out.write(body.getBytes(StandardCharsets.UTF_8));
        });
    Audited audited = audit();
    assertThat(audited.exit()).isIn(ExitCode.OK, ExitCode.UNUSABLE);
    assertThat(audited.failed("c0")).isNotEmpty();
  }

  @Test
  void onATerminalItIsSaidWhatTakesSoLong() {
    engine.on("/version", out -> TimeUnit.MINUTES.sleep(5));
    String[] line = {"audit", "--host", engine.host(), "--timeout", "2"};
    assertThat(Audited.onTerminal(line).err())
        .startsWith("\r\u001b[Kplimsoll: asking the engine, 1 s")
        .contains("\r\u001b[Kplimsoll: the engine did not answer");
    assertThat(Audited.run(line).err())
        .doesNotContain("\r")
        .startsWith("plimsoll: the engine did not answer");
  }

  @Test
  void chunkedAnswersAreRead() {
    engine.on(
        "/version",
        out ->
            out.write(
                ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "4;x=y\r\n{\"Ve\r\n11\r\nrsion\": \"99.9.9\"}\r\n0\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8)));
    Audited audited = Audited.run("audit", "--host", engine.host(), "--timeout", "1");
    assertThat(audited.out()).contains("99.9.9 at unix://");
  }

  @Test
  void nothingButReadingIsAskedOfTheEngine() {
    audit();
    assertThat(engine.asked())
        .containsExactlyInAnyOrder(
            "/version", "/info", "/networks", "/volumes", "/images/json", "/containers/json?all=1");
  }

  @Test
  void anExportThatStopsInTheMiddleLeavesTheImageUnknown() {
    engine
        .json("/images/json", "[{\"Id\": \"i0\"}]")
        .json("/images/i0/json", "{\"Id\": \"i0\", \"RepoTags\": [\"app:1\"]}")
        .json("/images/i0/history", "[]")
        .on(
            "/images/i0/get",
            out ->
                out.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\ncut short"
                        .getBytes(StandardCharsets.UTF_8)));
    Audited audited = Audited.engine(engine.host(), "--timeout", "1", "--image-files");
    assertThat(audited.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audited.verdict("image-setuid", "app:1")).isEqualTo("unknown [requested]");
    assertThat(audited.finding("image-setuid", "app:1").path("reason").asText())
        .startsWith("its files cannot be read: ");
    assertThat(audited.finding("image-root-user", "app:1").path("verdict").asText())
        .isEqualTo("fail");
  }

  @Test
  void limitsThatTheHostCannotEnforceAreNamed() {
    engine.json("/info", "{\"MemoryLimit\": true, \"SwapLimit\": false, \"PidsLimit\": false}");
    assertThat(audit().finding("daemon-unsupported-limits").path("message").asText())
        .isEqualTo("cannot enforce limits of pids-limit, swap");
    engine.json("/info", "{\"MemoryLimit\": true}");
    assertThat(audit().verdict("daemon-unsupported-limits")).startsWith("pass");
  }
}
