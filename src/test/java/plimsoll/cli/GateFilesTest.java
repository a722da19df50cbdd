package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code plimsoll gate} on files that take others in, or belong together. */
class GateFilesTest extends GateInFolder {

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
  void aClientThatAnotherFileNamesIsCalledHere() throws IOException {
    Path lib = file("lib.sh", "RUN='docker run --privileged'\nALL='--pid host app'\n");
    Path run = file("run.sh", ". ./lib.sh\n$RUN app\neval \"$RUN --ipc=host $ALL\"\n");
    file("other.sh", ". ./lib.sh\nstart() {\n  $RUN $ALL\n}\nstart\n");
    Audited gated = gate();
    assertThat(gated.out())
        .contains(lib + ":1:17: RUN='docker run --privileged'\n")
        .contains("runs privileged (reaches the run in " + folder + "/other.sh:3, and 2 more)")
        .contains(lib + ":2:6: ALL='--pid host app'\n")
        .contains(run + ":3:12: eval \"$RUN --ipc=host $ALL\"\n")
        .endsWith("3 containers, 6 findings\n");
  }

  @Test
  void makefilesTakeOthersIn() throws IOException {
    Path common =
        file(
            "mk/common.mk",
            "RUN := docker run --privileged\nFLAGS = --net=host\nlint:\n\tdocker run $(IPC) lint\n");
    Path env = file(".env", "OPTS=--cap-add SYS_ADMIN\n");
    Path make =
        file(
            "Makefile",
            """
            MK = mk
            include $(MK)/common.mk mk/gone.mk
            -include .env
            IPC = --ipc=host
            ifdef DEBUG
            include debug.mk
            endif
            run: ; $(RUN) $(FLAGS) web
            more:
            \tdocker run $(OPTS) web
            """);
    Path debug = file("debug.mk", "include Makefile\nFLAGS += --pid=host\n");
    Audited gated = gate();
    assertThat(gated.out())
        .contains(common + ":1:19: RUN := docker run --privileged\n")
        .contains("runs privileged (reaches the run in " + make + ":8)")
        .contains(common + ":2:9: FLAGS = --net=host\n")
        .contains(env + ":1:6: OPTS=--cap-add SYS_ADMIN\n")
        .contains(make + ":4:7: IPC = --ipc=host\n")
        .contains(debug + ":2:10: FLAGS += --pid=host\n")
        .contains("PID namespace (reaches the run in " + make + ":8, on a branch only");
  }

  @Test
  void aJobOfGitlabHasWhatItExtends() throws IOException {
    Path file =
        file(
            ".gitlab-ci.yml",
            """
            .net: {variables: {NET: host}}
            .base:
              extends: .net
              variables: {OPTS: --rm, IMAGE: app}
              before_script: ["export PID=host"]
              script: ["docker run $OPTS --network $NET --pid $PID $IMAGE"]
            own: {extends: .base, variables: {OPTS: --privileged}}
            several:
              extends: [.base, .last]
              variables: {}
            .last: {script: ["docker run --ipc host $IMAGE"]}
            circle: {extends: circle, script: ["docker run a"]}
            """);
    assertThat(gate().out())
        .contains(file + ":6:30: ")
        .contains(file + ":6:45: ")
        .contains(file + ":7:41: ")
        .contains(file + ":11:30: ")
        .contains("3 containers, 4 findings");
  }

  @Test
  void whatSeveralTakeFromOnePlaceIsSaidOnce() throws IOException {
    Path file =
        file(
            "compose.yaml",
            """
            x-common: &common
              image: app
              privileged: true
            services:
              a: *common
              b: {<<: *common, pid: host}
              c: *common
            """);
    Audited gated = gate();
    assertThat(gated.out().lines())
        .hasSize(5)
        .anyMatch(line ->
            line.endsWith(
                "^~~~~~~~~~ critical container-privileged: runs privileged"
                    + " (for the service a, and 2 more)"))
        .contains("3 containers, 4 findings");
    assertThat(gate("-o", "github").out().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("::error file=" + file + ",line=3,"));
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
        .endsWith("1 container, 1 finding; below medium: 1 low (--show all)\n");
  }

  @Test
  void waiversSpeakOfFiles() throws IOException {
    file("deploy/a.sh", "docker run --name a --privileged app\n");
    file("deploy/old/b.sh", "docker run --name b --privileged app\n");
    file("Dockerfile", "FROM alpine:3\nENV DB_PASSWORD=hunter2hunter\n");
    assertThat(waived("path: '" + folder + "/deploy/*'")).containsExactly("a");
    assertThat(waived("path: '" + folder + "/deploy/**'")).containsExactly("a", "b");
    assertThat(waived("path: '" + folder + "/**/b.sh'")).containsExactly("b");
    assertThat(waived("path: '" + folder + "/**'\n    container: a")).containsExactly("a");
    assertThat(waived("path: '" + folder + "/Dockerfile'")).containsExactly(folder + "/Dockerfile");
    assertThat(waived("path: '" + folder + "/Dockerfile'\n    container: a")).isEmpty();
    assertThat(gate("--config", waivers("path: deploy/").toString()).err())
        .contains("plimsoll.yaml:3:11: a path names files as findings do");
  }

  private Path waivers(String target) throws IOException {
    return Files.writeString(
        folder.resolve("plimsoll.yaml"),
        "waivers:\n  - rule: '*-*'\n    "
            + target
            + "\n    reason: it is a test\n    owner: me\n    expires: 2099-01-01\n");
  }

