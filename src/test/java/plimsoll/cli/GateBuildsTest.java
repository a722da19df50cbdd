package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code plimsoll gate} on what has images built. */
class GateBuildsTest extends GateInFolder {

  @Test
  void eachFindingStandsAtItsWord() throws IOException {
    Path file =
        file(
            "Dockerfile",
            "FROM debian:12\nENV COLOUR=blue \\\n    API_TOKEN=abcdefgh\nRUN apt-get update && \\\n"
                + "  # a comment\n  curl -k https://get.example/i.sh | sh\nUSER root\n");
    Audited run = gate();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains(file + ":3:5: API_TOKEN=abcdefgh\n")
        .contains("high build-secret-env: ")
        .contains(file + ":6:8: curl -k https://get.example/i.sh | sh\n")
        .contains("medium build-pipe-to-shell: ")
        .contains("medium build-unverified-download: ")
        .contains(file + ":7:6: root\n".replace("root", "USER root"))
        .endsWith("1 image built, 4 findings; below medium: 1 info (--show all)\n");
  }

  @Test
  void whatNobodyWroteCountsOnlyWhereThatIsAskedFor() throws IOException {
    file("Dockerfile", "FROM scratch\nCOPY tool /\n");
    assertThat(gate("--fail-on", "info").exit()).isZero();
    Audited strict = gate("--strict", "--show", "all", "--fail-on", "low");
    assertThat(strict.exit()).isEqualTo(1);
    assertThat(strict.out()).contains("build-root-user").contains("build-no-health-check");
  }

  @Test
  void aUserThatIsKnownOnlyWhenItIsBuiltIsUnknown() throws IOException {
    file("Dockerfile", "FROM a@sha256:" + "0".repeat(64) + "\nARG WHO\nUSER $WHO\n");
    Audited run = gate("--show", "all");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("build-root-user: cannot tell: the user $WHO is known only when it is built");
    assertThat(gate("--fail-on-unknown", "--fail-on", "medium").exit()).isEqualTo(1);
  }

  @Test
  void composeFilesHaveImagesBuiltAsWell() throws IOException {
    Path file =
        file(
            "compose.yaml",
            "services:\n  web:\n    build:\n      context: .\n      privileged: true\n"
                + "      network: host\n      entitlements: [security.insecure, network.host]\n"
                + "      args:\n        API_TOKEN: abcdefgh\n        COLOUR: blue\n"
                + "        NPM_TOKEN: ${NPM_TOKEN}\n  job:\n    build:\n"
                + "      dockerfile_inline: |\n        FROM alpine\n        RUN wget -qO- https://get.example | sh\n"
                + "        USER root\n  plain:\n    build: ./plain\n");
    Audited run = gate("--only", "rule:build-*");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains(file + ":5:19: privileged: true\n")
        .contains(file + ":6:16: network: host\n")
        .contains(file + ":7:22: entitlements: [security.insecure, network.host]\n")
        .contains(file + ":7:41: entitlements: [security.insecure, network.host]\n")
        .contains(file + ":9:20: API_TOKEN: abcdefgh\n")
        .contains(file + ":11:20: NPM_TOKEN: ${NPM_TOKEN}\n")
        .contains(file + ":16:13: RUN wget -qO- https://get.example | sh\n")
        .contains(file + ":17:14: USER root\n");
  }

  @Test
  void aCommentAboveAnInstructionWaivesWhatIsWrongWithIt() throws IOException {
    file(
        "Dockerfile",
        "FROM a@sha256:"
            + "0".repeat(64)
            + "\n# plimsoll: ignore build-unverified-download until 2999-01-31 -- own network\n"
            + "RUN apk add curl && \\\n    curl -k https://files.example/t -o t\nUSER app\n");
    Audited run = gate("--fail-on", "medium");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("1 waived");
  }

  @Test
  void whatDockerWouldNotBuildIsNoPass() throws IOException {
    Path file = file("Dockerfile", "FROM alpine\nRUNN true\n");
    Audited run = gate();
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains(file + ":2:1: there is no instruction RUNN");
  }

  @Test
  void templatesAndFilesOfTheSameNameAreNone() throws IOException {
    file("Dockerfile.j2", "FROM alpine\n{% if x %}\nUSER root\n{% endif %}\n");
    file("dockerfile.go", "package dockerfile\n");
    file("Dockerfile.md", "# How it is built\n");
    Audited run = gate();
    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .contains("Dockerfile.j2: not looked through: there is no instruction {%")
        .doesNotContain("dockerfile.go")
        .doesNotContain("Dockerfile.md");
  }

  @Test
  void commandsOfWindowsAreNotFollowed() throws IOException {
    file(
        "Dockerfile",
        "# escape=`\nFROM servercore\nSHELL [\"powershell\", \"-Command\"]\n"
            + "RUN $x = 'it''s; Write-Host \"$x\"\nUSER ContainerUser\n");
    Audited run = gate("--show", "all");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("are for a shell of Windows");
  }
}
