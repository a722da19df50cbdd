package plimsoll.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.client.Endpoint.BadEndpointException;

/** Finding the engine as docker's client does. */
class EndpointResolverTest {

  @TempDir Path home;

  private Endpoint resolve(Map<String, String> environment, @Nullable String host)
      throws BadEndpointException {
    return new EndpointResolver(environment, home).resolve(host, null, null);
  }

  private void context(String name, String host, boolean tls) throws Exception {
    String folder =
        java.util.HexFormat.of()
            .formatHex(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    Path meta = Files.createDirectories(home.resolve(".docker/contexts/meta/" + folder));
    Files.writeString(
        meta.resolve("meta.json"),
        "{\"Name\": \"" + name + "\", \"Endpoints\": {\"docker\": {\"Host\": \"" + host + "\"}}}");
    if (tls) {
      Files.createDirectories(home.resolve(".docker/contexts/tls/" + folder + "/docker"));
    }
  }

  @Test
  void nothingSaidIsTheDefaultSocket() throws BadEndpointException {
    assertThat(resolve(Map.of(), null))
        .isEqualTo(new Endpoint("unix:///var/run/docker.sock", null, "default"));
  }

  @Test
  void theOptionWinsOverTheEnvironmentAndThatOverContexts() throws Exception {
    context("prod", "unix:///ctx.sock", false);
    Map<String, String> both = Map.of("DOCKER_HOST", "unix:///env.sock", "DOCKER_CONTEXT", "prod");
    assertThat(resolve(both, "unix:///opt.sock").address()).isEqualTo("unix:///opt.sock");
    assertThat(resolve(both, null).address()).isEqualTo("unix:///env.sock");
    assertThat(resolve(Map.of("DOCKER_CONTEXT", "prod"), null).address())
        .isEqualTo("unix:///ctx.sock");
  }

  @Test
  void theCurrentContextCounts() throws Exception {
    context("prod", "tcp://prod.example:2376", true);
    Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\": \"prod\"}");
    Endpoint endpoint = resolve(Map.of(), null);
    assertThat(endpoint.address()).isEqualTo("tcp://prod.example:2376");
    assertThat(endpoint.certificates()).isNotNull().isDirectory();
    assertThat(endpoint.local()).isFalse();
  }

  @Test
  void tlsIsUsedWhereTheEnvironmentAsksForIt() throws BadEndpointException {
    Map<String, String> tls =
        Map.of(
            "DOCKER_HOST", "tcp://127.0.0.1:2376",
            "DOCKER_TLS_VERIFY", "1",
            "DOCKER_CERT_PATH", "/certs");
    assertThat(resolve(tls, null).certificates()).isEqualTo(Path.of("/certs"));
    assertThat(resolve(tls, null).local()).isTrue();
    assertThat(resolve(Map.of("DOCKER_CERT_PATH", "/certs"), "tcp://h:1").certificates()).isNull();
  }

  @Test
  void whatCannotBeUsedSaysWhatCan() throws IOException {
    assertThatThrownBy(() -> resolve(Map.of(), "ssh://root@h"))
        .isInstanceOf(BadEndpointException.class)
        .hasMessageContaining("forward the socket");
    for (String bad :
        new String[] {"docker.sock", "unix:relative", "tcp://", "npipe:////./x", " "}) {
      assertThatThrownBy(() -> resolve(Map.of(), bad))
          .as(bad)
          .isInstanceOf(BadEndpointException.class)
          .hasMessageContaining("--host");
    }
    assertThatThrownBy(() -> resolve(Map.of("DOCKER_CONTEXT", "nope"), null))
        .hasMessageContaining("there is no docker context \"nope\"");
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), "{");
    assertThatThrownBy(() -> resolve(Map.of(), null)).hasMessageContaining("config.json");
  }

  @Test
  void hostAndContextTogetherAreAMistake() {
    assertThatThrownBy(
            () -> new EndpointResolver(Map.of(), home).resolve("unix:///x", "prod", null))
        .hasMessageContaining("--host and --context");
  }
}
