package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.Project;

/**
 * Rules that users write: from nothing to one that fails an audit, and everything that can be
 * wrong.
 */
class OwnRulesTest {
  @TempDir Path folder;

  private static final String SNAPSHOT =
      Project.root().resolve("samples/hosts/careless.json").toString();

  private static final String RULE =
      """
      id: acme-no-app
      title: Container runs the app
      message: runs {actual}
      subject: container
      severity: high
      why: It must not.
      require: {path: /image/name, matches: "PATTERN"}
      fix: {run: Run another image.}
      examples:
        good: [docker run alpine]
        bad: [docker run app]
      """;

  private Path rule(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String rule(String pattern) {
    return RULE.replace("PATTERN", pattern);
  }

  private Audited run(String... command) {
    return Audited.run(command);
  }

  /** The very steps of the README. */
  @Test
  void fromNothingToARuleThatFailsAnAudit() throws IOException {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Audited made = run("rules", "new", "acme-few-processes", "--directory", rules.toString());
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(run("rules", "validate", rules.toString()).out()).isEqualTo("1 rules, no mistake\n");
    Audited tested = run("rules", "test", rules.toString());
    assertThat(tested.out()).isEqualTo("3 examples judged, 0 wrong\n");
    assertThat(tested.exit()).isZero();
    Audited audit =
        run(
            "audit",
            "--snapshot",
            SNAPSHOT,
            "--rules",
            rules.toString(),
            "--only",
            "rule:acme-*",
            "--fail-on",
            "medium");
    assertThat(audit.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(audit.out())
        .contains("acme-few-processes")
        .contains("agent")
        .contains("--pids-limit 100");
    assertThat(run("rules", "list", "--rules", rules.toString()).out())
        .contains("acme-few-processes")
        .contains("container-privileged");
    assertThat(run("rules", "show", "acme-few-processes", "--rules", rules.toString()).out())
        .contains("Container may start too many processes");
    // Nothing is written over.
    Audited again = run("rules", "new", "acme-few-processes", "--directory", rules.toString());
    assertThat(again.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(again.err()).contains("is there already");
  }

  @Test
  void everyMistakeIsShownWithItsPlaceAndWhatMayBeMeant() throws IOException {
    rule(
        "a.yaml",
        """
        id: acme-a
        titel: A
        message: m
        subject: container
        severity: hihg
        why: w
        require: {path: /limts/pids, at-most: 100}
        fix: {run: r}
        examples: {good: [], bad: []}
        """);
    rule("b.yaml", "id: [");
    Audited run = run("rules", "validate", folder.toString());
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out().replace(folder + "/", ""))
        .contains("a.yaml:2:1: unknown key titel; did you mean title?\n    titel: A\n    ^\n")
        .contains("a.yaml:5:11: hihg is none of")
        .contains("did you mean high?")
        .contains("/limts")
        .contains("did you mean limits?")
        .contains("    require: {path: /limts/pids, at-most: 100}\n                    ^\n")
        .contains("b.yaml:1:6: not YAML")
        .contains("0 rules have none");
    Audited audit = run("audit", "--snapshot", SNAPSHOT, "--rules", folder.toString());
    assertThat(audit.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(audit.out()).isEmpty();
    assertThat(audit.err()).contains("there are mistakes in rules").contains("a.yaml:5:11");
  }

  @Test
  void anIdThatIsTakenIsAMistake() throws IOException {
    rule("a.yaml", rule("x").replace("acme-no-app", "container-privileged"));
    rule("b.yaml", rule("x"));
    rule("c.yml", rule("x"));
    assertThat(run("rules", "validate", folder.toString()).out())
        .contains("the id container-privileged is that of a rule that comes with Plimsoll")
        .contains("c.yml:1:1: the id acme-no-app is that of the rule in ")
        .contains("2 mistakes; 1 rules have none");
    assertThat(run("rules", "new", "container-privileged").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run("rules", "new", "Not an id").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anExampleThatIsJudgedOtherwiseIsNamed() throws IOException {
    rule(
        "a.yaml",
        rule("alpine")
            .replace("[docker run alpine]", "[docker run alpine, docker run app]")
            .replace(
                "[docker run app]",
                "[docker run app, docker run alpine, docker run --nonsense x, ls]"));
    Audited run = run("rules", "test", folder.toString());
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out())
        .contains("acme-no-app: docker run app\n    should be pass, is fail: runs app\n")
        .contains("acme-no-app: docker run alpine\n    should be fail, is pass")
        .contains("docker would not take it")
        .contains("an example is a line that starts with docker run")
        .endsWith("6 examples judged, 4 wrong\n");
  }

  @Test
  void nothingToReadIsAnError() throws IOException {
    assertThat(run("rules", "validate", folder.toString()).err())
        .contains("no file there ends in .yaml");
    Audited missing =
        run("audit", "--snapshot", SNAPSHOT, "--rules", folder.resolve("x").toString());
    assertThat(missing.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(missing.err()).contains("cannot read rules from");
  }

  @Test
  void hostileFilesEndInAnErrorSoon() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 6; i++) {
      String all = ("*a" + (i - 1) + ", ").repeat(9);
      bomb.append("a" + i + ": &a" + i + " [" + all.substring(0, all.length() - 2) + "]\n");
    }
    rule("bomb.yaml", bomb.toString());
    rule("circle.yaml", "require: &a {all: [*a]}\n");
    rule("deep.yaml", "[".repeat(100_000));
    rule("large.yaml", "# " + "x".repeat(10_000_000));
    Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    Files.createSymbolicLink(folder.resolve("circle"), folder);
    Instant before = Instant.now();
    Audited run = run("rules", "validate", folder.toString());
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out())
        .contains("bomb.yaml:1:1: it is too large once its aliases are followed")
        .contains("circle.yaml:1:1: it is too large once its aliases are followed")
        .contains("deep.yaml:1:")
        .contains("large.yaml:1:1: it is larger than a rule can be")
        .contains("binary.yaml:1:1: it is not text in UTF-8")
        .endsWith("5 mistakes; 0 rules have none\n");
    // What would take for ever is the matter here, not how fast this machine is.
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void aPatternThatOthersChokeOnIsMatchedInLinearTime() throws IOException {
    rule("a.yaml", rule("(a+)+(b|c*)*d").replace("run app", "run " + "a".repeat(200)));
    assertThat(run("rules", "test", folder.toString()).out()).contains("2 examples judged");
    rule("b.yaml", rule("(?=x)y").replace("acme-no-app", "acme-b"));
    assertThat(run("rules", "validate", folder.toString()).out()).contains("RE2 syntax");
  }

  @Test
  void asRootWhatOthersCanWriteIsRefused() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    Path rule = rule("a.yaml", rule("x"));
    Files.setPosixFilePermissions(rule, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertRefused("can be written to by others than root");
    Files.setPosixFilePermissions(rule, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setAttribute(rule, "unix:uid", 1000);
    assertRefused("does not belong to root");
    Files.setAttribute(rule, "unix:uid", 0);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused(folder + " can be written to by others than root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(run("rules", "validate", folder.toString()).exit()).isZero();
  }

  private void assertRefused(String message) {
    Audited run = run("audit", "--snapshot", SNAPSHOT, "--rules", folder.toString());
    assertThat(run.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(run.err()).startsWith("plimsoll: will not use ").contains(message);
  }
}
