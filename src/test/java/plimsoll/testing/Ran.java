package plimsoll.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that ran to its end: its exit code and what it printed. */
public record Ran(int exit, String out, String err) {

  /** Runs a program; fails if it is not done within {@code limit}. */
  public static Ran run(Duration limit, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile("plimsoll-out", null);
      Path err = Files.createTempFile("plimsoll-err", null);
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectInput(new java.io.File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DOCKER_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          process.destroyForcibly().waitFor();
        }
        Ran ran =
            new Ran(
                ended ? process.exitValue() : -1,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
        if (!ended) {
          throw new AssertionError("not done within " + limit + ": " + command + "\n" + ran);
        }
        return ran;
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    }
  }

  /** What it printed, without white space around it; fails if it did not exit with 0. */
  public String orFail(List<String> command) {
    if (exit != 0) {
      throw new AssertionError(
          String.join(" ", command) + " exited with " + exit + "\n" + out + err);
    }
    return out.strip();
  }
}
