package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.model.Engine;
import plimsoll.model.Host.Component;
import plimsoll.model.Provenance;

/** What packages say was mended in the programs that containers are run by. */
class ComponentsTest {
  @TempDir Path root;

  private static Engine engine(String runc) {
    return new Engine(
        "unix:///run/docker.sock",
        true,
        new Engine.Version("docker", "28.5.2", "1.51", null, runc, null, null),
        null,
        new TreeSet<>(),
        new Engine.Platform(null, null, null, null, List.of(), null, null, null),
        new Engine.Settings(
            null, null, null, null, null, null, null, List.of(), List.of(), List.of(), null, null,
            List.of(), List.of(), null, List.of(), null),
        new TreeSet<>(),
        List.of(),
        null,
        null);
  }

  private Component runc(String version, boolean here) {
    HostFiles files = new HostFiles(root);
    List<Component> all =
        new Components(
                files,
                here
                    ? new EngineFiles(files, null).find(engine(version), Map.of("runc", "runc"))
                    : List.of())
            .read(engine(version), new Provenance());
    assertThat(all).extracting(Component::name).containsExactly("docker", "runc");
    return all.get(1);
  }

  private void debian(String changelog) throws IOException {
    FakeHost host = new FakeHost(root);
    host.file("/usr/sbin/runc", "");
    host.file("/var/lib/dpkg/info/runc.list", "/.\n/usr/sbin\n/usr/sbin/runc\n");
    if (!changelog.isEmpty()) {
      Path file = root.resolve("usr/share/doc/runc/changelog.Debian.gz");
      Files.createDirectories(file.getParent());
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(changelog.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void aDistributionsChangesNameWhatItMended() throws IOException {
    debian(
        "runc (1.1.5+ds1-1+deb12u1)\n\n  * CVE-2024-21626\n  * fixes CVE-2099-1, CVE-2023-28642\n");
    Component runc = runc("1.1.5+ds1", true);
    assertThat(runc.program()).isEqualTo("/usr/sbin/runc");
    assertThat(runc.mended()).containsExactly("CVE-2023-28642", "CVE-2024-21626");
  }

  @Test
  void aDistributionsBuildWithoutItsChangesCannotBeTold() throws IOException {
    debian("");
    assertThat(runc("1.1.5", true).told()).isFalse();
  }

  @Test
  void aProgramThatNoPackageHasIsWhatItsVersionSays() throws IOException {
    debian("runc (1.1.5+ds1-1+deb12u1)\n\n  * CVE-2024-21626\n");
    new FakeHost(root).file("/usr/local/bin/runc", "");
    Component runc = runc("1.1.5", true);
    assertThat(runc.program()).isEqualTo("/usr/local/bin/runc");
    assertThat(runc.told()).isTrue();
    assertThat(runc.mended()).isEmpty();
  }

  @Test
  void onAnotherHostTheVersionIsAllThereIs() {
    assertThat(runc("1.1.5", false).told()).isTrue();
    assertThat(runc("1.1.5+ds1", false).told()).isFalse();
    assertThat(runc("1.1.7-0ubuntu1~22.04.1", false).told()).isFalse();
    assertThat(runc("1.0.0~rc93+ds1", false).told()).isFalse();
  }
}
