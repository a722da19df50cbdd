package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.collect.MountTable.Entry;
import plimsoll.collect.MountTable.Place;

class MountTableTest {
  @TempDir Path root;
  private FakeHost files;

  @BeforeEach
  void host() throws IOException {
    files = new FakeHost(root);
  }

  private MountTable table(String lines) throws IOException {
    files.file("/proc/5/mountinfo", lines);
    return MountTable.read(new HostFiles(root), "5");
  }

  @Test
  void aLineIsRead() throws IOException {
    Entry entry =
        table("36 35 98:0 /a\\040b /p\\134q ro,noatime master:1 shared:2 - ext3 /dev/x rw\n")
            .entries()
            .get(0);
    assertThat(entry.place()).isEqualTo(new Place("98:0", "/a b"));
    assertThat(entry.point()).isEqualTo("/p\\q");
    assertThat(entry.type()).isEqualTo("ext3");
    // The mount's option counts, not the file system's.
    assertThat(entry.readOnly()).isTrue();
    assertThat(entry.propagates()).isEqualTo("rshared");
  }

  @Test
  void brokenLinesAreLeftOut() throws IOException {
    assertThat(table("\n1 2\n36 35 98:0 /\n - ext4 x rw\n").entries()).isEmpty();
  }

  @Test
  void ofSeveralMountsAtAPlaceTheLastIsSeen() throws IOException {
    MountTable table = table("1 0 8:1 / /m rw - ext4 x rw\n2 1 8:2 / /m ro master:3 - ext4 y rw\n");
    Entry seen = Objects.requireNonNull(table.at("/m"));
    assertThat(seen.device()).isEqualTo("8:2");
    assertThat(seen.propagates()).isEqualTo("rslave");
    assertThat(table.at("/")).isNull();
  }

  @Test
  void aPlaceAndItsPathLeadToEachOther() throws IOException {
    MountTable table =
        table(
            """
            1 0 8:1 / / rw - ext4 x rw
            2 1 0:30 /@data /data rw - btrfs y rw
            3 1 0:31 / /run rw - tmpfs z rw
            """);
    assertThat(table.placeOf("/etc/shadow")).isEqualTo(new Place("8:1", "/etc/shadow"));
    assertThat(table.placeOf("/data/x")).isEqualTo(new Place("0:30", "/@data/x"));
    assertThat(table.placeOf("/run")).isEqualTo(new Place("0:31", "/"));
    assertThat(table.placeOf("/")).isEqualTo(new Place("8:1", "/"));
    for (String path : new String[] {"/", "/etc", "/data", "/data/x/y", "/run", "/run/a"}) {
      Place place = Objects.requireNonNull(table.placeOf(path));
      String line = "9 1 " + place.device() + " " + place.path() + " /in rw - t s rw\n";
      assertThat(table.pathOf(table(line).entries().get(0))).isEqualTo(path);
    }
    assertThat(table.pathOf(table("9 1 0:99 / /in rw - t s rw\n").entries().get(0))).isNull();
  }
}
