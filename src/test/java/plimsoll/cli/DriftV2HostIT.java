package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

/** Drift on a host with cgroup v2, systemd as Docker's cgroup driver, and AppArmor. */
@NeedsV2Host
class DriftV2HostIT {
  /**
   * Clean configurations, for each way to run the daemon. There are a hundred and more; each takes
   * some seconds on an emulated processor.
   */
  private static final int CONFIGURATIONS =
      Integer.parseInt(System.getenv().getOrDefault("PLIMSOLL_CONFIGURATIONS", "12"));

  @TempDir static Path folder;
  private static Ran ran = new Ran(-1, "", "");

  @BeforeAll
  static void plantAndAudit() throws IOException {
    Product.copyTo(folder);
    Path drift = Files.createDirectory(folder.resolve("drift"));
    for (String name : new String[] {"clean", "plant", "throw-away"}) {
      Files.copy(
          Project.root().resolve("src/test/drift/" + name),
          drift.resolve(name),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createDirectory(folder.resolve("out"));
    ran =
        V2Host.run(
            folder,
            "sh drift/throw-away /work/plimsoll /work/out " + CONFIGURATIONS,
            Duration.ofMinutes(50));
  }

  private static Audited report(String name) throws IOException {
    return Audited.read(folder.resolve("out/" + name + ".json"));
  }

  @Test
  void plantedDriftsAreFound() throws IOException {
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(Drifts.assertFound(report("planted"), folder.resolve("out/expected")))
        .as(ran.out())
        .isGreaterThanOrEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reloaded", "remapped", "remapped-reloaded"})
  void cleanContainersShowNone(String situation) throws IOException {
    Audited audited = report(situation);
    assertThat(audited.findings()).hasSizeGreaterThan(CONFIGURATIONS);
    Drifts.assertNone(audited);
  }

  @Test
  void norDoTheyBesideOnesThatDrift() throws IOException {
    Drifts.assertNone(report("planted"), Files.readAllLines(folder.resolve("out/expected")));
  }
}
