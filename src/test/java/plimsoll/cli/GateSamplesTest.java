package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plimsoll.testing.Project;

/**
 * Files in {@code samples/gate}, each beside what somebody expects of it by reading ({@code
 * NAME.expected}: line, rule, and whether it is on a branch only).
 */
class GateSamplesTest {
  private static final Path SAMPLES = Project.root().resolve("samples/gate");

  /** The rules that those who wrote the expectations looked for. */
  private static final Set<String> RULES =
      Set.of(
          "container-privileged",
          "container-host-network",
          "container-host-pid",
          "container-host-ipc",
          "container-host-uts",
          "container-host-userns",
          "container-host-cgroupns",
          "container-seccomp-unconfined",
          "container-apparmor-unconfined",
          "container-selinux-disabled",
          "container-unmasked-paths",
          "container-dangerous-capability",
          "container-engine-socket",
          "container-raw-device",
          "container-host-device",
          "container-device-cgroup-rule",
          "container-sensitive-mount",
          "container-root-user",
          "build-root-user",
          "build-secret-env",
          "build-secret-arg",
          "build-secret-file",
          "build-add-url",
          "build-pipe-to-shell",
          "build-unverified-download",
          "build-setuid",
          "build-update-alone",
          "build-sudo",
          "build-expose-ssh",
          "build-insecure-run",
          "build-host-network");

  private static Set<String> expected() throws IOException {
    Set<String> expected = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".expected")).toList()) {
        String name = SAMPLES.relativize(file).toString().replaceFirst("\\.expected$", "");
        assertThat(SAMPLES.resolve(name)).exists();
        for (String line : Files.readAllLines(file)) {
          if (!line.isBlank()) {
            expected.add(name + ":" + line.strip());
          }
        }
      }
    }
    return expected;
  }

  private static Set<String> found() throws IOException {
    Audited run =
        Audited.run(
            Map.of(), "gate", "--markdown", "--show", "all", "-o", "json", SAMPLES.toString());
    assertThat(run.exit()).as(run.err()).isEqualTo(1);
    Set<String> found = new TreeSet<>();
    for (JsonNode finding : new ObjectMapper().readTree(run.out()).path("findings")) {
      if (finding.path("verdict").asText().equals("fail")
          && finding.path("because").asText().equals("written")
          && RULES.contains(finding.path("rule").asText())) {
        JsonNode at = finding.path("location");
        String file = at.path("file").asText();
        found.add(
            SAMPLES.relativize(Path.of(file).toAbsolutePath())
                + ":"
                + at.path("line").asInt()
                + " "
                + finding.path("rule").asText()
                + (at.path("note").asText().contains("on a branch") ? " branch" : ""));
      }
    }
    return found;
  }

  @Test
  void allIsFoundAndNothingElse() throws IOException {
    Set<String> expected = expected();
    Set<String> found = found();
    print(expected, found);
    assertThat(found).containsExactlyElementsOf(expected);
  }

  @Test
  void thereIsEnoughToLookAt() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      List<Path> all =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".expected"))
              .toList();
      assertThat(all).hasSizeGreaterThanOrEqualTo(60);
      assertThat(all).allMatch(file -> Files.exists(Path.of(file + ".expected")));
    }
  }

  /** Precision and recall for each rule. */
  private static void print(Set<String> expected, Set<String> found) {
    Map<String, int[]> counts = new TreeMap<>();
    for (String one : expected) {
      int[] count = counts.computeIfAbsent(rule(one), key -> new int[3]);
      count[found.contains(one) ? 0 : 1]++;
    }
    for (String one : found) {
      if (!expected.contains(one)) {
        counts.computeIfAbsent(rule(one), key -> new int[3])[2]++;
      }
    }
    System.out.println("gate samples: rule, expected, recall, precision");
    counts.forEach((rule, count) ->
        System.out.printf(
            "  %-34s %4d  %.2f  %.2f%n",
            rule,
            count[0] + count[1],
            count[0] / (double) Math.max(1, count[0] + count[1]),
            count[0] / (double) Math.max(1, count[0] + count[2])));
  }

  private static String rule(String one) {
    return one.replaceFirst(" branch$", "").replaceFirst(".* ", "");
  }
}
