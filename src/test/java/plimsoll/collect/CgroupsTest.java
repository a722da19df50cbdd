package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupsTest {
  private static final String V1 =
      """
      30 1 0:26 / /sys/fs/cgroup/pids rw shared:9 - cgroup cgroup rw,pids
      31 1 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
      32 1 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
      """;
  private static final String V2 =
      "30 1 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text + "\n");
  }

  private Cgroups read(String mounts) throws IOException {
    file("/proc/self/mountinfo", mounts);
    return Cgroups.read(new HostFiles(root));
  }

  @Test
  void anEmptyUnifiedHierarchyBesideTheOldOnesIsVersionOne() throws IOException {
    Cgroups cgroups = read(V1);
    assertThat(cgroups.version()).isEqualTo(1);
    assertThat(cgroups.layout()).isEqualTo("hybrid");
    assertThat(read(V1.replaceAll(".*cgroup2.*\n", "")).layout()).isEqualTo("legacy");
    assertThat(cgroups.controllers()).containsExactly("memory", "pids");
  }

  @Test
  void versionTwoNamesItsControllers() throws IOException {
    file("/sys/fs/cgroup/cgroup.controllers", "cpu memory pids");
    Cgroups cgroups = read(V2);
    assertThat(cgroups.version()).isEqualTo(2);
    assertThat(cgroups.layout()).isEqualTo("unified");
    assertThat(cgroups.controllers()).containsExactly("cpu", "memory", "pids");
  }

  @Test
  void noHierarchyIsNoVersion() throws IOException {
    assertThat(read("36 1 8:1 / / rw - ext4 /dev/vda rw\n").version()).isNull();
  }

  @Test
  void theSmallestLimitOfAllAncestorsBinds() throws IOException {
    file("/proc/7/cgroup", "0::/docker.slice/docker-1.scope");
    file("/sys/fs/cgroup/docker.slice/docker-1.scope/pids.max", "max");
    file("/sys/fs/cgroup/docker.slice/pids.max", "50");
    Cgroups.Shown<Long> limit = read(V2).pids(7);
    assertThat(limit)
        .isEqualTo(
            new Cgroups.Shown<>(50L, "/sys/fs/cgroup/docker.slice/pids.max", "docker.slice"));
  }

  @Test
  void theOwnLimitIsNobodyElses() throws IOException {
    file("/proc/7/cgroup", "0::/docker.slice/docker-1.scope");
    file("/sys/fs/cgroup/docker.slice/docker-1.scope/pids.max", "20");
    file("/sys/fs/cgroup/docker.slice/pids.max", "50");
    Cgroups.Shown<Long> limit = read(V2).pids(7);
    assertThat(limit.value()).isEqualTo(20);
    assertThat(limit.ancestor()).isNull();
  }

  @Test
  void theLargestNumberOfPagesIsNoLimitOnVersionOne() throws IOException {
    file("/proc/7/cgroup", "4:memory:/docker/1\n8:pids:/docker/1\n0::/");
    file("/sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes", "9223372036854771712");
    file("/sys/fs/cgroup/memory/docker/memory.limit_in_bytes", "9223372036854771712");
    assertThat(read(V1).memory(7))
        .isEqualTo(
            new Cgroups.Shown<>(
                null, "/sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes", null));
  }

  @Test
  void aHierarchyMountedFromBelowItsRootIsFollowed() throws IOException {
    file("/proc/7/cgroup", "0::/outer/docker/1");
    file("/sys/fs/cgroup/docker/1/pids.max", "20");
    file("/sys/fs/cgroup/docker/pids.max", "max");
    assertThat(read(V2.replace(" / /sys", " /outer /sys")).pids(7).value()).isEqualTo(20);
  }

  @Test
  void aLimitThatCannotBeReadIsNoLimitlessness() throws IOException {
    file("/proc/7/cgroup", "0::/docker/1");
    Cgroups cgroups = read(V2);
    assertThatThrownBy(() -> cgroups.pids(7)).isInstanceOf(IOException.class);
    file("/sys/fs/cgroup/docker/1/pids.max", "lots");
    assertThatThrownBy(() -> cgroups.pids(7)).hasMessage("a cgroup limit reads \"lots\"");
    file("/proc/7/cgroup", "0::/../elsewhere");
    assertThatThrownBy(() -> read(V2).pids(7)).hasMessageContaining("outside of what is mounted");
  }
}
