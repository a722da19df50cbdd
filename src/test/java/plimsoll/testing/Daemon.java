package plimsoll.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A dockerd process and the folder it lives in. */
final class Daemon {
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private final Path root;
  private final Process process;
  private final Thread whenInterrupted = new Thread(this::stopNow, "stop test engine");

  private Daemon(Path root, Process process) {
    this.root = root;
    this.process = process;
  }

  static Daemon start(List<String> flags, String daemonJson) {
    try {
      // Short: a Unix socket's path has room for 107 bytes.
      Path root = Files.createTempDirectory(Path.of("/tmp"), "plim");
      // A remapped root has to get through to the containers' files.
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
      Files.writeString(root.resolve("daemon.json"), daemonJson);
      Files.createDirectory(root.resolve("client"));
      List<String> command =
          new ArrayList<>(
              List.of(
                  "unshare",
                  "--net",
                  "--",
                  "sh",
                  "-c",
                  "busybox ip link set lo up; exec dockerd \"$@\"",
                  "dockerd",
                  "--config-file=" + root.resolve("daemon.json"),
                  "--data-root=" + root.resolve("data"),
                  "--exec-root=" + root.resolve("exec"),
                  "--pidfile=" + root.resolve("pid"),
                  "--host=unix://" + root.resolve("d.sock")));
      command.addAll(flags);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(root.resolve("log").toFile())
              .start();
      Daemon daemon = new Daemon(root, process);
      Runtime.getRuntime().addShutdownHook(daemon.whenInterrupted);
      daemon.awaitAnswer();
      return daemon;
    } catch (IOException e) {
      throw new AssertionError("cannot start an engine", e);
    }
  }

  Path root() {
    return root;
  }

  /** unshare and the shell replace themselves: the process that was started is dockerd. */
  long pid() {
    return process.pid();
  }

  private void awaitAnswer() throws IOException {
    Instant end = Instant.now().plus(START_LIMIT);
    List<String> info =
        List.of("docker", "-H", "unix://" + root.resolve("d.sock"), "info", "-f", "{{.ID}}");
    while (process.isAlive() && Instant.now().isBefore(end)) {
      if (Files.exists(root.resolve("d.sock"))
          && Ran.run(START_LIMIT, Map.of("DOCKER_CONFIG", root.resolve("client").toString()), info)
                  .exit()
              == 0) {
        return;
      }
      pause();
    }
    List<String> log = Files.readAllLines(root.resolve("log"));
    stop();
    throw new AssertionError(
        "the engine did not come up; the end of its log:\n"
            + String.join("\n", log.subList(Math.max(0, log.size() - 15), log.size())));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while an engine was starting", e);
    }
  }

  void stop() {
    stopNow();
    Runtime.getRuntime().removeShutdownHook(whenInterrupted);
  }

  /**
   * SIGTERM, which makes dockerd stop its containers and its containerd; SIGKILL for all if that
   * does not help.
   */
  private void stopNow() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      for (ProcessHandle child : children) {
        child.destroyForcibly();
      }
      unmountAndDelete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new AssertionError("cannot clean up " + root, e);
    }
  }

  private void unmountAndDelete() throws IOException {
    List<String> mounted =
        new ArrayList<>(
            Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(line -> line.split(" ", -1)[4])
                .filter(point -> point.startsWith(root + "/"))
                .sorted(Comparator.reverseOrder())
                .toList());
    for (String point : mounted) {
      Ran.run(Duration.ofSeconds(20), Map.of(), List.of("umount", "--lazy", point));
    }
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
