package plimsoll.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.gate.Repository.Contents;
import plimsoll.testing.FuzzInputs;

/** Inputs that {@link GateFuzz} once had trouble with, and those that are made for trouble. */
class GateFuzzInputsTest {
  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> theyAreRead() throws Exception {
    return FuzzInputs.tests(GateFuzz.class);
  }

  private Contents read(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    return Repository.read(List.of(file), folder, true, Set.of(), List.of());
  }

  private String trouble(String name, String text) throws IOException {
    return String.valueOf(read(name, text).unusable());
  }

  @Test
  void aliasesThatMultiplyAreRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (before + ", ").repeat(8) + before + "]\n");
    }
    bomb.append("services:\n  a:\n    image: b\n    cap_add: *a11\n");
    assertThat(trouble("compose.yaml", bomb.toString())).contains("alias");
    assertThat(trouble(".gitlab-ci.yml", "# docker run\n" + bomb)).contains("alias");
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() throws IOException {
    assertThat(trouble("compose.yaml", "services: " + "[".repeat(100_000)))
        .contains("Nesting Depth");
    assertThat(trouble("run.sh", "docker run a\n" + "( ".repeat(100_000))).contains("deep");
    assertThat(trouble("b.sh", "docker run a\n" + "$( ".repeat(100_000))).contains("deep");
    assertThat(trouble("c.sh", "docker run a\n" + "if x; then ".repeat(100_000))).contains("deep");
    assertThat(trouble("Dockerfile", "FROM a\nRUN " + "{ ".repeat(100_000))).contains("deep");
    read("Dockerfile", "FROM a\n" + "ONBUILD ".repeat(100_000));
    read("Dockerfile", "FROM a\nENV X=" + "${X:-".repeat(100_000) + "\n");
    read("Makefile", "# docker run\nX = " + "$(X".repeat(100_000) + "\n");
  }

  @Test
  void linesOfTenMegabytesAreRefused() throws IOException {
    String line = "x".repeat(10 << 20);
    for (String name :
        List.of("run.sh", "compose.yaml", "Dockerfile", "Makefile", ".gitlab-ci.yml")) {
      assertThat(trouble(name, "docker run " + line)).contains("larger than 4 MiB");
    }
  }

  @Test
  void longLinesAreReadInGoodTime() throws IOException {
    String words = "a=b ".repeat(700_000);
    read("run.sh", "docker run " + words);
    read("Dockerfile", "FROM a\nENV " + words + "\nRUN docker run " + words);
    read("Dockerfile.2", "FROM a\nCOPY " + words + "/x\nUSER " + words);
    read("compose.yaml", "services: {a: {image: b, command: '" + words + "'}}");
    read("Makefile", "X = " + words + "\na:\n\tdocker run $(X)\n");
    read("Jenkinsfile", "sh 'docker run " + words + "'");
  }
}
