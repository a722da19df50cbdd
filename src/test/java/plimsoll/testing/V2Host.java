package plimsoll.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A throw-away host with cgroup v2, systemd and AppArmor: see {@code src/test/v2host}. */
public final class V2Host {
  /** Beyond a script's own time: to build the disk on first use, and to boot. */
  private static final Duration OVERHEAD = Duration.ofMinutes(20);

  private V2Host() {}

  /**
   * Runs a shell script in such a host, as root.
   *
   * @param folder shared with the host as {@code /work}, where the script runs
   * @param limit how long the host may be up
   */
  public static Ran run(Path folder, String script, Duration limit) {
    try {
      Files.writeString(folder.resolve("script.sh"), script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Ran.run(
        limit.plus(OVERHEAD),
        Map.of(),
        List.of(
            Project.root().resolve("src/test/v2host/v2host").toString(),
            "--seconds",
            Long.toString(limit.toSeconds()),
            folder.toString(),
            "sh",
            "script.sh"));
  }
}
