package plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import plimsoll.model.Snapshot;
import plimsoll.testing.Project;

class OlderSnapshotsTest {
  @Test
  void whatAnEarlierVersionDidNotCollectIsAGap() throws Exception {
    String now = Files.readString(Project.root().resolve("samples/hosts/hardened.json"));
    String then = now.replace("plimsoll-snapshot/2", "plimsoll-snapshot/1");
    assertThat(then).isNotEqualTo(now);
    Snapshot read =
        SnapshotJson.read(new ByteArrayInputStream(then.getBytes(StandardCharsets.UTF_8)));
    assertThat(read.schema()).isEqualTo(Snapshot.SCHEMA);
    var engine = Objects.requireNonNull(read.engine());
    assertThat(engine.gapAt("/settings/defaultUlimits")).isPresent();
    assertThat(engine.gapAt("/settings/liveRestore")).isEmpty();
    assertThat(Objects.requireNonNull(read.host()).gapAt("/files/0/audited")).isPresent();
  }
}
