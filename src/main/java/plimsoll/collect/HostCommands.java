package plimsoll.collect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Programs of the host that tell what no file does: audit rules, access control lists. Only those
 * in folders of the system are run, never what somebody put on the path.
 */
final class HostCommands {
  private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");
  private static final int MAX_SECONDS = 5;
  private static final int MAX_BYTES = 4 << 20;

  private final boolean here;

  /**
   * For a host.
   *
   * @param here whether it is the one this runs on: another one's programs are not to be run
   */
  HostCommands(boolean here) {
    this.here = here;
  }

  /** The program does not exist on this host. */
  static final class MissingException extends IOException {
    private static final long serialVersionUID = 1L;

    MissingException(String program) {
      super(program + " is not installed");
    }
  }

  /** Whether there is such a program. */
  boolean has(String program) {
    return find(program) != null;
  }

  private @Nullable Path find(String program) {
    for (String folder : here ? FOLDERS : List.<String>of()) {
      Path path = Path.of(folder, program);
      if (Files.isExecutable(path)) {
        return path;
      }
    }
    return null;
  }

  /**
   * What a program prints.
   *
   * @throws MissingException if there is no such program
   * @throws IOException if it fails, saying what it complained of, or does not end in time
   */
  String run(String program, List<String> arguments) throws IOException {
    Path path = find(program);
    if (path == null) {
      throw new MissingException(program);
    }
    List<String> line = new ArrayList<>(List.of(path.toString()));
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    Thread watch = watch(process);
    try {
      byte[] printed = process.getInputStream().readNBytes(MAX_BYTES);
      process.getInputStream().close();
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(program + " did not end within " + MAX_SECONDS + " s");
      }
      String text = new String(printed, StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(program + ": " + text.strip().lines().findFirst().orElse("failed"));
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(program + " was interrupted", e);
    } finally {
      process.destroyForcibly();
      watch.interrupt();
    }
  }

  /** Ends it when its time is up: reading from it would last as long as it does. */
  private static Thread watch(Process process) {
    Thread watch =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                // It has ended by itself.
              }
            },
            "deadline");
    watch.setDaemon(true);
    watch.start();
    return watch;
  }
}
