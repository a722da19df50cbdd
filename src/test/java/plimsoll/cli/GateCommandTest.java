package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.testing.Project;

/** {@code plimsoll gate} as somebody runs it. */
class GateCommandTest extends GateInFolder {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void whatIsWrittenFailsWithItsPlaceAndACaret() throws IOException {
    Path script =
        file("run.sh", "#!/bin/sh\nOPTS=--privileged\n\tdocker run $OPTS --pid host app\n");
    Audited run = gate();
    assertThat(run.exit()).isEqualTo(1);
    String place = script + ":3:19: ";
    assertThat(run.out())
        .contains(script + ":2:6: OPTS=--privileged\n")
        .contains(
            "^~~~~~~~~~~~ critical container-privileged: runs privileged (reaches the run in line 3)\n")
        .contains(place + "docker run $OPTS --pid host app\n")
        .contains(" ".repeat(place.length() + 17) + "^~~~~ high container-host-pid: ")
        .endsWith("1 container, 2 findings\n");
  }

  @Test
  void whatIsLeftOutFailsOnlyWhereThatIsAskedFor() throws IOException {
    file("run.sh", "docker run app\n");
    assertThat(gate().exit()).isZero();
    assertThat(gate("--fail-on", "info").exit()).isZero();
    Audited strict = gate("--strict", "--fail-on", "medium");
    assertThat(strict.exit()).isEqualTo(1);
    assertThat(strict.out())
        .contains("run.sh:1:1: docker run app\n")
        .contains("container-writable-root");
  }

