package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;
import plimsoll.testing.Product;
import plimsoll.testing.Ran;

/** The packaged program without root's rights, and over TCP with and without TLS. */
@NeedsEngine
@Tag("launcher")
class AuditRightsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  private static Audited audited(Ran ran) throws IOException {
    JsonNode report =
        ran.out().startsWith("{")
            ? new ObjectMapper().readTree(ran.out())
            : com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    return new Audited(ran.exit(), ran.out(), ran.err(), report);
  }

  private static Audited run(List<String> before, Path launcher, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(launcher.toString());
    command.addAll(List.of("audit", "--output", "json", "--show", "all"));
    command.addAll(List.of(arguments));
    return audited(Ran.run(LIMIT, Map.of("HOME", "/nonexistent"), command));
  }

  @Test
  void withoutRootNothingPassesThatCouldNotBeRead() throws IOException {
    Path launcher = Product.copyTo(folder);
    List<String> nobody =
        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    try (PrivateEngine engine = PrivateEngine.with().start()) {
      engine.docker("run", "-d", "--name", "web", "--user=1000", engine.image(), "sleep", "1000");

      Audited refused = run(nobody, launcher, "--host", engine.host());
      assertThat(refused.exit()).isEqualTo(ExitCode.UNUSABLE);
      assertThat(refused.report().path("gaps").findValuesAsText("reason"))
          .anyMatch(reason -> reason.contains("run as root"));
      assertThat(refused.findings())
          .filteredOn(f -> !f.path("subject").path("kind").asText().equals("host"))
          .isNotEmpty()
          .allMatch(f -> f.path("verdict").asText().equals("unknown"));

      Files.setPosixFilePermissions(engine.socket(), PosixFilePermissions.fromString("rw-rw-rw-"));
      Audited allowed = run(nobody, launcher, "--host", engine.host());
      assertThat(allowed.exit()).as(allowed.err()).isZero();
      // What only the daemon's process could tell is unknown.
      for (String rule :
          List.of("userland-proxy", "tcp-without-tls", "log-level", "no-new-privileges")) {
        assertThat(allowed.finding("daemon-" + rule).path("verdict").asText())
            .as(rule)
            .isEqualTo("unknown");
      }
      assertThat(allowed.finding("container-no-new-privileges", "web").path("verdict").asText())
          .isEqualTo("fail");
      // Namespaces may not be compared: as asked for, and said so.
      assertThat(allowed.verdict("container-host-network", "web"))
          .isEqualTo("pass [requested] not confirmed");
      // /proc/PID/status may be read by anybody.
      assertThat(allowed.verdict("container-root-user", "web"))
          .isEqualTo("pass [requested, enforced] confirmed");
    }
  }

  @Test
  void anEngineIsAskedOverTcpWithTls() throws IOException {
    Path keys = certificates();
    try (PrivateEngine engine =
        PrivateEngine.with(
                "--tlsverify",
                "--tlscacert=" + keys.resolve("ca.pem"),
                "--tlscert=" + keys.resolve("cert.pem"),
                "--tlskey=" + keys.resolve("key.pem"),
                "--host=tcp://127.0.0.1:2376")
            .start()) {
      // The engine lives in a network namespace of its own.
      List<String> inside = List.of("nsenter", "--net=/proc/" + engine.pid() + "/ns/net", "--");
      Path launcher = Product.launcher();
      String address = "tcp://127.0.0.1:2376";

      Audited audited = run(inside, launcher, "--host", address, "--cert-path", keys.toString());
      assertThat(audited.exit()).as(audited.err()).isZero();
      assertThat(audited.finding("daemon-live-restore").path("verdict").asText()).isEqualTo("fail");
      assertThat(audited.finding("daemon-userland-proxy").path("reason").asText())
          .contains("asked over TCP");

      Audited plain = run(inside, launcher, "--host", address);
      assertThat(plain.exit()).isEqualTo(ExitCode.UNUSABLE);
      assertThat(plain.report().path("gaps").findValuesAsText("reason").toString())
          .contains("--cert-path");

      Audited wrong = run(inside, launcher, "--host", address, "--cert-path", folder + "/none");
      assertThat(wrong.exit()).isEqualTo(ExitCode.UNUSABLE);
      assertThat(wrong.report().path("gaps").findValuesAsText("reason").toString())
          .contains("cannot read " + folder + "/none/ca.pem");

      // Asked by its socket, the process shows that the address is protected.
      Audited local = run(List.of(), launcher, "--host", engine.host());
      assertThat(local.verdict("daemon-tcp-without-tls")).isEqualTo("pass [requested]");

      containersAreStartedOverTcpWithTls(inside, launcher, address, keys);
    }
  }

  private static void containersAreStartedOverTcpWithTls(
      List<String> inside, Path launcher, String address, Path keys) {
    List<String> command = new ArrayList<>(inside);
    command.addAll(
        List.of(
            "sh",
            "-c",
            "seq 1 100000 | \"$0\" secure-run --rm -i busybox sh -c 'cat; echo end >&2; exit 3'",
            launcher.toString()));
    Map<String, String> environment =
        Map.of(
            "DOCKER_HOST", address, "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", keys.toString());
    Ran ran = Ran.run(LIMIT, environment, command);
    assertThat(ran.exit()).as(ran.err()).isEqualTo(3);
    assertThat(ran.out()).startsWith("1\n2\n").endsWith("\n99999\n100000\n").hasSize(588_895);
    assertThat(ran.err()).contains("end\n");
  }

  /** One authority, one certificate that serves as the engine's and as the client's. */
  private Path certificates() throws IOException {
    List<String> script =
        List.of(
            "sh",
            "-c",
            """
            set -e
            cd "$0"
            printf 'subjectAltName=IP:127.0.0.1\\nextendedKeyUsage=serverAuth,clientAuth\\n' > ext
            openssl req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -days 2 -subj /CN=ca
            openssl req -newkey rsa:2048 -nodes -keyout key.pem -out req -subj /CN=engine
            openssl x509 -req -in req -CA ca.pem -CAkey ca-key.pem -CAcreateserial -out cert.pem -days 2 -extfile ext
            """,
            Files.createDirectory(folder.resolve("keys")).toString());
    Ran.run(LIMIT, Map.of(), script).orFail(script);
    return folder.resolve("keys");
  }
}
