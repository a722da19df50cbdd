package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;

/** What real containers were seen doing, and what follows from all of them together. */
@NeedsEngine
class AuditRunningTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.shared();

  @AfterEach
  void removeContainers() {
    engine.removeContainers();
  }

  private static void run(String name, String command, String... options) {
    List<String> words = new java.util.ArrayList<>(List.of("run", "-d", "--name", name));
    words.addAll(List.of(options));
    words.addAll(List.of(engine.image(), "sh", "-c", command));
    engine.docker(words.toArray(String[]::new));
  }

  private static String message(Audited audited, String rule, String name) {
    return audited.finding(rule, name).path("message").asText();
  }

  /** Waits until a program in a container has come as far as to make a file. */
  private static void await(String name, String file) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (engine.tryDocker("exec", name, "test", "-e", file).exit() != 0) {
      assertThat(Instant.now()).as("no %s in %s", file, name).isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @Test
  void aFirstProcessThatReapsNoneLeavesZombies() throws InterruptedException {
    String orphans =
        "for i in 1 2 3 4 5 6 7 8; do (sleep 0.5 &); done; touch /tmp/done; exec sleep 1000";
    run("careless", orphans);
    run("reaped", orphans, "--init");
    await("careless", "/tmp/done");
    await("reaped", "/tmp/done");
    // The first process is another program by then, and their parents are gone.
    TimeUnit.SECONDS.sleep(2);
    Audited audited = Audited.engine(engine.host());
    assertThat(message(audited, "container-zombies", "careless"))
        .isEqualTo("its first process has not reaped 8 that have ended");
    assertThat(audited.verdict("container-zombies", "reaped")).startsWith("pass");
  }

  @Test
  void programsEndedForWantOfMemoryAreCountedWhetherOrNotItRuns() throws InterruptedException {
    String greedy = "tail /dev/zero; touch /tmp/done";
    run("lives", greedy + "; exec sleep 1000", "--memory", "16m", "--memory-swap", "16m");
    run("died", "exec tail /dev/zero", "--memory", "16m", "--memory-swap", "16m");
    run("modest", "exec sleep 1000", "--memory", "16m");
    await("lives", "/tmp/done");
    engine.docker("wait", "died");
    Audited audited = Audited.engine(engine.host());
    assertThat(message(audited, "container-out-of-memory", "lives")).endsWith(": 1");
    assertThat(message(audited, "container-out-of-memory", "died")).endsWith(": 1");
    assertThat(audited.verdict("container-out-of-memory", "modest")).startsWith("pass");
  }

  @Test
  void whoReachesAContainerThatHoldsTheSocketIsNamed() {
    String socket = engine.socket() + ":/d.sock";
    engine.docker("network", "create", "apart");
    engine.docker("network", "create", "shared");
    try {
      run("hidden", "exec sleep 1000", "-v", socket, "--network", "apart");
      run("proxy", "exec sleep 1000", "-v", socket, "--network", "shared");
      run("client", "exec sleep 1000", "--network", "shared");
      run("beside", "exec sleep 1000", "--network", "container:proxy");
      engine.docker("create", "--name", "idle", "--network", "shared", engine.image(), "true");
      Audited audited = Audited.engine(engine.host());
      assertThat(audited.verdict("container-engine-socket-reachable", "hidden")).startsWith("pass");
      assertThat(message(audited, "container-engine-socket-reachable", "proxy"))
          .isEqualTo(
              "the engine whose socket it holds can be reached through it by a network namespace"
                  + " that it shares, network shared; containers there: beside, client");
      assertThat(audited.verdict("container-engine-socket-reachable", "client"))
          .startsWith("not-applicable");
    } finally {
      engine.removeContainers();
      engine.docker("network", "rm", "apart", "shared");
    }
  }

  @Test
  void limitsOfContainersThatRunAddUp() {
    run("large", "exec sleep 1000", "--memory", "3000g");
    engine.docker("create", "--name", "idle", "--memory", "9000g", engine.image(), "true");
    Audited audited = Audited.engine(engine.host());
    assertThat(audited.finding("host-overcommitted").path("message").asText())
        .matches("has promised 3221[.,]2 GB of memory, of which there are [0-9.]+");
    engine.docker("rm", "-f", "large");
    assertThat(Audited.engine(engine.host()).verdict("host-overcommitted")).startsWith("pass");
  }

  @Test
  void aSecondEngineOfTheHostIsNamedByItsSocket() {
    try (PrivateEngine other = PrivateEngine.with().start()) {
      assertThat(
              Audited.engine(engine.host())
                  .finding("host-several-engines")
                  .path("message")
                  .asText())
          .contains("dockerd at " + other.socket())
          .doesNotContain(engine.socket().toString());
    }
  }

  @Test
  void versionsAreThoseOfTheProgramsThatRun() {
    Audited audited = Audited.engine(engine.host());
    // Debian mends it in versions that are older than the first one without it.
    assertThat(audited.finding("host-known-vulnerability").path("message").asText())
        .doesNotContain("CVE-2024-21626");
    assertThat(audited.verdict("daemon-replaced")).startsWith("pass");
    assertThat(audited.verdict("daemon-unsupported-limits")).startsWith("pass");
  }
}