  @Test
  void theThresholdIsInclusive() throws IOException {
    file("run.sh", "docker run --uts host app\n");
    assertThat(gate().exit()).isZero();
    assertThat(gate("--fail-on", "medium").exit()).isEqualTo(1);
    assertThat(gate("--fail-on", "mild").exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.sh|docker run 'app",
        "Makefile|x:\n\tdocker run 'app",
        ".github/workflows/ci.yml|run: docker run app\n x: [",
        "compose.yaml|services: [",
        "compose.yaml|services:\n  a: {extends: {file: nosuch.yaml, service: b}}",
        "compose.yaml|include: [nosuch.yaml]\nservices: {a: {image: x}}",
        "compose.yaml|services: {a: {image: x, extends: b}}",
        "compose.yaml|services: {a: {image: x, extends: a}}",
        "compose.yaml|services: text"
      })
  void whatCannotBeReadIsNeverAPass(String given) throws IOException {
    String[] halves = given.split("\\|", 2);
    Path file = file(halves[0], halves[1]);
    Audited run = gate();
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err()).contains(file.getFileName() + ":").contains("^");
  }

  @Test
  void hostileFilesEndInAMessage() throws IOException {
    file("deep.sh", "docker run " + "$(".repeat(20_000));
    file("compose.yaml", "a: &a [x,x,x,x,x,x,x,x,x]\n" + bomb() + "services: {b: *i}\n");
    file("long.sh", "docker run " + "a".repeat(3_000_000) + "\n");
    file("large.sh", "docker run " + "a ".repeat(3_000_000) + "\n");
    file("deep.yml", "run: docker run\n" + "x: " + "[".repeat(5000));
    Audited run = gate();
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("nested too deeply").contains("larger than 4 MiB");
  }

  private static String bomb() {
    StringBuilder text = new StringBuilder();
    for (char c = 'b'; c <= 'i'; c++) {
      String before = "*" + (char) (c - 1);
      text.append(
          c
              + ": &"
              + c
              + " ["
              + String.join(
                  ",",
                  List.of(before, before, before, before, before, before, before, before, before))
              + "]\n");
    }
    return text.toString();
  }

  @Test
  void whatIsNamedMustBeThere() throws IOException {
    assertThat(Audited.run("gate", folder.resolve("nosuch").toString()).exit()).isEqualTo(3);
    Path other = file("notes.txt", "docker run --privileged app\n");
    Audited run = Audited.run("gate", other.toString());
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("of no kind in which containers are started");
    assertThat(gate().exit()).isZero();
  }

  @Test
  void markdownCountsOnlyWhereThatIsAskedFor() throws IOException {
    file("README.md", "Run it:\n\n```sh\n$ docker run --privileged app\n```\n");
    assertThat(gate().exit()).isZero();
    assertThat(gate("--markdown").out()).contains("README.md:4:14: ");
  }

  @Test
  void profilesOfComposeChooseServices() throws IOException {
    file("compose.yaml", "services:\n  a: {image: x, profiles: [dev], privileged: true}\n");
    assertThat(gate().exit()).isEqualTo(1);
    assertThat(gate("--compose-profile", "prod").exit()).isZero();
    assertThat(gate("--compose-profile", "dev").exit()).isEqualTo(1);
  }

  @Test
  void theDaemonsConfigurationIsJudgedAndCounts() throws IOException {
    file("run.sh", "docker run app\n");
    String rule = "container-no-new-privileges";
    assertThat(gate("--strict", "-o", "json").out()).contains(rule);
    file("docker/daemon.json", "{\n  \"no-new-privileges\": true,\n  \"icc\": true\n}\n");
    Audited run = gate("--strict", "--show", "all", "-o", "json");
    assertThat(run.verdict(rule, "app (" + folder + "/run.sh:1)")).startsWith("pass");
    assertThat(gate("--fail-on", "medium").out())
        .contains("daemon.json:3:3: \"icc\": true\n")
        .contains("^~~~~ medium daemon-icc: ");
    file("docker/daemon.json", "{\n  \"icc\": tru\n}\n");
    Audited broken = gate();
    assertThat(broken.exit()).isEqualTo(3);
    assertThat(broken.err()).contains("daemon.json:2:").contains("not JSON");
  }

  @Test
  void whatInspectPrintedIsJudgedAtItsFields() throws IOException {
    Path saved =
        file(
            "saved/inspect.json",
            """
            [ {"Id": "c0ffee", "Name": "/web", "State": {"Status": "running", "Pid": 42},
               "Config": {"Image": "app"},
               "Mounts": [{"Type": "bind", "Source": "/etc", "Destination": "/x", "RW": true}],
               "HostConfig": {
                 "NetworkMode": "host",
                 "Binds": ["/etc:/x"],
                 "CapAdd": ["CHOWN", "CAP_SYS_ADMIN"],
                 "Privileged": false}} ]
            """);
    Audited run = gate();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains(saved + ":5:6: \"NetworkMode\": \"host\",\n")
        .contains("^~~~~~~~~~~~~ high container-host-network")
        .contains(saved + ":7:26: ")
        .contains("can hold SYS_ADMIN")
        .contains("reaches /etc of the host")
        .contains("1 container, 3 findings");
    file("saved/inspect.json", "[ {\"HostConfig\": {]");
    assertThat(gate().exit()).isEqualTo(3);
    file("saved/inspect.json", "[ {\"a\": {]");
    assertThat(gate().exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.sh|DOCKER=$(command -v docker)\n$DOCKER run --pid host a\n",
        "run.sh|$(which podman) run --pid host a\n",
        "ci.yml|steps:\n- commands: [docker run --pid host a]\n---\nkind: secret\n",
        "ci.yml|spec: {inputs: {}}\n---\njob: {script: [docker run --pid host a]}\n",
        "azure-pipelines.yml|variables:\n- {name: o, value: --pid host}\nsteps:\n- script: docker run $(o) a\n",
        "Taskfile.yml|tasks:\n  a: docker run --pid host a\n",
        "Taskfile.yml|tasks:\n  a:\n    cmds: [{defer: docker run --pid host a}]\n"
      })
  void isFound(String given) throws IOException {
    String[] halves = given.split("\\|", 2);
    file(halves[0], halves[1]);
    Audited run = gate();
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.out()).contains("container-host-pid").contains("1 container, 1 finding\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-v \"$PWD/..:/src\"", "-v ..:/src", "-v $(pwd)/../..:/src", "--cap-add CHOWN"})
  void isNothing(String flags) throws IOException {
    file("run.sh", "docker run " + flags + " a\n");
    Audited run = gate();
    assertThat(run.exit()).as(run.out()).isZero();
  }

  @Test
  void whatElseIsInAFileThatCannotBeReadWhollyIsFound() throws IOException {
    file(
        "compose.yaml",
        "services:\n  a: {image: x, privileged: true}\n  b: {extends: {file: nosuch.yml, service: b}}\n");
    Audited run = gate();
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).contains("container-privileged");
    assertThat(run.err()).containsOnlyOnce("cannot read nosuch.yml");
  }

  @Test
  void aNamedLinkIsEntered() throws IOException {
    file("real/run.sh", "docker run --privileged a\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    Audited run = Audited.run("gate", link.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("link/run.sh:1:12: ");
  }

  @Test
  void variablesBesideAComposeFileCount() throws IOException {
    file("compose.yaml", "services:\n  a: {image: x, network_mode: '${N}', pid: '${P}'}\n");
    file(".env", "\uFEFFN=host # the host\nP=\"host\" # too\n");
    assertThat(gate().out()).contains("container-host-network").contains("container-host-pid");
  }

  @Test
  void whatIsExtendedMayLieAboveWithinTheRepository() throws IOException {
    file(".git/HEAD", "ref: refs/heads/main\n");
    file("base.yml", "services:\n  b: {image: x, privileged: true}\n");
    file("deploy/compose.yml", "services:\n  a: {extends: {file: ../base.yml, service: b}}\n");
    Audited run = Audited.run("gate", folder.resolve("deploy").toString());
    assertThat(run.exit()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).contains("base.yml:2:17: ");
    file("deploy/compose.yml", "services:\n  a: {extends: {file: /etc/hosts, service: b}}\n");
    assertThat(gate().exit()).isEqualTo(3);
  }

  @Test
  void oneRunInALoopIsOne() throws IOException {
    file("run.sh", "for s in web db cache; do docker run --privileged $s; done\n");
    assertThat(gate().out()).contains("1 container, 1 finding\n");
  }

  @Test
  void aCommentWaivesOneItem() throws IOException {
    String waiver = "# plimsoll: ignore container-host-network until 2027-01-31 -- it measures\n";
    String run = "docker run --net host \\\n  --pid host a\n";
    file("run.sh", waiver + run + run);
    Audited one = gate("-o", "json");
    assertThat(one.report().path("summary").path("waived").asInt()).isEqualTo(1);
    assertThat(one.out()).contains("it measures").contains("run.sh:1");
    file("run.sh", "docker run --net host a " + waiver);
    assertThat(gate().exit()).isZero();
    assertThat(gate().out()).contains("1 waived");
    assertThat(gate("--no-inline").exit()).isEqualTo(1);
    assertThat(gate("--no-inline").err()).contains("run.sh:1: this waives nothing: --no-inline");
    file(
        "compose.yaml",
        "services:\n  a:\n    image: x\n    " + waiver + "    network_mode: host\n");
    assertThat(gate().exit()).isZero();
    file("compose.yaml", "services:\n  " + waiver + "  a:\n    image: x\n    network_mode: host\n");
    assertThat(gate().exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ignore container-host-network|it is written:",
        "ignore container-host-network until 2027-01-31|it is written:",
        "ignore container-host-network until 2027-01-31 -- |it is written:",
        "ignore container-host-network until someday -- why|someday is no day",
        "ignore container-host-network until 2026-11-22 -- why|it expired on 2026-11-22",
        "ignore container-host-pid until 2027-01-31 -- why|container-host-pid does not fail in line 1",
        "ignore * until 2027-01-31 -- why|it is written:"
      })
  void aCommentThatIsNotRightWaivesNothing(String given) throws IOException {
    String[] halves = given.split("\\|");
    file("run.sh", "docker run --net host a # plimsoll: " + halves[0] + "\n");
    Audited run = gate();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("run.sh:1: this waives nothing").contains(halves[1]);
  }

  @Test
  void aConfigurationInTheRepositoryWaivesWhoeverOwnsIt() throws IOException {
    file("run.sh", "docker run --name probe --net host a\n");
    Path config =
        file(
            "plimsoll.yaml",
            """
            waivers:
              - rule: container-host-network
                container: probe
                reason: It measures the host's network.
                owner: ops@example.org
                expires: 2027-01-01
            """);
    Files.setAttribute(config, "unix:uid", 4321);
    assertThat(gate("--config", config.toString()).exit()).isZero();
  }

  @Test
  void fingerprintsSurviveMovedLinesAndOtherFindings() throws IOException {
    file("run.sh", "docker run --cap-add SYS_ADMIN --cap-add NET_ADMIN app\n");
    Set<String> before = fingerprints();
    file(
        "run.sh",
        "# x\n\ndocker run --rm --pid host \\\n --cap-add NET_ADMIN --cap-add=SYS_ADMIN app\n");
    Set<String> after = fingerprints();
    assertThat(before).hasSize(2);
    assertThat(after).hasSize(3).containsAll(before);
  }

  private Set<String> fingerprints() {
    return new HashSet<>(
        gate("-o", "json", "--only", "rule:container-dangerous*", "--only", "rule:container-host*")
            .report()
            .findValuesAsText("fingerprint"));
  }

  private String samples(String format) {
    return Audited.run(
            "gate", "-o", format, Project.root().resolve("samples/gate/more-scripts").toString())
        .out();
  }

  @Test
  void sarifIsValidAndFitForCodeScanning() throws IOException {
    String sarif = samples("sarif");
    try (InputStream in = Schema.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
              .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
      assertThat(schema.validate(sarif, InputFormat.JSON)).isEmpty();
      assertThat(schema.validate(sarif.replace("\"ruleIndex\"", "\"x\""), InputFormat.JSON))
          .isNotEmpty();
    }
    JsonNode run = MAPPER.readTree(sarif).path("runs").get(0);
    Set<String> identities = new HashSet<>();
    assertThat(run.path("results")).hasSizeGreaterThan(60);
    for (JsonNode result : run.path("results")) {
      JsonNode place = result.path("locations").get(0).path("physicalLocation");
      assertThat(place.path("artifactLocation").path("uri").asText()).isNotEmpty();
      assertThat(place.path("region").path("startLine").asInt()).isPositive();
      assertThat(place.path("region").path("endColumn").asInt())
          .isGreaterThan(place.path("region").path("startColumn").asInt());
      JsonNode rule =
          run.path("tool").path("driver").path("rules").get(result.path("ruleIndex").asInt());
      assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
      assertThat(Double.parseDouble(rule.path("properties").path("security-severity").asText()))
          .isPositive();
      identities.add(result.path("partialFingerprints").toString());
    }
    assertThat(identities).hasSameSizeAs(run.path("results"));
  }

  @Test
  void annotationsAndCodeQualityHaveTheirForm() throws IOException {
    assertThat(samples("github").lines())
        .hasSizeGreaterThan(60)
        .allMatch(line ->
            line.matches(
                "::(error|warning|notice) file=[^:,]+,line=\\d+,endLine=\\d+,col=\\d+,endColumn=\\d+,title=(container|build)-[a-z-]+::[a-z]+: .+"));
    Set<String> fingerprints = new HashSet<>();
    for (JsonNode issue : MAPPER.readTree(samples("codequality"))) {
      assertThat(issue.path("severity").asText())
          .isIn("info", "minor", "major", "critical", "blocker");
      assertThat(issue.path("location").path("lines").path("begin").asInt()).isPositive();
      assertThat(fingerprints.add(issue.path("fingerprint").asText())).isTrue();
    }
    assertThat(Audited.run("audit", "-o", "sarif").exit()).isEqualTo(2);
  }
}
