package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import plimsoll.profile.Profile;
import plimsoll.rule.Severity;

/** What {@code src/test/secure-run/promises} wrote. */
final class Promises {
  private Promises() {}

  /** Every promise was kept, and an audit finds nothing worse than each profile says. */
  static void assertKept(Path folder) throws Exception {
    assertThat(Files.readString(folder.resolve("broken"))).isEmpty();
    assertThat(Integer.parseInt(Files.readString(folder.resolve("checked")).strip()))
        .isGreaterThan(100);
    for (String name : Profile.NAMES) {
      Profile profile = ProfileFile.find(name);
      Audited audited = Audited.read(folder.resolve(name + ".json"));
      assertThat(audited.findings()).as(name).isNotEmpty();
      Severity level = profile.level();
      for (JsonNode finding : audited.findings()) {
        if (level != null
            && finding.path("verdict").asText().equals("fail")
            && finding.path("subject").path("kind").asText().equals("container")
            && !profile.leaves().containsKey(finding.path("rule").asText())) {
          Severity severity = Severity.named(finding.path("severity").asText()).orElseThrow();
          assertThat(severity).as(name + ": " + finding).isLessThanOrEqualTo(level);
        }
      }
    }
  }
}
