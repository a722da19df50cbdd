package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code plimsoll gate} on files that scripts write, and on what repeats itself. */
class GateWrittenTest extends GateInFolder {

  @Test
  void filesThatAScriptWritesAreJudgedWhereTheyStandInIt() throws IOException {
    Path script =
        file(
            "setup.sh",
            """
            #!/bin/bash
            OPTS="--privileged --net=host"
            cat > docker-compose.yml <<EOF
            services:
              web:
                image: app:${TAG:-1}
                privileged: true
                user: "$(id -u):$(id -g)"
                environment: ["HOME=\\${HOME}", "X=${Y%%.*}", "N=$1", "P=`pwd`"]
                volumes: [/var/run/docker.sock:/s]
            EOF
            docker-compose up -d
            sudo tee /etc/systemd/system/app.service <<EOF >/dev/null
            [Service]
            ExecStart=/usr/bin/docker run $OPTS \\
              --pid host app
            EOF
            cat <<'EOF' | sudo tee "$UNIT"
            [Service]
            ExecStart=/usr/bin/docker run $OPTS --ipc host app
            EOF
            if true; then
            \tcat <<-EOF > compose.yaml
            \t\tservices:
            \t\t  t: {image: x, uts: host}
            \tEOF
            fi
            cat <<EOF
            usage: docker run --privileged
            services:
              a: {image: x, privileged: true}
            EOF
            """);
    Path workflow =
        file(
            ".github/workflows/x.yml",
            """
            jobs:
              a:
                runs-on: x
                steps:
                  - run: |
                      cat > compose.yaml <<EOF
                      services:
                        web:
                          image: app
                          network_mode: host
                      EOF
                      docker compose up -d
            """);
    Audited gated = gate();
    assertThat(gated.err()).isEmpty();
    assertThat(gated.out())
        .contains(script + ":2:7: ")
        .contains(script + ":2:20: ")
        .contains(script + ":7:5: privileged: true\n")
        .contains(script + ":10:15: ")
        .contains(script + ":16:3: --pid host app\n")
        .contains(script + ":20:37: ")
        .contains(script + ":25:19: t: {image: x, uts: host}\n")
        .contains(workflow + ":10:15: network_mode: host\n")
        .contains("5 containers, 8 findings");
    assertThat(gate("-o", "json").verdict("container-root-user", "web")).startsWith("unknown");
  }

  @Test
  void whatLiesBesideAComposeFileThatAScriptWritesIsOpen() throws IOException {
    file(
        "setup.sh",
        "cat > deploy/compose.yaml <<X\nservices:\n"
            + "  a: {image: x, privileged: true, extends: {file: gone.yaml, service: b}}\nX\n");
    Audited gated = gate();
    assertThat(gated.exit()).isEqualTo(1);
    assertThat(gated.out()).contains("setup.sh:3:17: ");
    assertThat(gated.err()).contains("setup.sh:3:").contains("cannot read gone.yaml");
  }

  @Test
  void aScriptThatWritesComposeFilesWithoutEndIsRefused() throws IOException {
    String one = "cat > compose.yaml <<X\nservices: {a: {image: x, pid: host}}\nX\n";
    Path script = file("x.sh", one.repeat(51));
    Audited gated = gate();
    assertThat(gated.exit()).isEqualTo(3);
    assertThat(gated.err()).contains(script + ":152:1: it writes too many compose files\n");
  }

  @Test
  void whatDoublesItselfEnds() throws IOException {
    file("Makefile", "X := --rm\n" + "X := $(X) $(X)\n".repeat(60) + "x:\n\tdocker run $(X) a\n");
    file("x.sh", "X=a\n" + "printf -v X '%s %s' \"$X\" \"$X\"\n".repeat(60) + "docker run $X a\n");
    StringBuilder refers = new StringBuilder(".r0: {script: [docker run a]}\n");
    for (int i = 1; i < 40; i++) {
      String one = "!reference [.r" + (i - 1) + ", script]";
      refers.append(".r" + i + ":\n  script:\n    - " + one + "\n    - " + one + "\n");
    }
    file(".gitlab-ci.yml", refers.toString());
    assertThat(gate().exit()).isIn(0, 3);
  }

  @Test
  void manyServicesMayTakeFromOneAnchor() throws IOException {
    StringBuilder text = new StringBuilder("x-a: &a {restart: always}\nservices:\n");
    for (int i = 0; i < 200; i++) {
      text.append("  s").append(i).append(": {<<: *a, image: x}\n");
    }
    file("compose.yaml", text + "  last: {<<: *a, image: x, pid: host}\n");
    assertThat(gate().out()).contains("compose.yaml:203:").contains("201 containers, 1 finding");
  }
}
