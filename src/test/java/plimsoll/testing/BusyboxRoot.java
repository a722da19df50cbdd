package plimsoll.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The root file system of test images, as a tar archive made once a run. */
final class BusyboxRoot {
  private static final String SCRIPT =
      """
      set -e
      cd "$1"
      mkdir -p r/bin r/etc r/tmp r/proc r/sys r/dev
      cp "$2" r/bin/busybox
      for name in $(r/bin/busybox --list); do
        [ "$name" = busybox ] || ln -s busybox "r/bin/$name"
      done
      mkdir -p r/run r/var
      ln -s ../run r/var/run
      chmod 1777 r/tmp
      printf 'root:x:0:0:root:/:/bin/sh\\napp:x:1000:1000:app:/:/bin/sh\\n' > r/etc/passwd
      printf 'root:x:0:\\napp:x:1000:\\n' > r/etc/group
      tar -C r -cf root.tar .
      rm -rf r
      """;

  private static final class Made {
    static final Path ARCHIVE = make();
  }

  private BusyboxRoot() {}

  static Path archive() {
    return Made.ARCHIVE;
  }

  private static Path make() {
    try {
      Path folder = Files.createTempDirectory("plimsoll-busybox");
      Path busybox = Requirements.find("busybox").orElseThrow();
      List<String> command =
          List.of("sh", "-c", SCRIPT, "sh", folder.toString(), busybox.toString());
      Ran.run(Duration.ofMinutes(1), Map.of(), command).orFail(command);
      Path archive = folder.resolve("root.tar");
      // Deleted in the opposite order.
      folder.toFile().deleteOnExit();
      archive.toFile().deleteOnExit();
      return archive;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
