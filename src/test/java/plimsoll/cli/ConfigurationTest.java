package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.testing.Project;

/** {@code plimsoll.yaml}: severities, rules and waivers. Today is 2026-11-23 here. */
class ConfigurationTest {
  private static final String SNAPSHOT =
      Project.root().resolve("samples/hosts/careless.json").toString();

  private static final String WAIVER =
      """
      waivers:
        - rule: container-engine-socket
          container: ci-*
          reason: It builds images; the host does nothing else.
          owner: ops@example.org
          expires: 2026-11-23
      """;

  @TempDir Path folder;

  private Audited audit(String config, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("plimsoll.yaml"), config);
    List<String> args =
        new ArrayList<>(
            List.of("audit", "--snapshot", SNAPSHOT, "--config", file.toString(), "--output"));
    args.addAll(more.length == 0 ? List.of("json") : List.of(more));
    return Audited.run(args.toArray(String[]::new));
  }

  @Test
  void aWaivedFailureDoesNotCountAndStaysInSight() throws IOException {
    Audited plain = audit("disable: []\n");
    Audited waived = audit(WAIVER);
    assertThat(waived.exit()).as(waived.err()).isZero();
    JsonNode finding = waived.finding("container-engine-socket", "ci-runner");
    assertThat(finding.path("verdict").asText()).isEqualTo("waived");
    assertThat(finding.path("severity").asText()).isEqualTo("critical");
    assertThat(finding.path("waiver").path("owner").asText()).isEqualTo("ops@example.org");
    assertThat(finding.path("waiver").path("place").asText()).endsWith("plimsoll.yaml:2:5");
    assertThat(finding.path("evidence")).isNotEmpty();
    assertThat(waived.finding("container-engine-socket", "agent").path("verdict").asText())
        .isEqualTo("fail");
    JsonNode before = plain.report().path("summary");
    JsonNode after = waived.report().path("summary");
    assertThat(after.path("waived").asInt()).isEqualTo(1);
    assertThat(after.path("fail").asInt()).isEqualTo(before.path("fail").asInt() - 1);
    assertThat(after.path("score").asDouble()).isLessThanOrEqualTo(before.path("score").asDouble());
    assertThat(audit(WAIVER, "terminal").out().replaceAll("\\s+", " "))
        .contains(
            "Waived container-engine-socket: ci-runner waived by ops@example.org until 2026-11-23:")
        .containsPattern("[0-9]+ passed, 1 waived");
    assertThat(audit(WAIVER, "html").out())
        .contains("data-verdict=\"waived\"")
        .contains("waived by ops@example.org");
    // And read back it is the same.
    Path report = Files.writeString(folder.resolve("report.json"), waived.out());
    assertThat(Audited.run("report", report.toString(), "--output", "json").out())
        .isEqualTo(waived.out());
  }

  @Test
  void aWaiverThatExpiredOrWaivesNothingIsReported() throws IOException {
    Audited expired = audit(WAIVER.replace("2026-11-23", "2026-11-22"));
    assertThat(expired.finding("container-engine-socket", "ci-runner").path("verdict").asText())
        .isEqualTo("fail");
    assertThat(expired.err())
        .contains(
            "plimsoll.yaml:2:5: the waiver of container-engine-socket (ops@example.org) expired on 2026-11-22 and waives nothing");
    Audited unused = audit(WAIVER.replace("ci-*", "nobody"));
    assertThat(unused.err()).contains("waives nothing: nothing it speaks of fails");
    assertThat(audit(WAIVER).err()).isEmpty();
  }

  @Test
  void whatFailsForTheBuildIsWhatIsNotWaived() throws IOException {
    String all =
        WAIVER
            .replace("container: ci-*", "container: '*'")
            .replace("container-engine-socket", "container-*");
    assertThat(audit(all, "json", "--only", "subject:container", "--fail-on", "critical").exit())
        .isZero();
    assertThat(audit(WAIVER, "json", "--fail-on", "critical").exit()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void anImageIsWaivedByItsDigest() throws IOException {
    Matcher id =
        Pattern.compile("\"imageId\" : \"(sha256:[0-9a-f]{64})\"")
            .matcher(Files.readString(Project.root().resolve("samples/hosts/careless.json")));
    assertThat(id.find()).isTrue();
    String digest = id.group(1);
    Audited audit = audit(WAIVER.replace("container: ci-*", "image: " + digest));
    assertThat(audit.finding("container-engine-socket", "ci-runner").path("verdict").asText())
        .isEqualTo("waived");
    assertThat(audit.finding("container-engine-socket", "agent").path("verdict").asText())
        .isEqualTo("waived");
    Audited other = audit(WAIVER.replace("container: ci-*", "image: sha256:" + "e".repeat(64)));
    assertThat(other.finding("container-engine-socket", "ci-runner").path("verdict").asText())
        .isEqualTo("fail");
  }

  @Test
  void severitiesAreChangedAndRulesLeftOut() throws IOException {
    Audited audit =
        audit("severity: {container-no-init: high}\ndisable: [container-no-health-check]\n");
    assertThat(audit.finding("container-no-init", "shop").path("severity").asText())
        .isEqualTo("high");
    assertThat(audit.failed("shop")).doesNotContain("no-health-check").contains("no-init");
  }

  @Test
  void aSelectionChoosesRulesAndTheirSeverities() throws IOException {
    Audited recommended = audit("disable: []\n", "json", "--selection", "recommended");
    assertThat(recommended.failed("shop"))
        .contains("secret-env", "no-pids-limit")
        .doesNotContain("no-init", "root-user");
    Audited strict = audit("disable: [container-no-init]\n", "json", "--selection", "strict");
    assertThat(strict.failed("shop")).contains("root-user").doesNotContain("no-init");
    assertThat(strict.finding("container-root-user", "shop").path("severity").asText())
        .isEqualTo("high");
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"),
            "title: Ours\nrules: [container-no-*]\nseverity: {container-no-init: critical}\n");
    Audited audit = audit("disable: []\n", "json", "--selection", own.toString());
    assertThat(audit.failed("shop")).allMatch(rule -> rule.startsWith("no-"));
    assertThat(audit.finding("container-no-init", "shop").path("severity").asText())
        .isEqualTo("critical");
    Files.writeString(own, "rules: [contaner-*]\nseverity: {x: low}\n");
    Audited broken = audit("disable: []\n", "json", "--selection", own.toString());
    assertThat(broken.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(broken.err())
        .contains("own.yaml:1:9: there is no rule contaner-*")
        .contains("the key title is missing")
        .contains("there is no rule x");
    assertThat(audit("disable: []\n", "json", "--selection", "recomended").err())
        .contains("did you mean recommended?");
  }

  @Test
  void rulesOfOnesOwnLieBesideTheConfiguration() throws IOException {
    Files.createDirectory(folder.resolve("ours"));
    assertThat(
            Audited.run(
                    "rules", "new", "acme-few", "--directory", folder.resolve("ours").toString())
                .exit())
        .isZero();
    Audited audit = audit("rules: [ours]\nseverity: {acme-few: critical}\n");
    assertThat(audit.finding("acme-few", "agent").path("severity").asText()).isEqualTo("critical");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "waiver: []|1:1: unknown key waiver; did you mean waivers?",
        "disable: [container-no-inti]|1:11: there is no rule container-no-inti; did you mean container-no-init?",
        "severity: {container-no-init: hihg}|hihg is none of critical",
        "waivers: [{rule: container-no-init, container: x, owner: o, expires: 2027-01-01}]|the key reason is missing",
        "waivers: [{rule: container-no-init, container: x, reason: '', owner: o, expires: 2027-01-01}]|must not be empty",
        "waivers: [{rule: container-no-init, reason: r, owner: o, expires: 2027-01-01}]|a waiver is for one of",
        "waivers: [{rule: container-no-init, container: x, image: y, reason: r, owner: o, expires: 2027-01-01}]|not for several",
        "waivers: [{rule: container-no-init, image: alpine, reason: r, owner: o, expires: 2027-01-01}]|an image is named by its id",
        "waivers: [{rule: container-no-init, subject: moon, reason: r, owner: o, expires: 2027-01-01}]|moon is neither engine nor host",
        "waivers: [{rule: container-no-init, container: x, reason: r, owner: o, expires: soon}]|soon is no day such as",
        "waivers: [{rule: conteiner-*, container: x, reason: r, owner: o, expires: 2027-01-01}]|there is no rule conteiner-*",
        "waivers: &a [*a]|too large once its aliases",
        "'[1'|not YAML",
      })
  void aMistakeMeansThatNoneOfItIsUsed(String config, String message) throws IOException {
    Audited audit = audit(config);
    assertThat(audit.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(audit.err())
        .contains("mistakes in the configuration")
        .contains("plimsoll.yaml:")
        .contains(message)
        .contains("^");
    assertThat(audit.out()).isEmpty();
  }

  @Test
  void aConfigurationThatIsNotThereIsAnError() {
    Audited audit = Audited.run("audit", "--snapshot", SNAPSHOT, "--config", "/nonexistent.yaml");
    assertThat(audit.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audit.err()).contains("there is no configuration /nonexistent.yaml");
  }

  @Test
  void asRootOnlyRootDecidesWhatPasses() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    Path file = Files.writeString(folder.resolve("plimsoll.yaml"), WAIVER);
    Files.setAttribute(file, "unix:uid", 1000);
    Audited audit = audit(WAIVER);
    assertThat(audit.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audit.err()).contains("does not belong to root");
    Files.setAttribute(file, "unix:uid", 0);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(audit(WAIVER).err()).contains("can be written to by others than root");
  }

  @Test
  void aConfigurationIsFoundInTheHostsFolderForIt() throws IOException {
    Path etc = Files.createDirectories(folder.resolve("etc/plimsoll"));
    Files.writeString(etc.resolve("plimsoll.yaml"), WAIVER);
    Audited audit =
        Audited.run(
            java.util.Map.of(), folder, "audit", "--snapshot", SNAPSHOT, "--output", "json");
    assertThat(audit.report().path("summary").path("waived").asInt()).isEqualTo(1);
  }

  @Test
  void parametersOfARuleAreSet() throws IOException {
    String rule = "container-privileged-port";
    Path snapshot = Path.of(SNAPSHOT);
    assertThat(Files.readString(snapshot)).contains("\"hostPort\"");
    Audited strict = audit("parameters:\n  container-privileged-port: {lowest: 65536}\n");
    assertThat(strict.exit()).as(strict.err()).isZero();
    JsonNode failed = null;
    for (JsonNode finding : strict.report().path("findings")) {
      if (finding.path("rule").asText().equals(rule)
          && finding.path("verdict").asText().equals("fail")) {
        failed = finding;
      }
    }
    assertThat(failed).isNotNull();
    assertThat(String.valueOf(failed)).contains("at least 65536");
    Audited lax = audit("parameters:\n  container-privileged-port: {lowest: 1}\n");
    assertThat(lax.out()).doesNotContain("\"rule\" : \"container-privileged-port\"");
    String list = "parameters:\n  container-dangerous-capability: {dangerous: [CHOWN]}\n";
    assertThat(audit(list).out()).contains("none of CHOWN");
    Path file = folder.resolve("plimsoll.yaml");
    assertThat(
            Audited.run("rules", "show", "container-dangerous-capability", "--config", file + "")
                .out())
        .contains("none of CHOWN")
        .contains("- `dangerous`: Capabilities no container should have; `CHOWN`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "container-privileged-port: {lowest: many} | expected a number",
        "container-privileged-port: {lowest: [1, 2]} | expected one plain value",
        "container-privileged-port: {lowst: 1} | no parameter lowst; did you mean lowest?",
        "container-privileged: {x: 1} | has no parameter x, nor any other",
        "container-privilegd-port: {lowest: 1} | did you mean container-privileged-port?",
        "container-group-add: {powerful: '('} | not a regular expression",
        "container-dangerous-capability: {dangerous: CHOWN} | expected a list",
        "container-privileged-port: 5 | expected a mapping"
      })
  void aParameterThatDoesNotFitIsAMistakeWithItsPlace(String line, String complaint)
      throws IOException {
    Audited audit = audit("parameters:\n  " + line + "\n");
    assertThat(audit.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(audit.err()).contains("plimsoll.yaml:2:").contains("^").contains(complaint);
  }
}
