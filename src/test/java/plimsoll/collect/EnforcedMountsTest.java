package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.model.Mount;
import plimsoll.model.Provenance;

/** What of the host a container sees that nobody asked for. */
class EnforcedMountsTest {
  private static final String ROOT = "1 0 0:50 / / rw - overlay overlay rw\n";

  @TempDir Path root;
  private FakeHost host;

  @BeforeEach
  void host() throws IOException {
    host = new FakeHost(root);
    host.file(
        "/proc/2/mountinfo",
        """
        1 0 8:1 / / rw - ext4 disk rw
        2 1 0:50 / /engine/overlay2/x/merged rw - overlay overlay rw
        """);
  }

  private static Mount bind(String source, String destination, boolean readOnly) {
    return new Mount(
        "bind",
        source,
        destination,
        null,
        readOnly,
        "rprivate",
        new TreeSet<>(),
        List.of(),
        List.of());
  }

  /** What is mounted beyond what was asked for, {@code SOURCE DESTINATION}. */
  private List<String> foreign(String mounts, Mount... requested) throws IOException {
    host.file("/proc/9/mountinfo", ROOT + mounts);
    HostFiles files = new HostFiles(root);
    return new EnforcedMounts(files, MountTable.read(files, "2"), "/engine")
        .read(MountTable.read(files, "9"), List.of(requested), new Provenance()).mounts().stream()
            .skip(requested.length)
            .map(mount -> mount.source() + " " + mount.destination())
            .toList();
  }

  @Test
  void whatNobodyAskedForIsSeen() throws IOException {
    assertThat(foreign("2 1 8:1 /etc /x rw - ext4 disk rw\n")).containsExactly("/etc /x");
  }

  @Test
  void enginesMountAnInitProgramWhereverTheImageHasItsSbin() throws IOException {
    assertThat(
            foreign(
                """
                2 1 8:1 /usr/bin/docker-init /usr/sbin/docker-init ro - ext4 disk rw
                3 1 8:1 /engine/containers/x/hosts /etc/hosts rw - ext4 disk rw
                """))
        .isEmpty();
  }

  @Test
  void aMountSeenAgainThroughTheEnginesFolderIsNoFurtherOne() throws IOException {
    String again =
        """
        2 1 8:1 /etc/shadow /s ro - ext4 disk rw
        3 1 8:1 /engine /engine ro - ext4 disk rw
        4 3 0:50 / /engine/overlay2/x/merged ro - overlay overlay rw
        5 4 8:1 /etc/shadow /engine/overlay2/x/merged/s MODE - ext4 disk rw
        """;
    Mount shadow = bind("/etc/shadow", "/s", true);
    Mount engine = bind("/engine", "/engine", true);
    assertThat(foreign(again.replace("MODE", "ro"), shadow, engine)).isEmpty();
    // Writable it is more than was asked for.
    assertThat(foreign(again.replace("MODE", "rw"), shadow, engine))
        .containsExactly("/etc/shadow /engine/overlay2/x/merged/s");
  }
}
