package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plimsoll gate} on files that take others in, or belong together. */
class GateFilesTest {

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Audited gate(String... more) {
    List<String> words = new ArrayList<>(List.of("gate"));
    words.addAll(List.of(more));
    words.add(folder.toString());
    return Audited.run(Map.of(), words.toArray(String[]::new));
  }

  @Test
  void flagsOfAFileThatIsTakenInStandThere() throws IOException {
    Path flags = file("lib/flags.sh", "# flags\nFLAGS=(\n  --privileged\n)\nUNUSED=--pid=host\n");
    Path run =
        file(
            "run.sh",
            "source \"$(dirname \"$0\")/lib/flags.sh\"\n\ndocker run \"${FLAGS[@]}\" app\n");
    Audited gated = gate();
    assertThat(gated.out())
        .contains(flags + ":3:3: --privileged\n")
        .contains("runs privileged (reaches the run in " + run + ":3)")
        .endsWith("1 container, 1 finding\n");
  }

  @Test
  void whatAFunctionOfAnotherFileIsHandedStandsHere() throws IOException {
    Path lib = file("ci/lib.sh", "start() {\n  docker run --network host \"$@\"\n}\n");
    Path run = file("ci/run.sh", "set -e\n. ./lib.sh\nstart --privileged app\n");
    Audited gated = gate();
    assertThat(gated.out())
        .contains(lib + ":2:14: docker run --network host \"$@\"\n")
        .contains(run + ":3:7: start --privileged app\n")
        .endsWith("2 containers, 2 findings\n");
  }

  @Test
  void filesAreTakenInFromWhereverTheScriptMayRun() throws IOException {
    file("env/prod.env", "NET=host\n");
    file(
        ".github/workflows/x.yml",
        "jobs:\n  a:\n    steps:\n      - run: |\n          . env/prod.env\n"
            + "          docker run --network $NET app\n");
    file(
        "deploy/here.sh",
        "D=$(cd \"$(dirname \"$0\")\" && pwd)\n. $D/../env/prod.env\ndocker run --net $NET a\n");
    file("deploy/there.sh", ". /etc/os-release\n. ~/x\n. $NOWHERE\n. gone.sh\ndocker run a\n");
    assertThat(gate().out()).endsWith("3 containers, 2 findings\n");
  }

  @Test
  void filesThatTakeEachOtherInEnd() throws IOException {
    file("a.sh", ". ./b.sh\ndocker run $X app\n");
    file("b.sh", ". ./a.sh\nX=--privileged\n");
    assertThat(gate().out()).endsWith("1 container, 1 finding\n");
  }

  @Test
  void aMistakeInAFileThatIsTakenInIsNamedThere() throws IOException {
    Path broken = file("b.sh", "docker run 'a\n");
    file("a.sh", ". ./b.sh\ndocker run --privileged app\n");
    Audited gated = gate();
    assertThat(gated.exit()).isEqualTo(3);
    assertThat(gated.err()).contains(broken + ":1:12: ").doesNotContain("a.sh:");
    assertThat(gated.out()).contains("runs privileged");
  }

  @Test
  void composeFilesThatACommandNamesTogetherAreOne() throws IOException {
    file("base.yml", "services:\n  web:\n    image: app\n    privileged: true\n");
    Path prod =
        file(
            "prod.yml",
            "services:\n  web:\n    image: app\n    privileged: false\n    pid: host\n");
    file("up.sh", "docker compose --env-file x -f base.yml --file=prod.yml up -d\n");
    Audited gated = gate();
    assertThat(gated.out())
        .contains(prod + ":5:5: pid: host\n")
        .as("the base may be started alone")
        .contains("runs privileged")
        .endsWith("2 findings\n");
  }

  @Test
  void composeFilesMayBeNamedTogetherByWhoeverAsks() throws IOException {
    Path base = file("base.yml", "services:\n  web:\n    image: app\n    pid: host\n");
    Path prod = file("prod.yml", "services:\n  web:\n    cap_add: [SYS_ADMIN]\n");
    Audited gated = Audited.run(Map.of(), "gate", "-f", base.toString(), "-f", prod.toString());
    assertThat(gated.exit()).isEqualTo(1);
    assertThat(gated.out())
        .contains(base + ":4:5: pid: host\n")
        .contains(prod + ":3:15: cap_add: [SYS_ADMIN]\n")
        .endsWith("1 container, 2 findings\n");
    assertThat(Audited.run(Map.of(), "gate", "-f", folder.resolve("no.yml").toString()).exit())
        .isEqualTo(3);
  }

  @Test
  void aNamespaceOfAnotherServiceIsFoundAtItsKey() throws IOException {
    Path compose =
        file(
            "compose.yaml",
            "services:\n  a:\n    image: app\n    pid: host\n  b:\n    image: app\n    pid: service:a\n");
    assertThat(gate().out())
        .contains(compose + ":4:5: pid: host\n")
        .contains(compose + ":7:5: pid: service:a\n");
  }

  @Test
  void privilegedHooksAreFound() throws IOException {
    Path compose =
        file(
            "compose.yaml",
            "services:\n  a:\n    image: app\n    post_start:\n      - command: x\n"
                + "        privileged: true\n      - command: y\n        user: root\n");
    assertThat(gate().out())
        .contains(compose + ":6:21: privileged: true\n")
        .contains("high container-exec-privileged")
        .endsWith("1 container, 1 finding\n");
  }
}
