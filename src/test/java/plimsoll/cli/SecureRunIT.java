package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;
import plimsoll.testing.Product;
import plimsoll.testing.Project;
import plimsoll.testing.Ran;

/** The packaged program, started as its users do: in a terminal, with signals, for each profile. */
@NeedsEngine
class SecureRunIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @RegisterExtension static final PrivateEngine engine = PrivateEngine.shared();

  @TempDir Path folder;

  @Test
  void profilesKeepWhatTheyPromise() throws Exception {
    Ran ran =
        Ran.run(
            LIMIT,
            Map.of("DOCKER_HOST", engine.host(), "DOCKER_CONFIG", folder.toString()),
            List.of(
                "sh",
                Project.root().resolve("src/test/secure-run/promises").toString(),
                Product.launcher().toString(),
                folder.toString()));
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    Promises.assertKept(folder);
  }

  /** A terminal that script(1) makes, somebody who types into it, and what is seen there. */
  private final class Session implements AutoCloseable {
    private final Process process;
    private final OutputStream keys;
    private final StringBuilder seen = new StringBuilder();

    Session(String command) throws IOException {
      Path file = folder.resolve("session");
      Files.writeString(
          file,
          "tty >"
              + folder.resolve("tty")
              + "\nstty rows 24 cols 80\n"
              + command
              + "\necho code=$?\nstty -a | tr ';' '\\n' | grep -oE '(^| )-?(icanon|echo|opost)( |$)' | tr -d '\\n'\necho over\n");
      ProcessBuilder builder =
          new ProcessBuilder("script", "-qfec", "sh " + file, "/dev/null")
              .redirectErrorStream(true);
      builder.environment().put("DOCKER_HOST", engine.host());
      builder.environment().put("DOCKER_CONFIG", folder.toString());
      process = builder.start();
      keys = process.getOutputStream();
      Thread reader = new Thread(this::read, "terminal");
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (InputStream in = process.getInputStream()) {
        byte[] bytes = new byte[4096];
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
          synchronized (seen) {
            seen.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
          }
        }
      } catch (IOException e) {
        // It is over.
      }
    }

    String seen() {
      synchronized (seen) {
        return seen.toString();
      }
    }

    void type(String text) throws IOException {
      keys.write(text.getBytes(StandardCharsets.UTF_8));
      keys.flush();
    }

    /** Waits until something is seen after what was seen when {@code from} was noted. */
    String await(int from, String pattern) throws InterruptedException {
      Instant end = Instant.now().plusSeconds(60);
      while (Instant.now().isBefore(end)) {
        String tail = seen().substring(from);
        if (tail.matches("(?s).*" + pattern + ".*")) {
          return tail;
        }
        TimeUnit.MILLISECONDS.sleep(30);
      }
      throw new AssertionError("not seen: " + pattern + "\n" + seen());
    }

    /** Types a line and waits for what it brings. */
    String ask(String line, String pattern) throws Exception {
      int from = seen().length();
      type(line + "\r");
      return await(from, pattern);
    }

    void resize(int rows, int columns) throws IOException {
      String tty = Files.readString(folder.resolve("tty")).strip();
      List<String> command = List.of("stty", "-F", tty, "rows", "" + rows, "cols", "" + columns);
      Ran.run(LIMIT, Map.of(), command).orFail(command);
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String secureRun(String arguments) {
    return Product.launcher() + " secure-run " + arguments;
  }

  @Test
  void aTerminalTypesResizesInterruptsAndIsLeft() throws Exception {
    try (Session session =
        new Session(secureRun("-it --name session busybox sh -c 'PS1=go: exec sh'"))) {
      session.await(0, "go:");
      // Typed once, echoed once: the terminal in front lets everything through.
      assertThat(session.ask("echo a''b", "ab\r\n.*go:")).contains("echo a''b\r\n");
      session.ask("stty size", "24 80\r\n.*go:");
      session.resize(30, 101);
      String after = "";
      for (int i = 0; i < 20 && !after.contains("30 101"); i++) {
        after = session.ask("stty size", "[0-9]+ [0-9]+\r\n.*go:");
      }
      assertThat(after).contains("30 101");
      int from = session.seen().length();
      session.type("sleep 100\r");
      session.await(from, "sleep 100\r\n");
      TimeUnit.MILLISECONDS.sleep(300);
      session.type("\u0003");
      session.await(from, "\\^C.*go:");
      session.ask("echo code $?", "code 130\r\n.*go:");
      from = session.seen().length();
      session.type("\u0010\u0011");
      String end = session.await(from, "over\r\n");
      assertThat(end).contains("code=0");
      // As it was: lines are edited and echoed again.
      assertThat(end.replace(" ", "")).contains("icanon").contains("echo").contains("opost");
      assertThat(end).doesNotContain("-icanon").doesNotContain("-echo").doesNotContain("-opost");
      assertThat(engine.docker("inspect", "-f", "{{.State.Running}}", "session")).isEqualTo("true");
    }
  }

  @Test
  void theExitCodeOfATerminalsProgramComesThrough() throws Exception {
    try (Session session =
        new Session(secureRun("-it --rm --detach-keys ctrl-x,x busybox sh -c 'read a; exit 9'"))) {
      TimeUnit.MILLISECONDS.sleep(1500);
      session.type("\u0018y\r");
      assertThat(session.await(0, "over\r\n")).contains("code=9");
    }
  }

  @Test
  void signalsGoToTheProgram() throws Exception {
    for (String signal : List.of("TERM", "INT", "HUP", "USR2", "CONT")) {
      Path out = folder.resolve("out");
      ProcessBuilder builder =
          new ProcessBuilder(
                  // Started in the background, this may have been told to ignore some of them.
                  "env",
                  "--default-signal",
                  Product.launcher().toString(),
                  "secure-run",
                  "--rm",
                  "--name",
                  "signalled",
                  "busybox",
                  "sh",
                  "-c",
                  "trap 'echo got "
                      + signal
                      + "; exit 5' "
                      + signal
                      + "; echo ready; sleep 60 & wait")
              .redirectErrorStream(true)
              .redirectOutput(out.toFile());
      builder.environment().put("DOCKER_HOST", engine.host());
      builder.environment().put("DOCKER_CONFIG", folder.toString());
      Process process = builder.start();
      Instant end = Instant.now().plusSeconds(60);
      while (!Files.readString(out).contains("ready") && Instant.now().isBefore(end)) {
        TimeUnit.MILLISECONDS.sleep(30);
      }
      Ran.run(LIMIT, Map.of(), List.of("kill", "-" + signal, "" + process.pid()));
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(signal).isTrue();
      assertThat(Files.readString(out)).contains("got " + signal);
      assertThat(process.exitValue()).as(signal).isEqualTo(5);
      assertThat(engine.tryDocker("inspect", "signalled").exit()).isNotZero();
    }
  }

  private Ran shell(String script) throws Exception {
    return Ran.run(
        LIMIT,
        Map.of("DOCKER_HOST", engine.host(), "DOCKER_CONFIG", folder.toString()),
        List.of("bash", "-c", script.replace("RUN", Product.launcher() + " secure-run")));
  }

  @Test
  void itGoesWhenNobodyReads() throws Exception {
    Ran ran = shell("RUN --name unread busybox yes | head -n 1; echo ${PIPESTATUS[0]}");
    assertThat(ran.out()).isEqualTo("y\n1\n");
    assertThat(ran.err()).contains("write /dev/stdout: broken pipe");
    assertThat(engine.docker("inspect", "-f", "{{.State.Running}}", "unread")).isEqualTo("true");
  }

  @Test
  void whereOnlyInputIsAttachedNothingIsPrintedAndTheEndIsWaitedFor() throws Exception {
    Ran ran = shell("echo 6 | RUN --rm -i -a stdin busybox sh -c 'read a; exit $a'; echo $?");
    assertThat(ran.out()).as(ran.err()).isEqualTo("6\n");
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeItRuns() throws Exception {
    Ran ran = shell("RUN --name unreported --report /nosuch/report.json busybox echo ran; echo $?");
    assertThat(ran.out()).isEqualTo("125\n");
    assertThat(ran.err()).contains("cannot write /nosuch/report.json: there is no folder /nosuch");
    assertThat(engine.tryDocker("inspect", "unreported").exit()).isNotZero();
  }

  @Test
  void whatIsTypedCannotCommandTheTerminal() throws Exception {
    Ran ran =
        shell("RUN --dry-run --pull never -e $'A=\\e[2J\\u202e' nosuch$'\\x9b' $'\\e]0;x\\a'");
    assertThat(ran.out() + ran.err()).doesNotContain("\u001b", "\u202e", "\u009b", "\u0007");
  }
}
