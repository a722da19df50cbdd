package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;
import plimsoll.testing.Project;

/** Policies in Rego, judging files, an engine and a container that is started. */
@NeedsEngine
class PoliciesTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.shared();

  private static final Path SAMPLES = Project.root().resolve("samples/policies");
  private static final String COMPOSE =
      """
      services:
        web:
          image: registry.acme.example/shop:1
          labels:
            tenant: red
            owner: bob
          networks: [common, red]
          volumes:
            - data:/data
        db:
          image: postgres
          labels: {tenant: blue, owner: shop, purpose: db}
          networks:
            - blue
            - common
      networks: {common: {}, red: {}, blue: {}}
      volumes: {data: {}}
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("compose.yaml"), COMPOSE);
  }

  @AfterEach
  void removeContainers() {
    engine.removeContainers();
    engine.tryDocker("network", "rm", "red", "common");
    engine.tryDocker("volume", "rm", "pages");
  }

  private Audited gate(String rules, String... more) {
    return Audited.run(
        with(
            new String[] {
              "gate",
              folder.toString(),
              "--rules",
              rules,
              "--only",
              "rule:acme-*",
              "--output",
              "csv"
            },
            more));
  }

  @Test
  void aGatePointsAtTheLinesThatAPolicyObjectsTo() {
    Audited gate =
        Audited.run(
            "gate", folder.toString(), "--rules", SAMPLES.toString(), "--only", "rule:acme-*");
    assertThat(gate.exit()).as(gate.err()).isEqualTo(1);
    assertThat(gate.out())
        .containsSubsequence(
            "compose.yaml:2:3: web:",
            "acme-ownership: nobody says its purpose",
            "compose.yaml:3:12: image: registry.acme.example/shop:1",
            "acme-image-origin: registry.acme.example/shop is not pinned",
            "compose.yaml:6:7: owner: bob",
            "acme-ownership: the owner bob is none of shop, platform",
            "compose.yaml:7:16: networks: [common, red]",
            "acme-tenants: shares the network common with db, which is of tenant blue",
            "compose.yaml:11:12: image: postgres",
            "acme-image-origin: postgres comes from none of registry.acme.example",
            "compose.yaml:15:9: - common",
            "acme-tenants: shares the network common with web, which is of tenant red",
            "2 containers, 6 findings");
  }

  @Test
  void whatIsKnownOnlyWhenItRunsIsUnknown() throws IOException {
    Files.writeString(folder.resolve("run.sh"), "docker run --label owner=$WHO $IMAGE\n");
    Files.delete(folder.resolve("compose.yaml"));
    Audited gate = gate(SAMPLES.toString(), "--show", "all");
    assertThat(gate.out())
        .contains("acme-image-origin,high,unknown", "acme-ownership,high,unknown");
  }

  /** What it may have in common with them cannot be told, so that it does not pass. */
  @Test
  void whatIsNotKnownOfTheContainersAroundLeavesOneUnknown() throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        services:
          web: {image: a, labels: {tenant: red}, networks: [red]}
          db: {image: b, labels: {tenant: $TENANT}, networks: [blue]}
          cache: {image: c, labels: {tenant: blue}, networks: [red]}
        networks: {red: {}, blue: {}}
        """);
    Audited gate = gate(SAMPLES.resolve("tenants").toString(), "--show", "all");
    assertThat(gate.out())
        .contains("acme-tenants,high,fail")
        .contains("shares the network red with cache, which is of tenant blue")
        .contains("shares the network red with web, which is of tenant red");
    Files.writeString(
        folder.resolve("compose.yaml"),
        Files.readString(folder.resolve("compose.yaml"))
            .replace("{tenant: blue}, networks: [red]", "{tenant: blue}, networks: [blue]"));
    Audited unknown = gate(SAMPLES.resolve("tenants").toString(), "--show", "all");
    assertThat(unknown.out())
        .contains("acme-tenants,high,unknown")
        .contains("of db it is not known: what is written there is known only when it runs")
        .doesNotContain("acme-tenants,high,pass", "acme-tenants,high,fail");
  }

  @Test
  void aLiveEngineIsJudgedWithItsContainersAmidEachOther() {
    engine.docker("network", "create", "common");
    engine.docker("network", "create", "red");
    String image = engine.image();
    run("web", image, "--network", "red", "--label", "tenant=red", "--label", "owner=shop");
    engine.docker("network", "connect", "common", "web");
    run("db", image, "--network", "common", "--label", "tenant=blue");
    run("db2", image, "--network", "none", "--label", "tenant=blue");
    Audited audited =
        Audited.engine(engine.host(), "--rules", SAMPLES.toString(), "--only", "rule:acme-*");
    assertThat(audited.finding("acme-tenants", "web").path("message").asText())
        .isEqualTo("shares the network common with db, which is of tenant blue");
    assertThat(audited.finding("acme-tenants", "db").path("severity").asText()).isEqualTo("high");
    assertThat(audited.verdict("acme-tenants", "db2")).startsWith("pass");
    var owner = audited.finding("acme-ownership", "web");
    assertThat(owner.path("message").asText())
        .isEqualTo("nobody says its purpose, by a label of that name");
    assertThat(owner.path("evidence").get(0).path("path").asText()).isEqualTo("/labels/purpose");
    assertThat(owner.path("evidence").get(0).path("actual").asText()).isEqualTo("none");
    assertThat(audited.finding("acme-image-origin", "web").path("verdict").asText())
        .isEqualTo("fail");
  }

  private static void run(String name, String image, String... options) {
    engine.docker(
        with(with(new String[] {"run", "-d", "--name", name}, options), image, "sleep", "1000"));
  }

  @Test
  void secureRunRefusesWhatAPolicyObjectsToAmidWhatRuns() {
    engine.docker("network", "create", "red");
    String image = engine.image();
    run("other", image, "--network", "red", "--label", "tenant=blue");
    String rules = SAMPLES.resolve("tenants").toString();
    String[] line = {
      "secure-run", "--host", engine.host(), "--rules", rules, "--rm", "--network", "red",
    };
    Audited refused = secure(line, "--label", "tenant=red", image, "true");
    assertThat(refused.exit()).isEqualTo(125);
    assertThat(refused.err())
        .contains(
            "--network red",
            "acme-tenants (high): shares the network red with other, which is of tenant blue",
            "--allow acme-tenants=REASON");
    Audited runs = secure(line, "--label", "tenant=blue", image, "true");
    assertThat(runs.exit()).as(runs.err()).isZero();
  }

  @Test
  void secureRunIsToldAllThatPoliciesObjectTo() {
    String image = engine.image();
    String[] line = {"secure-run", "--host", engine.host(), "--rules", SAMPLES.toString(), "--rm"};
    Audited refused = secure(line, "--label", "owner=nobody", image, "true");
    assertThat(refused.exit()).isEqualTo(125);
    assertThat(refused.err())
        .contains("acme-image-origin", "comes from none of registry.acme.example")
        .contains("--label owner=nobody", "acme-ownership", "the owner nobody is none of")
        .contains("nobody says its purpose")
        .doesNotContain("acme-tenants");
    Audited allowed =
        secure(
            line,
            "--allow",
            "acme-image-origin=A test.",
            "--label",
            "owner=shop",
            "--label",
            "purpose=test",
            image,
            "true");
    assertThat(allowed.exit()).as(allowed.err()).isZero();
  }

  private static String[] with(String[] words, String... more) {
    return Stream.of(words, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static Audited secure(String[] line, String... more) {
    return Audited.run(with(line, more));
  }

  private Path broken(String entrypoint) throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Files.copy(
        Project.root().resolve("src/test/rego/hostile.tar.gz"),
        rules.resolve("hostile.tar.gz"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(
        rules.resolve("rule.yml"),
        """
        id: acme-broken
        title: Broken
        subject: container
        severity: high
        why: To see.
        policy: {bundle: hostile.tar.gz, entrypoint: hostile/%s, data: {word: x}}
        fix: {run: None., compose: None.}
        examples: {good: [], bad: []}
        """
            .formatted(entrypoint));
    return rules;
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "nowhere"})
  void aPolicyThatFailsIsNeverAPass(String entrypoint) throws IOException {
    String rules = broken(entrypoint).toString();
    Audited gate = gate(rules, "--show", "all");
    assertThat(gate.exit()).isEqualTo(3);
    assertThat(gate.err())
        .contains("plimsoll: acme-broken has not judged: the policy hostile.tar.gz ");
    assertThat(gate.out()).contains("acme-broken,high,unknown,error");
    Audited secure =
        secure(
            new String[] {"secure-run", "--host", engine.host(), "--rules", rules, "--rm"},
            engine.image(),
            "true");
    assertThat(secure.exit()).isEqualTo(125);
    assertThat(secure.err()).contains("acme-broken has not judged, and nothing was created");
  }

  @Test
  void aPolicyThatCannotBeUsedIsAMistakeInItsRule() throws IOException {
    Path rules = broken("nope");
    Audited validate = Audited.run("rules", "validate", rules.toString());
    assertThat(validate.exit()).isEqualTo(1);
    assertThat(validate.out())
        .contains("rule.yml:6:18: hostile.tar.gz: it has no entrypoint hostile/nope");
    Files.writeString(
        rules.resolve("rule.yml"),
        Files.readString(rules.resolve("rule.yml"))
            .replace("hostile.tar.gz,", "../../x.tar.gz,")
            .replace("data:", "reads: [/lables], data:"));
    assertThat(Audited.run("rules", "validate", rules.toString()).out())
        .contains(
            "a policy lies in the folder of its rule or below",
            "no field /lables; did you mean labels?");
  }

  @Test
  void anyRuleOfRegoIsWaivedAsOthersAre() throws IOException {
    Path config = folder.resolve("plimsoll.yaml");
    Files.writeString(
        config,
        """
        waivers:
          - rule: acme-*
            container: "*"
            reason: It is a trial.
            owner: somebody
            expires: 2026-12-31
        """);
    Audited gate = gate(SAMPLES.toString(), "--config", config.toString(), "--show", "all");
    assertThat(gate.exit()).as(gate.err()).isZero();
    assertThat(gate.out()).contains("acme-tenants,high,waived");
  }

  @Test
  void theExamplesOfTheSamplesAreJudgedAsTheySay() {
    Audited tested = Audited.run("rules", "test", SAMPLES.toString());
    assertThat(tested.out()).contains("14 examples judged, 0 wrong");
    assertThat(tested.exit()).isZero();
  }

  /** {@code samples/policies/build} writes down what a bundle was compiled from. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "policies/image-origin/image-origin",
        "policies/ownership/ownership",
        "policies/tenants/tenants",
        "own-policy/policies/memory"
      })
  void bundlesAreThoseOfTheirSources(String bundle) throws IOException, NoSuchAlgorithmException {
    Path sample = Project.root().resolve("samples").resolve(bundle).resolveSibling("");
    String name = bundle.substring(bundle.lastIndexOf('/') + 1);
    List<String> built = Files.readAllLines(sample.resolve(name + ".built"));
    assertThat(built.get(0)).matches("opa [0-9.]+");
    assertThat(built).hasSize(3);
    for (String line : built.subList(1, 3)) {
      String[] fields = line.split(" +");
      byte[] file = Files.readAllBytes(sample.resolve(fields[1]));
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
      assertThat(hash)
          .as(fields[1] + ": samples/policies/build compiles it anew")
          .isEqualTo(fields[0]);
    }
    assertThat(built.get(1)).endsWith(".rego");
    assertThat(
            new String(
                Files.readAllBytes(sample.resolve(name.replace('-', '_') + "_test.rego")),
                StandardCharsets.UTF_8))
        .contains("test_");
  }
}
