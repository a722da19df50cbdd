package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;
import plimsoll.testing.Ran;
import plimsoll.testing.Registry;

/** Pulls from a registry, beside those of the docker client. */
@NeedsEngine
class SecureRunPullTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.shared();
  private static final String IMAGE = "localhost:" + Registry.PORT + "/hello";
  private static Registry.Served registry;

  @BeforeAll
  static void serve() {
    registry = Registry.serve(engine);
  }

  @AfterAll
  static void stop() {
    engine.tryDocker("rmi", "-f", IMAGE);
    registry.close();
  }

  private static Audited ours(boolean terminal, List<String> words) {
    List<String> arguments =
        new ArrayList<>(List.of("secure-run", "--host", engine.host(), "--profile", "none"));
    arguments.addAll(words);
    Map<String, String> environment =
        Map.of("DOCKER_CONFIG", engine.root().resolve("client").toString());
    return terminal
        ? Audited.onTerminal(environment, arguments.toArray(String[]::new))
        : Audited.run(environment, arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rm " + IMAGE,
        "--rm -q " + IMAGE,
        "--rm --pull missing " + IMAGE + ":latest",
        "--rm --pull always " + IMAGE
      })
  void saysWhatDockerSays(String line) {
    List<String> words = List.of(line.split(" "));
    List<String> docker = new ArrayList<>(List.of("run"));
    docker.addAll(words);
    engine.tryDocker("rmi", "-f", IMAGE);
    Ran dockers = engine.tryDocker(docker.toArray(String[]::new));
    engine.tryDocker("rmi", "-f", IMAGE);
    Audited ours = ours(false, words);
    assertThat(dockers.out()).as(dockers.err()).isEqualTo("pulled\n");
    assertThat(ours.out()).as(ours.err()).isEqualTo("pulled\n");
    assertThat(steady(ours.err())).isEqualTo(steady(dockers.err()));
    assertThat(ours.exit()).isZero();
  }

  /** The engine leaves out steps that are over at once. */
  private static String steady(String err) {
    return err.replaceAll("[0-9a-f]{12}: (Verifying Checksum|Download complete)\n", "");
  }

  @Test
  void onATerminalEachLayerKeepsItsLine() {
    engine.tryDocker("rmi", "-f", IMAGE);
    Audited ours = ours(true, List.of("--rm", IMAGE));
    assertThat(ours.out()).isEqualTo("pulled\n");
    assertThat(ours.err())
        .containsPattern(
            "\\u001b\\[1A\\u001b\\[2K\\r[0-9a-f]{12}: Pulling fs layer \\r\\u001b\\[1B")
        .containsPattern("\\u001b\\[1A\\u001b\\[2K\\r[0-9a-f]{12}: Pull complete \\r\\u001b\\[1B")
        .contains("\r\u001b[1BDigest: sha256:", "\nStatus: Downloaded newer image for " + IMAGE);
  }

  @Test
  void whatTheRegistryDoesNotHaveIsAnError() {
    Audited ours = ours(false, List.of("--rm", "localhost:" + Registry.PORT + "/other"));
    assertThat(ours.exit()).isEqualTo(125);
    assertThat(ours.err())
        .contains("Unable to find image 'localhost:5000/other:latest' locally")
        .contains("no such name");
  }
}
