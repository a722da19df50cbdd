package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.model.Limits.Throttle;

class BlockIoLimitsTest {
  private static final String V1 = "/sys/fs/cgroup/blkio/docker/1/";
  private static final String V2 = "/sys/fs/cgroup/docker/1/";

  @TempDir Path root;
  private FakeHost host;

  @BeforeEach
  void host() throws IOException {
    host = new FakeHost(root);
  }

  private BlockIoLimits v1() throws IOException {
    host.file(
        "/proc/self/mountinfo", "30 25 0:26 / /sys/fs/cgroup/blkio rw - cgroup cgroup rw,blkio");
    host.file("/proc/7/cgroup", "4:blkio:/docker/1\n0::/");
    return limits();
  }

  private BlockIoLimits v2() throws IOException {
    host.file("/proc/self/mountinfo", "30 25 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
    host.file("/proc/7/cgroup", "0::/docker/1");
    return limits();
  }

  private BlockIoLimits limits() {
    HostFiles files = new HostFiles(root);
    return new BlockIoLimits(files, Cgroups.read(files));
  }

  @Test
  void throttlesNobodyAskedForAreSeen() throws IOException {
    BlockIoLimits v1 = v1();
    host.file(V1 + "blkio.throttle.write_bps_device", "8:0 1000\n8:16 2000\n");
    assertThat(v1.throttles(7).value())
        .containsExactly(
            new Throttle("write-bps", "8:0", 1000), new Throttle("write-bps", "8:16", 2000));
    assertThat(v1.throttle(7, "write-bps", "8:16").value()).isEqualTo(2000);
    BlockIoLimits v2 = v2();
    host.file(V2 + "io.max", "8:0 rbps=max wbps=1000 riops=max wiops=50\n");
    assertThat(v2.throttles(7).value())
        .containsExactly(
            new Throttle("write-bps", "8:0", 1000), new Throttle("write-iops", "8:0", 50));
    assertThat(v2.throttle(7, "write-iops", "8:0").value()).isEqualTo(50);
    assertThat(v2.throttle(7, "read-bps", "8:0").value()).isNull();
  }

  @Test
  void withoutTheControllerThereAreNone() throws IOException {
    assertThat(v2().throttles(7)).isEqualTo(new Cgroups.Shown<>(List.of(), V2 + "io.max", null));
  }

  @Test
  void theWeightsDefaultIsNoneUnlessItWasAskedFor() throws IOException {
    BlockIoLimits v1 = v1();
    host.file(V1 + "blkio.weight", "500\n");
    assertThat(v1.ioWeight(7, false).value()).isNull();
    assertThat(v1.ioWeight(7, true).value()).isEqualTo(500);
    BlockIoLimits v2 = v2();
    assertThat(v2.ioWeight(7, false).value()).isNull();
    assertThatThrownBy(() -> v2.ioWeight(7, true)).hasMessageContaining("no weights");
    host.file(V2 + "io.weight", "default 4950\n8:0 100\n");
    assertThat(v2.ioWeight(7, false).value()).isEqualTo(500);
    host.file(V2 + "io.bfq.weight", "default 100\n");
    assertThat(v2.ioWeight(7, false).value()).isNull();
    assertThat(v2.ioWeight(7, true).value()).isEqualTo(100);
  }
}
