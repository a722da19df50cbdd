package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are there whole or not at all. */
class TargetTest {
  @TempDir Path folder;

  /** Writes half a file and waits. */
  public static final class Half {
    private Half() {}

    /** Given the file's name. */
    public static void main(String[] args) throws Exception {
      Target.toFile(
          Path.of(args[0]),
          out -> {
            out.write("half".getBytes(StandardCharsets.UTF_8));
            out.flush();
            System.out.println("half");
            try {
              TimeUnit.MINUTES.sleep(5);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          });
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void anInterruptLeavesWhatWasThereAndNothingElse() throws Exception {
    Path report = Files.writeString(folder.resolve("report.json"), "of yesterday");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Half.class.getName(),
                report.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("half");
    assertThat(files()).hasSize(2);
    // SIGTERM; Ctrl-C's SIGINT ends Java in the same way, but what runs in the background ignores
    // it.
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(files()).containsExactly("report.json");
    assertThat(report).hasContent("of yesterday");
  }

  @Test
  void aFailureLeavesWhatWasThereAndNothingElse() throws Exception {
    Path report = Files.writeString(folder.resolve("report.json"), "of yesterday");
    assertThatThrownBy(() ->
            Target.toFile(
                report,
                out -> {
                  out.write(1);
                  throw new IOException("no space left on device");
                }))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("no space left on device");
    assertThat(files()).containsExactly("report.json");
    assertThat(report).hasContent("of yesterday");
  }
}
