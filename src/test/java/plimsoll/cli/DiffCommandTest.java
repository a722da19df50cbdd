package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.Project;

/** {@code plimsoll diff} and {@code audit --baseline}. */
class DiffCommandTest {
  private static final Path CARELESS = Project.root().resolve("samples/hosts/careless.json");

  @TempDir Path folder;
  private Path old;
  private Path now;

  /**
   * Between the two: debug gains SYS_ADMIN, web appears with everything shop has, cache is gone.
   */
  @BeforeEach
  void twoHosts() throws IOException {
    old = folder.resolve("old.json");
    now = folder.resolve("now.json");
    String snapshot = Files.readString(CARELESS);
    Files.writeString(old, snapshot);
    com.fasterxml.jackson.databind.ObjectMapper mapper =
        new com.fasterxml.jackson.databind.ObjectMapper();
    var tree = (com.fasterxml.jackson.databind.node.ObjectNode) mapper.readTree(snapshot);
    var containers = (com.fasterxml.jackson.databind.node.ArrayNode) tree.get("containers");
    for (int i = containers.size() - 1; i >= 0; i--) {
      var container = (com.fasterxml.jackson.databind.node.ObjectNode) containers.get(i);
      var identity = (com.fasterxml.jackson.databind.node.ObjectNode) container.get("identity");
      switch (identity.get("name").asText()) {
        case "cache" -> containers.remove(i);
        case "debug" -> {
          // Made anew as well: another id, another process.
          identity.put("id", "f".repeat(64));
          for (String view : new String[] {"requested", "enforced"}) {
            ((com.fasterxml.jackson.databind.node.ArrayNode)
                    container.at("/" + view + "/facts/capabilities/bounding"))
                .add("SYS_ADMIN");
          }
        }
        case "shop" -> {
          var web = container.deepCopy();
          ((com.fasterxml.jackson.databind.node.ObjectNode) web.get("identity"))
              .put("name", "web\u202e`|<b>@all")
              .put("id", "e".repeat(64));
          containers.add(web);
        }
        default -> {}
      }
    }
    tree.put("takenAt", "2026-12-01T08:00:00Z");
    mapper.writeValue(now.toFile(), tree);
  }

  @Test
  void whatIsNewChangedAndMendedIsToldApart() {
    Audited diff = Audited.run("diff", old.toString(), now.toString());
    assertThat(diff.exit()).as(diff.err()).isZero();
    assertThat(diff.out())
        .containsPattern(
            "(?s)New\n.*\\+ high web.*Changed\n.*~ high debug can hold SYS_ADMIN, SYS_PTRACE.*was: can hold SYS_PTRACE\n.*Mended\n.*- medium cache ")
        .doesNotContain("\u202e");
    assertThat(Audited.run("diff", old.toString(), old.toString()).out())
        .matches("0 new, 0 changed, 0 mended, [0-9]+ unchanged; exposure ([0-9.]+), was \\1\n");
  }

  @Test
  void reportsDoAsWellAsSnapshots() {
    Path report = folder.resolve("report.json");
    Audited.run("audit", "--snapshot", old.toString(), "--output", "json=" + report);
    assertThat(Audited.run("diff", report.toString(), now.toString()).out())
        .isEqualTo(Audited.run("diff", old.toString(), now.toString()).out());
  }

  @Test
  void markdownIsFitForACommentWhateverTheNames() {
    String text = Audited.run("diff", old.toString(), now.toString(), "--output", "markdown").out();
    assertThat(text)
        .startsWith("### Container hardening: ")
        .contains("| severity | what | finding | rule |\n| --- | --- | --- | --- |\n")
        .contains("| `web?'/<b>@all` |")
        .contains(
            "| high | `debug` | `can hold SYS_PTRACE` | `can hold SYS_ADMIN, SYS_PTRACE` | container-dangerous-capability |");
    for (String line : text.lines().filter(l -> l.startsWith("| high")).toList()) {
      assertThat(line.chars().filter(c -> c == '`').count() % 2).isZero();
    }
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    Audited diff = Audited.run("diff", old.toString(), now.toString(), "--output", "json");
    assertThat(diff.report().path("schema").asText()).isEqualTo("plimsoll-diff/1");
    assertThat(diff.report().path("changed").get(0).path("subject").asText()).isEqualTo("debug");
    assertThat(diff.report().path("changed").get(0).path("was").asText())
        .isEqualTo("can hold SYS_PTRACE");
    assertThat(diff.report().path("mended").findValuesAsText("subject")).containsOnly("cache");
    assertThat(diff.report().path("new").path("takenAt").asText())
        .isEqualTo("2026-12-01T08:00:00Z");
  }

  @Test
  void itFailsOnWhatIsNewAndBadEnough() {
    String[] command = {"diff", old.toString(), now.toString(), "--fail-on", "high"};
    assertThat(Audited.run(command).exit()).isEqualTo(ExitCode.FAILED);
    command[4] = "critical";
    assertThat(Audited.run(command).exit()).isZero();
    command[4] = "dire";
    assertThat(Audited.run(command).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Audited.run("diff", old.toString()).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(Audited.run("diff", old.toString(), "none").exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(Audited.run("diff", old.toString(), now.toString(), "-o", "html").exit())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anAuditWithABaselineFailsOnWhatIsNewOnly() {
    Path baseline = folder.resolve("baseline.json");
    Audited.run("audit", "--snapshot", old.toString(), "--output", "json=" + baseline);
    Audited same =
        Audited.run(
            "audit",
            "--snapshot",
            old.toString(),
            "--baseline",
            baseline.toString(),
            "--fail-on",
            "low");
    assertThat(same.exit()).as(same.err()).isZero();
    assertThat(same.err()).contains("0 new, 0 changed, 0 mended");
    String[] later = {
      "audit", "--snapshot", now.toString(), "--baseline", baseline.toString(), "--fail-on", "high"
    };
    assertThat(Audited.run(later).exit()).isEqualTo(ExitCode.FAILED);
    later[6] = "critical";
    assertThat(Audited.run(later).exit()).isZero();
    // Naming a baseline is asking for it.
    assertThat(
            Audited.run("audit", "--snapshot", now.toString(), "--baseline", baseline.toString())
                .exit())
        .isEqualTo(ExitCode.FAILED);
    assertThat(Audited.run("audit", "--snapshot", now.toString(), "--baseline", "none").exit())
        .isEqualTo(ExitCode.UNUSABLE);
  }
}
