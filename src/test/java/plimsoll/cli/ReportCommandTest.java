package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.testing.Project;

/** {@code plimsoll report}: what was written comes back the same, and several make a trend. */
class ReportCommandTest {
  @TempDir Path folder;

  private static String snapshot(String host) {
    return Project.root().resolve("samples/hosts/" + host + ".json").toString();
  }

  private Path json(String host, String... more) throws IOException {
    Path file = folder.resolve(host + more.length + ".json");
    java.util.List<String> args =
        new java.util.ArrayList<>(
            java.util.List.of("audit", "--snapshot", snapshot(host), "--output", "json=" + file));
    args.addAll(java.util.List.of(more));
    assertThat(Audited.run(args.toArray(String[]::new)).exit()).isZero();
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"terminal", "json", "junit", "csv", "ocsf", "prometheus"})
  void aReportReadBackIsTheSameInEveryFormat(String format) throws IOException {
    for (String host : new String[] {"careless", "hardened"}) {
      Audited again =
          Audited.run(
              "report",
              json(host, "--show", "all").toString(),
              "--output",
              format,
              "--show",
              "all");
      assertThat(again.exit()).as(again.err()).isZero();
      assertThat(again.out())
          .isEqualTo(
              Audited.run(
                      "audit", "--snapshot", snapshot(host), "--show", "all", "--output", format)
                  .out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"careless", "hardened"})
  void aReportIsLaidOutByABenchmarkAsTheAuditIs(String host) throws IOException {
    String audited =
        Audited.run("audit", "--snapshot", snapshot(host), "--benchmark", "cis-docker-1.8").out();
    for (String file : new String[] {json(host).toString(), snapshot(host)}) {
      Audited report = Audited.run("report", file, "--benchmark", "cis-docker-1.8");
      assertThat(report.exit()).as(report.err()).isZero();
      assertThat(report.out()).isEqualTo(audited);
    }
    assertThat(Audited.run("report", snapshot(host), "--benchmark", "cis").exit()).isEqualTo(2);
  }

  @Test
  void aReportOfFailuresOnlyKeepsItsSums() throws IOException {
    Path lean = json("careless");
    assertThat(Audited.run("report", lean.toString(), "--output", "json").out())
        .isEqualTo(Files.readString(lean));
    assertThat(Audited.run("report", lean.toString()).out())
        .isEqualTo(Audited.run("audit", "--snapshot", snapshot("careless")).out());
  }

  @Test
  void aSnapshotIsJudgedAndShowsBothViews() {
    assertThat(Audited.run("report", snapshot("careless"), "--output", "html").out())
        .isEqualTo(
            Audited.run("audit", "--snapshot", snapshot("careless"), "--output", "html").out())
        .contains("Asked for, and enforced by the kernel");
  }

  @Test
  void anHtmlPageFromAReportSaysWhatItLacks() throws IOException {
    String page = Audited.run("report", json("careless").toString(), "--output", "html").out();
    assertThat(page)
        .contains("--save-snapshot")
        .contains("Start with")
        .doesNotContain("enforced by the kernel");
  }

  @Test
  void severalReportsMakeATrendFromTheOldestToTheNewest() throws IOException {
    Path before = json("careless");
    Path after = folder.resolve("after.json");
    Files.writeString(
        after,
        Files.readString(json("hardened", "--show", "all"))
            .replaceFirst("\"takenAt\" : \"[^\"]*\"", "\"takenAt\" : \"2026-12-01T08:00:00Z\""));
    // Whatever order they are named in.
    Audited both = Audited.run("report", after.toString(), before.toString());
    assertThat(both.exit()).isZero();
    assertThat(both.out())
        .containsPattern(
            "(?s)Over time\n  2026-11-.*[0-9]+ failed, [0-9] critical.*\n  2026-12-01 08:00.*-1[0-9]{2}\n")
        .contains("2026-12-01T08:00:00Z");
    String page =
        Audited.run("report", after.toString(), before.toString(), "--output", "html").out();
    assertThat(page).contains("Exposure over time").contains("<polyline points=\"8.0,");
    Audited json = Audited.run("report", after.toString(), before.toString(), "--output", "json");
    assertThat(json.exit()).isEqualTo(2);
    assertThat(json.err()).contains("json is about one report");
  }

  @Test
  void reportsOnDifferentHostsAreSaidToBeSuch() throws IOException {
    Path other = folder.resolve("other.json");
    Files.writeString(
        other,
        Files.readString(json("careless")).replace("\"host\" : \"v2host", "\"host\" : \"web1"));
    Audited both = Audited.run("report", json("careless").toString(), other.toString());
    assertThat(both.exit()).isZero();
    assertThat(both.err()).contains("different hosts").contains("web1");
  }

  @Test
  void aRuleNobodyKnowsIsShownByItsId() throws IOException {
    Path file = folder.resolve("own.json");
    Files.writeString(
        file, Files.readString(json("careless")).replace("container-privileged", "acme-own-rule"));
    assertThat(Audited.run("report", file.toString()).out()).contains("acme-own-rule");
    assertThat(Audited.run("report", file.toString(), "--output", "html").out())
        .contains("acme-own-rule");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schema\": \"plimsoll-report/9\"}|its schema is plimsoll-report/9",
        "{\"schema\": \"plimsoll-report/1\"}|at /findings stands nothing, not a list",
        "{\"schema\": \"plimsoll-report/1\", \"findings\": [{\"rule\": 7}]}|at /findings/0/subject/kind",
        "{\"schema\": \"|line 1, column",
        "{}|neither as a report nor as a snapshot",
        "[1]|neither as a report nor as a snapshot",
        "''|neither as a report nor as a snapshot",
      })
  void aBrokenFileIsAnErrorThatSaysWhere(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("broken.json"), text);
    Audited run = Audited.run("report", file.toString());
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).startsWith("plimsoll: ").contains("broken.json").contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aMissingFileAndNoFileAreErrors() {
    Audited missing = Audited.run("report", folder.resolve("none").toString());
    assertThat(missing.exit()).isEqualTo(3);
    assertThat(missing.err()).contains("there is no file");
    assertThat(Audited.run("report").exit()).isEqualTo(2);
  }
}
