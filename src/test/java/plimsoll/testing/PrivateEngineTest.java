package plimsoll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@NeedsEngine
class PrivateEngineTest {

  @Test
  void twoEnginesDoNotSeeEachOther() {
    try (PrivateEngine one = PrivateEngine.with().start();
        PrivateEngine other = PrivateEngine.with("--live-restore").start()) {
      one.docker("run", "-d", "--name", "only-here", one.image(), "sleep", "1000");
      assertThat(one.docker("ps", "--format", "{{.Names}}")).isEqualTo("only-here");
      assertThat(other.docker("ps", "-a", "--format", "{{.Names}}")).isEmpty();
      assertThat(other.docker("info", "-f", "{{.LiveRestoreEnabled}}")).isEqualTo("true");
    }
  }

  @Test
  void nothingIsLeftOfAStoppedEngine() throws IOException {
    PrivateEngine engine = PrivateEngine.with().start();
    engine.docker("run", "-d", engine.image(), "sleep", "1000");
    Path root = engine.root();
    long pid = engine.pid();
    engine.close();
    assertThat(root).doesNotExist();
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(root.toString());
    assertThat(
            ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains(root.toString())))
        .isEmpty();
  }

  @Test
  void anEngineThatRefusesItsFlagsSaysWhy() {
    assertThatThrownBy(() -> PrivateEngine.with("--no-such-flag").start())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("unknown flag: --no-such-flag");
  }
}
