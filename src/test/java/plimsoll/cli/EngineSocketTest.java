package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;
import plimsoll.testing.Ran;

/** A real engine's socket, handed to containers under every name one can give it. */
@NeedsEngine
class EngineSocketTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.with();
  @TempDir Path folder;

  @BeforeEach
  void image() {
    engine.image();
  }

  @AfterEach
  void clean() {
    engine.removeContainers();
  }

  private static void sh(String script, Object... arguments) {
    List<String> words = new java.util.ArrayList<>(List.of("sh", "-ec", script, "sh"));
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    Ran ran = Ran.run(Duration.ofMinutes(1), Map.of(), words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
  }

  private static String verdict(String bind) {
    engine.docker("run", "-d", "--name", "web", "-v", bind, engine.image(), "sleep", "1000");
    Audited audited = Audited.engine(engine.host());
    assertThat(audited.finding("container-drift", "web").path("verdict").asText())
        .as(bind)
        .isEqualTo("pass");
    String verdict = audited.verdict("container-engine-socket", "web");
    engine.docker("rm", "-f", "web");
    return verdict;
  }

  private static void assertFound(String bind) {
    assertThat(verdict(bind)).as(bind).isEqualTo("fail written [requested, enforced] confirmed");
  }

  @Test
  void itsPlaceAndThoseAboveIt() throws IOException {
    Path socket = engine.socket();
    assertFound(socket + ":/d.sock:ro");
    assertFound(socket.getParent() + ":/d");
    // The destination leads through a symbolic link of the image, as in most images.
    assertFound(socket + ":/var/run/docker.sock");
    Path link = Files.createSymbolicLink(folder.resolve("link"), socket);
    assertFound(link + ":/d.sock");
  }

  @Test
  void aHardLink() {
    Path other = Objects.requireNonNull(engine.socket().getParent()).resolve("innocent");
    sh("ln \"$1\" \"$2\"", engine.socket(), other);
    assertFound(other + ":/d.sock");
  }

  @Test
  void aBindMountOfTheHostsOwn() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path directory = Files.createDirectory(folder.resolve("directory"));
    sh("mount --bind \"$1\" \"$2\"", engine.socket(), file);
    sh(
        "mount --bind \"$1\" \"$2\"",
        Objects.requireNonNull(engine.socket().getParent()),
        directory);
    try {
      // An engine resolves the path in its own mounts, which are those of this process.
      assertFound(file + ":/d.sock");
      assertFound(directory + ":/d");
    } finally {
      sh("umount \"$1\" \"$2\"", file, directory);
    }
  }

  @Test
  void theSocketsOfItsRuntime() {
    assertFound(engine.root().resolve("exec/containerd/containerd.sock") + ":/c.sock");
  }

  @Test
  void anotherProgramsSocketIsNone() throws IOException {
    try (var other = new plimsoll.collect.FakeEngine()) {
      assertThat(verdict(other.host().substring("unix://".length()) + ":/s"))
          .isEqualTo("pass [requested, enforced] confirmed");
    }
  }

  @Test
  void aSocketThatWasReplacedIsReachedNoMore() throws IOException {
    Path file = Files.createFile(folder.resolve("socket"));
    engine.docker(
        "run", "-d", "--name", "web", "-v", file + ":/d.sock", engine.image(), "sleep", "100000");
    Files.delete(file);
    sh("ln \"$1\" \"$2\"", engine.socket(), file);
    // It would be, after a restart.
    assertThat(Audited.engine(engine.host()).verdict("container-engine-socket", "web"))
        .isEqualTo("fail written [requested] not confirmed");
  }
}
