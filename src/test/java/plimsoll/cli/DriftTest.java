package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;
import plimsoll.testing.Project;
import plimsoll.testing.Ran;

/** Drifts planted behind a real engine's back must be found; clean programs must show none. */
@NeedsEngine
class DriftTest {
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

  private void script(PrivateEngine on, String name, String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Project.root().resolve("src/test/drift/" + name).toString(), folder.toString()));
    words.addAll(List.of(arguments));
    Ran ran = Ran.run(Duration.ofMinutes(5), Map.of("DOCKER_HOST", on.host()), words);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
  }

  private static Audited audit(PrivateEngine on) {
    return Audited.engine(on.host(), "--only", "rule:container-drift");
  }

  @Test
  void plantedDriftsAreFound() throws IOException {
    script(engine, "plant");
    assertThat(Drifts.assertFound(audit(engine), folder.resolve("expected")))
        .isGreaterThanOrEqualTo(20);
  }

  @Test
  void cleanContainersShowNone() {
    script(engine, "clean", "100");
    Audited first = audit(engine);
    Drifts.assertNone(first);
    for (int i = 0; i < 9; i++) {
      assertThat(Drifts.fingerprints(audit(engine))).isEqualTo(Drifts.fingerprints(first));
    }
  }

  @Test
  void norDoTheyUnderUsernsRemap() {
    try (PrivateEngine remapping = PrivateEngine.with("--userns-remap=default").start()) {
      remapping.image();
      script(remapping, "clean", "100");
      Drifts.assertNone(audit(remapping));
    }
  }
}
