package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;

/** Daemons with settings from everywhere, and processes that pretend to be one. */
@NeedsEngine
class AuditDaemonTest {

  private static JsonNode origin(Audited audited, String rule) {
    return audited.finding(rule).path("evidence").get(0).path("origin");
  }

  @Test
  void defaultsAreOmittedHardening() {
    try (PrivateEngine engine = PrivateEngine.with().start()) {
      Audited audited = Audited.engine(engine.host());
      assertThat(audited.exit()).as(audited.err()).isZero();
      for (String rule : List.of("icc", "live-restore", "userland-proxy", "userns-remap")) {
        assertThat(audited.verdict("daemon-" + rule)).isEqualTo("fail omitted [requested]");
        assertThat(origin(audited, "daemon-" + rule).path("source").asText()).isEqualTo("default");
      }
      assertThat(audited.verdict("daemon-log-level")).isEqualTo("pass [requested]");
      assertThat(audited.verdict("daemon-insecure-registry")).isEqualTo("pass [requested]");
      assertThat(audited.verdict("daemon-tcp-without-tls")).isEqualTo("pass [requested]");
    }
  }

  @Test
  void aSettingSwitchedOffOnTheCommandLineIsWritten() {
    try (PrivateEngine engine =
        PrivateEngine.with(
                "--live-restore=false",
                "--no-new-privileges=false",
                "--icc",
                "-D",
                "--host=tcp://127.0.0.1:2375",
                "--insecure-registry=registry.example:5000")
            .start()) {
      Audited audited = Audited.engine(engine.host());
      for (String rule :
          List.of(
              "live-restore",
              "no-new-privileges",
              "icc",
              "log-level",
              "tcp-without-tls",
              "insecure-registry")) {
        assertThat(audited.verdict("daemon-" + rule))
            .as(rule)
            .isEqualTo("fail written [requested]");
        assertThat(origin(audited, "daemon-" + rule).path("source").asText())
            .as(rule)
            .isEqualTo("command-line");
      }
      assertThat(
              audited
                  .finding("daemon-tcp-without-tls")
                  .path("evidence")
                  .get(0)
                  .path("actual")
                  .asText())
          .isEqualTo("tcp://127.0.0.1:2375");
    }
  }

  @Test
  void settingsOfTheFileAreReadFromTheFileTheDaemonReads() {
    try (PrivateEngine engine =
        PrivateEngine.with()
            .daemonJson(
                """
                {"icc": false, "live-restore": true, "userland-proxy": false,
                 "no-new-privileges": true, "log-level": "info"}
                """)
            .start()) {
      engine.docker("create", "--name", "silent", engine.image(), "true");
      Audited audited = Audited.engine(engine.host());
      for (String rule :
          List.of("icc", "live-restore", "userland-proxy", "no-new-privileges", "log-level")) {
        assertThat(audited.verdict("daemon-" + rule)).as(rule).isEqualTo("pass [requested]");
        assertThat(origin(audited, "daemon-" + rule).path("file").asText())
            .as(rule)
            .isEqualTo(engine.configFile().toString());
      }
      // The container says nothing, so the daemon's default is what it gets.
      assertThat(audited.verdict("container-no-new-privileges", "silent"))
          .isEqualTo("pass [requested]");
      assertThat(
              audited
                  .finding("container-no-new-privileges", "silent")
                  .path("evidence")
                  .get(0)
                  .path("origin")
                  .path("source")
                  .asText())
          .isEqualTo("daemon");
    }
  }

  @Test
  void control1111TheConfigurationFileIsTheOneTheDaemonWasTold(@TempDir Path folder)
      throws IOException {
    try (PrivateEngine engine = PrivateEngine.with().start()) {
      Path snapshot = folder.resolve("s.json");
      Audited.engine(engine.host(), "--save-snapshot", snapshot.toString());
      JsonNode files =
          new com.fasterxml.jackson.databind.ObjectMapper()
              .readTree(snapshot.toFile())
              .at("/host/facts/files");
      List<String> configured = new java.util.ArrayList<>();
      files.forEach(file -> {
        if (file.path("role").asText().equals("config-file")) {
          configured.add(file.path("path").asText());
        }
      });
      assertThat(configured).containsExactly(engine.configFile().toString());
    }
  }

