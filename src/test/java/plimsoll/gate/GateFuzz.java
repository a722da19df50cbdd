package plimsoll.gate;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Whatever stands in a file, the gate reads it or says what is wrong with it: it does not crash,
 * hang or take all memory. Without Jazzer's own variable the inputs that once were trouble are
 * tried; {@code src/bench/fuzz} looks for new ones.
 */
class GateFuzz {
  private static final Path FOLDER = folder();

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("plimsoll-fuzz");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void read(String name, byte[] data) {
    Path file = FOLDER.resolve(name);
    try {
      Files.write(file, data);
      Repository.read(List.of(file), FOLDER, true, Set.of(), List.of());
      Files.delete(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] after(String start, byte[] data) {
    return (start + new String(data, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  @FuzzTest(maxDuration = "60m")
  void shell(byte[] data) {
    // Only what mentions a client is read.
    read("run.sh", after("docker run \n", data));
  }

  @FuzzTest(maxDuration = "60m")
  void compose(byte[] data) {
    read("compose.yaml", data);
  }

  @FuzzTest(maxDuration = "60m")
  void dockerfile(byte[] data) {
    read("Dockerfile", after("FROM a\n", data));
  }

  @FuzzTest(maxDuration = "60m")
  void workflow(byte[] data) {
    read(".gitlab-ci.yml", after("# docker run\n", data));
  }

  @FuzzTest(maxDuration = "60m")
  void makefile(byte[] data) {
    read("Makefile", after("# docker run\n", data));
  }

  @FuzzTest(maxDuration = "60m")
  void jenkinsfile(byte[] data) {
    read("Jenkinsfile", after("// docker run\n", data));
  }
}
