package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code src/test/drift/plant} plants, and how it must be found. */
final class Drifts {
  private Drifts() {}

  /**
   * Checks that each planted drift was found, in its container, by its field and kernel file.
   *
   * @return how many were planted
   */
  static int assertFound(Audited audited, Path expected) throws IOException {
    List<String> missed = new ArrayList<>();
    List<String> lines = Files.readAllLines(expected);
    for (String line : lines) {
      String[] words = line.split(" ", 3);
      JsonNode finding = audited.finding("container-drift", words[0]);
      boolean found = false;
      for (JsonNode evidence : finding.path("evidence")) {
        found |=
            evidence.path("path").asText().equals(words[1])
                && evidence.path("origin").path("file").asText().matches(".*" + words[2] + "$");
      }
      if (!found || !finding.path("verdict").asText().equals("fail")) {
        missed.add(line + ": " + finding.path("verdict") + " " + finding.path("message"));
      }
    }
    assertThat(missed).isEmpty();
    return lines.size();
  }

  /** Checks that no container of a report drifts. */
  static void assertNone(Audited audited) {
    assertNone(audited, List.of());
  }

  /**
   * Checks that no container of a report drifts but those in which something was planted.
   *
   * @param planted lines that begin with a container's name
   */
  static void assertNone(Audited audited, List<String> planted) {
    List<String> drifting = new ArrayList<>();
    int containers = 0;
    for (JsonNode finding : audited.findings()) {
      String name = finding.path("subject").path("name").asText();
      boolean expectsNone = planted.stream().noneMatch(line -> line.startsWith(name + " "));
      if (expectsNone && finding.path("rule").asText().equals("container-drift")) {
        containers++;
        // With no other process to see its mounts by, they cannot be told.
        String expected = name.equals("chrooted") ? "unknown" : "pass";
        if (!finding.path("verdict").asText().equals(expected)) {
          drifting.add(
              name
                  + " "
                  + finding.path("verdict").asText()
                  + " "
                  + finding.path("message").asText()
                  + " "
                  + finding.path("reason").asText());
        }
      }
    }
    assertThat(drifting).isEmpty();
    assertThat(containers).isPositive();
  }

  /** Fingerprints of all findings. */
  static List<String> fingerprints(Audited audited) {
    return audited.findings().stream()
        .map(finding -> finding.path("fingerprint").asText())
        .sorted()
        .toList();
  }
}