  @Test
  void aFileChangedSinceTheDaemonStartedIsNotBelieved() throws IOException {
    try (PrivateEngine engine = PrivateEngine.with().start()) {
      Files.writeString(engine.configFile(), "{\"userland-proxy\": false, \"live-restore\": true}");
      Files.setLastModifiedTime(engine.configFile(), FileTime.from(Instant.now().plusSeconds(60)));
      Audited audited = Audited.engine(engine.host());
      assertThat(audited.verdict("daemon-userland-proxy")).isEqualTo("unknown [requested]");
      assertThat(audited.finding("daemon-userland-proxy").path("reason").asText())
          .contains("changed after the daemon started");
      // What the engine reports of itself needs no file.
      assertThat(audited.finding("daemon-live-restore").path("verdict").asText()).isEqualTo("fail");
    }
  }

  @Test
  void aProcessThatOnlyCallsItselfDockerdIsNotBelieved() throws IOException {
    try (PrivateEngine engine = PrivateEngine.with("--userland-proxy").start()) {
      Process decoy =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  "exec -a dockerd bash -c 'read -r wait' dockerd --userland-proxy=false"
                      + " --live-restore --icc=false --host="
                      + engine.host())
              .start();
      try {
        Audited audited = Audited.engine(engine.host());
        assertThat(audited.verdict("daemon-userland-proxy")).isEqualTo("fail written [requested]");
        assertThat(audited.verdict("daemon-live-restore")).isEqualTo("fail omitted [requested]");
      } finally {
        decoy.destroyForcibly();
      }
    }
  }

  /**
   * With mounts of one's own, a socket can be bound to any path, that of the real daemon's
   * included.
   */
  @Test
  void aDaemonAtTheSamePathInOtherMountsIsNotBelieved(@TempDir Path other)
      throws IOException, InterruptedException {
    try (PrivateEngine engine = PrivateEngine.with("--userland-proxy").start()) {
      Files.writeString(other.resolve("daemon.json"), "{}");
      Process decoy =
          new ProcessBuilder(
                  "unshare",
                  "--mount",
                  "--net",
                  "--",
                  "sh",
                  "-c",
                  "mount -t tmpfs none \"$1\" && exec dockerd --userland-proxy=false"
                      + " --config-file=\"$2/daemon.json\" --data-root=\"$2/data\""
                      + " --exec-root=\"$2/exec\" --pidfile=\"$2/pid\" --host=unix://\"$1/d.sock\"",
                  "sh",
                  engine.root().toString(),
                  other.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        Path sockets = Path.of("/proc/" + decoy.pid() + "/net/unix");
        Instant end = Instant.now().plusSeconds(60);
        while (!Files.readString(sockets).contains(engine.socket().toString())) {
          assertThat(Instant.now()).isBefore(end);
          Thread.sleep(50);
        }
        Audited audited = Audited.engine(engine.host());
        assertThat(audited.verdict("daemon-userland-proxy")).isEqualTo("fail written [requested]");
      } finally {
        decoy.destroy();
        decoy.waitFor();
      }
    }
  }

  @Test
  void ofTwoDaemonsEachIsJudgedByItsOwnSettings() {
    try (PrivateEngine one = PrivateEngine.with("--userland-proxy=false").start();
        PrivateEngine other = PrivateEngine.with("--live-restore").start()) {
      Audited first = Audited.engine(one.host());
      Audited second = Audited.engine(other.host());
      assertThat(first.verdict("daemon-userland-proxy")).isEqualTo("pass [requested]");
      assertThat(first.verdict("daemon-live-restore")).isEqualTo("fail omitted [requested]");
      assertThat(second.verdict("daemon-userland-proxy")).isEqualTo("fail omitted [requested]");
      assertThat(second.verdict("daemon-live-restore")).isEqualTo("pass [requested]");
    }
  }

  @Test
  void withUsernsRemapRootInsideIsNobodyOutside() {
    try (PrivateEngine engine = PrivateEngine.with("--userns-remap=default").start()) {
      engine.docker("run", "-d", "--name", "mapped", engine.image(), "sleep", "1000");
      engine.docker(
          "run", "-d", "--name", "host", "--userns=host", engine.image(), "sleep", "1000");
      Audited audited = Audited.engine(engine.host());
      assertThat(audited.verdict("daemon-userns-remap")).isEqualTo("pass [requested]");
      assertThat(audited.verdict("container-userns-not-remapped", "mapped"))
          .isEqualTo("pass [requested, enforced] confirmed");
      assertThat(audited.verdict("container-root-user", "mapped"))
          .isEqualTo("pass [requested, enforced] confirmed");
      assertThat(audited.failed("host")).doesNotContain("userns-not-remapped");
      assertThat(audited.verdict("container-host-userns", "host"))
          .isEqualTo("fail written [requested, enforced] confirmed");
      assertThat(audited.finding("container-host-userns", "host").path("severity").asText())
          .isEqualTo("high");
    }
  }
}
