package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.testing.NeedsV2Host;
import plimsoll.testing.Product;
import plimsoll.testing.Project;
import plimsoll.testing.Ran;
import plimsoll.testing.V2Host;

/**
 * The packaged program on a host with cgroup v2, systemd, AppArmor and an engine under socket
 * activation, where privileged containers start: first a careless one, then a hardened one.
 */
@NeedsV2Host
class V2HostIT {
  @TempDir static Path folder;
  private static Ran ran = new Ran(-1, "", "");

  @BeforeAll
  static void recordBothHosts() throws IOException {
    Product.copyTo(folder);
    Path hosts = Files.createDirectories(folder.resolve("samples/hosts"));
    Files.copy(Project.root().resolve("samples/hosts/record"), hosts.resolve("record"));
    Files.createDirectory(folder.resolve("out"));
    Files.createDirectory(folder.resolve("profiles"));
    Files.copy(Project.root().resolve("src/test/secure-run/promises"), folder.resolve("promises"));
    ran =
        V2Host.run(
            folder,
            """
            stat -fc %T /sys/fs/cgroup
            cat /proc/1/comm /sys/module/apparmor/parameters/enabled
            sh promises /work/plimsoll /work/profiles || exit
            sh samples/hosts/record /work/out
            """,
            Duration.ofMinutes(40));
  }

  private static Audited replay(String host, String... more) {
    java.util.List<String> args =
        new java.util.ArrayList<>(
            java.util.List.of(
                "audit", "--snapshot", folder.resolve("out/" + host + ".json").toString()));
    args.addAll(java.util.List.of("--output", "json"));
    args.addAll(java.util.List.of(more));
    return Audited.run(args.toArray(String[]::new));
  }

  @Test
  void theHostIsWhatItIsMeantToBe() {
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out()).startsWith("cgroup2fs\nsystemd\nY\n");
  }

  @Test
  void profilesKeepWhatTheyPromise() throws Exception {
    Promises.assertKept(folder.resolve("profiles"));
  }

  @Test
  void theCarelessHostIsFoundCareless() {
    Audited audited = replay("careless", "--show", "all");
    RecordedHosts.assertCareless(audited);
    // It runs here, so the kernel is asked as well.
    assertThat(audited.verdict("container-host-pid", "agent"))
        .isEqualTo("fail written [requested, enforced] confirmed");
  }

  @Test
  void theHardenedHostIsFoundHardened() {
    RecordedHosts.assertHardened(replay("hardened", "--show", "all"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"careless", "hardened"})
  void everyControlComesToWhatWasWorkedOutByHand(String host) throws Exception {
    RecordedHosts.assertControls(host, folder.resolve("out/" + host + ".json"));
  }

  @Test
  void judgedHereTheFindingsAreThoseJudgedThere() throws IOException {
    for (String host : new String[] {"careless", "hardened"}) {
      assertThat(replay(host).out())
          .isEqualTo(Files.readString(folder.resolve("out/" + host + ".report.json")));
    }
  }
}