  /** The names of what a waiver waives. */
  private List<String> waived(String target) throws IOException {
    Audited gated =
        gate("--config", waivers(target).toString(), "--show", "all", "--output", "json");
    List<String> names = new ArrayList<>();
    for (JsonNode finding : gated.report().path("findings")) {
      if (finding.path("verdict").asText().equals("waived")) {
        names.add(finding.path("subject").path("name").asText());
      }
    }
    return names.stream().distinct().sorted().toList();
  }

  @Test
  void anOverrideReplacesResetsAndMountsAtTheSamePlace() throws IOException {
    file(
        "compose.yaml",
        """
        services:
          a:
            image: x
            pid: host
            devices: [/dev/kvm, /dev/fuse:/dev/f]
            cap_add: [SYS_ADMIN]
            volumes: ["/etc/:/etc/", "/boot:/b:ro", "/sys"]
          b: {image: x, privileged: true}
        """);
    Path over =
        file(
            "compose.override.yaml",
            """
            services:
              a:
                pid: !reset null
                ipc: !reset null
                devices: [/dev/null:/dev/kvm]
                cap_add: !override [SYS_TIME]
                volumes: [./x:/etc, {type: bind, source: /srv, target: /b}]
              b: !reset null
            """);
    assertThat(gate().out())
        .contains("has /dev/fuse")
        .contains(over + ":6:25: cap_add: !override [SYS_TIME]")
        .endsWith("1 container, 2 findings\n");
  }

  @Test
  void namespacesAreThoseOfContainersByTheirNames() throws IOException {
    file(
        "compose.yaml",
        """
        services:
          a: {image: x, container_name: edge, network_mode: host}
          b: {image: x, network_mode: "container:edge"}
          c: {image: x, pid: "container:edge"}
        """);
    file("run.sh", "docker run -d --name web --pid host a\ndocker run --pid container:web b\n");
    assertThat(gate().out())
        .contains("compose.yaml:3:17: ")
        .contains("run.sh:2:12: ")
        .endsWith("5 containers, 7 findings\n");
  }

  @Test
  void secretsAndConfigsMayBeFilesOfTheHost() throws IOException {
    file(
        "compose.yaml",
        """
        services:
          a:
            image: x
            secrets: [own, shadow]
            configs:
              - {source: sock, target: /s}
              - inline
        secrets:
          own: {file: secrets/own.txt}
          shadow: {file: /etc/shadow}
        configs:
          sock: {file: /run/docker.sock}
          inline: {content: x}
        """);
    assertThat(gate().out())
        .contains("compose.yaml:4:20: ")
        .contains("reaches /etc/shadow of the host")
        .contains("compose.yaml:6:9: ")
        .contains("reaches the engine's socket /run/docker.sock")
        .endsWith("1 container, 2 findings\n");
  }

  @Test
  void whatOfAPathIsKnownIsJudged() throws IOException {
    file(
        "run.sh",
        """
        K=$(uname -r)
        docker run -v "/lib/modules/$K:/lib/modules/$K:ro" a
        docker run --mount "type=bind,source=/boot/$K,target=/x,readonly" a
        docker run -v "/srv/$K:/x" -v "$K:/y" -v "/$K/etc:/z" a
        docker run -v "/etc/ssl/certs:/x:$K" a
        docker run --device "$D" --device /dev/kvm a
        """);
    Audited gated = gate();
    assertThat(gated.out())
        .contains("reaches /lib/modules/$(...) of the host")
        .contains("reaches /boot/$(...) of the host")
        .contains("has /dev/kvm")
        .doesNotContain("unresolved")
        .contains("5 containers, 3 findings; ");
  }

  @Test
  void aHashBeginsACommentInAScriptAndIsAPromptInASession() throws IOException {
    file("a.md", "```sh\n# docker run --privileged a\n$ docker run --pid host a\n```\n");
    file("b.md", "```console\n# docker run --privileged a\n```\n");
    assertThat(gate("--markdown").out()).endsWith("2 containers, 2 findings\n");
  }

  @Test
  void whatMakeSetsForOneTargetIsOnlyOneOfItsValues() throws IOException {
    file(
        "Makefile",
        "RUN = docker run $(X) app\nrun:\n\t$(RUN)\na: X := --privileged\na:\n\t$(RUN)\n"
            + "b: X += --pid host\nb:\n\t$(RUN)\n");
    Audited gated = gate();
    assertThat(gated.out())
        .contains("Makefile:4:9: a: X := --privileged")
        .contains("Makefile:7:9: b: X += --pid host");
  }

  @Test
  void optionsHaveEachValueOfAMatrix() throws IOException {
    file(
        ".github/workflows/x.yml",
        """
        jobs:
          a:
            runs-on: x
            strategy:
              matrix:
                include:
                  - {name: a, opts: --cpus 1}
                  - {name: b, opts: --privileged}
            container: {image: x, options: "${{ matrix.opts }}"}
            steps: []
        """);
    file(
        ".circleci/config.yml",
        "jobs:\n  a:\n    steps:\n      - run: |\n          cat \\<<X\n          docker run --pid host a\n"
            + "          X\n");
    assertThat(gate().out()).contains("x.yml:8:29: ").endsWith("2 containers, 1 finding\n");
  }

  @Test
  void inspectWithoutMountsIsJudgedByWhatWasAskedFor() throws IOException {
    file(
        "inspect.json",
        """
        [{"Id": "1", "Name": "/a", "Config": {"Image": "x"},
          "HostConfig": {
            "Binds": ["data:/d",
              "/etc:/e"],
            "Devices": [{"PathOnHost": "/dev/null"},
              {"PathOnHost": "/dev/kvm"}]}}]
        """);
    assertThat(gate().out()).contains("inspect.json:4:7: ").contains("inspect.json:6:7: ");
  }
}
