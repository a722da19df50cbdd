package plimsoll.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.Project;

/**
 * The steps of {@code samples/own-policy/README.md}, as somebody who follows them types them. Where
 * there is no opa, what it would compile is what {@code samples/policies/build} compiled from the
 * same source; it then neither checks nor tests.
 */
class OwnPolicyTest {
  private static final Path SAMPLE = Project.root().resolve("samples/own-policy");

  /** Something to write, to type, or to see: with the name of the file that precedes it. */
  private static final Pattern FENCE =
      Pattern.compile("(?:`([^`\\n]+)`:\\n\\n)?```([a-z]+)\\n(.*?)```\\n", Pattern.DOTALL);

  private static final String NO_OPA =
      """
      #!/bin/sh
      # In place of opa, where there is none.
      set -eu
      last= before= out=
      for word; do
        test "$last" != -o || out=$word
        before=$last last=$word
      done
      case $1 in
        check) cat "$last" >/dev/null ;;
        test) cat "$before" >/dev/null; echo "PASS: $(grep -c '^test_' "$last")/$(grep -c '^test_' "$last")" ;;
        build) cmp "$last" "$SAMPLE/$last"; cp "$SAMPLE/$out" "$out" ;;
      esac
      """;

  @TempDir Path folder;

  @Test
  void theStepsLeadFromNothingToAGateThatFails() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    program(
        bin.resolve("plimsoll"),
        "#!/bin/sh\nexec '"
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + "' -XX:TieredStopAtLevel=1 -cp '"
            + System.getProperty("java.class.path")
            + "' plimsoll.cli.Main \"$@\"\n");
    if (type(folder, bin, "command -v opa").exit() != 0) {
      program(bin.resolve("opa"), NO_OPA);
    }
    Path work = Files.createDirectory(folder.resolve("work"));
    List<String> files = new ArrayList<>();
    int typed = 0;
    String said = "";
    Matcher fence = FENCE.matcher(Files.readString(SAMPLE.resolve("README.md")));
    while (fence.find()) {
      String file = fence.group(1);
      String text = fence.group(3);
      if (file != null) {
        Files.writeString(work.resolve(file), text);
        files.add(file);
        if (!file.equals("plimsoll.yaml")) {
          assertThat(SAMPLE.resolve(file)).hasContent(text);
        }
      } else if (fence.group(2).equals("sh")) {
        Typed step = type(work, bin, text);
        assertThat(step.exit()).as(text + step.said()).isZero();
        said = step.said();
        typed++;
      } else {
        assertThat(fence.group(2)).isEqualTo("text");
        assertThat(said).isEqualTo(text);
      }
    }
    assertThat(typed).isEqualTo(8);
    assertThat(files)
        .containsExactly(
            "policies/memory.rego",
            "policies/memory_test.rego",
            "policies/acme-memory.yaml",
            "compose.yaml",
            "plimsoll.yaml");
  }

  private record Typed(int exit, String said) {}

  /** What a shell says to it, on both of its outputs. */
  private static Typed type(Path in, Path bin, String line) throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", line).directory(in.toFile()).redirectErrorStream(true);
    shell.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    shell.environment().put("SAMPLE", SAMPLE.toString());
    Process process = shell.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Typed(process.waitFor(), said);
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
