package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.read.Word;

class ConvertCommandTest {
  @TempDir Path folder;

  private static Audited convert(String line, String... options) {
    List<String> words = new ArrayList<>(List.of("convert"));
    words.addAll(Arrays.asList(options));
    Word.split(line).forEach(word -> words.add(word.text()));
    return Audited.run(words.toArray(String[]::new));
  }

  @Test
  void whatIsRefusedIsTakenOutAndWhatIsMissingIsAdded() {
    Audited converted =
        convert(
            "docker run -d --privileged -v /var/run/docker.sock:/s -v data:/data --user root -p 80:80"
                + " --name web nginx -g 'daemon off;'");
    assertThat(converted.exit()).isZero();
    assertThat(converted.out())
        .startsWith("docker run ")
        .contains(" --cap-drop ALL ", " --read-only ", " --user 65534:65534 ")
        .contains(" --volume data:/data ", " --publish 127.0.0.1:80:80 ", " --detach ")
        .endsWith(" --name web nginx -g 'daemon off;'\n")
        .doesNotContain("privileged")
        .doesNotContain("docker.sock");
    assertThat(converted.err())
        .contains("- --privileged  container-privileged: Leave out --privileged")
        .contains("- --volume /var/run/docker.sock:/s  container-engine-socket: ")
        .contains("- --user root  container-root-user: ")
        .contains("+ --cap-drop ALL  the profile restricted")
        .contains("~ the port 80:80 is published on 127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker run nginx",
        "docker run --rm -it --net=host --pid host --cap-add ALL alpine sh",
        "docker run -v /:/host -m 0 --pids-limit -1 --security-opt seccomp=unconfined x",
        "docker run --cap-drop CHOWN --tmpfs /tmp:exec --cpus 3 --log-driver none x"
      })
  void convertedOnceMoreNothingChanges(String line) {
    Audited once = convert(line);
    Audited twice = convert(once.out().strip());
    assertThat(twice.err()).isEmpty();
    assertThat(twice.out()).isEqualTo(once.out());
  }

  @Test
  void whatTheProgramNeedsIsLeftToLookAt() {
    Audited converted = convert("docker run -e PASSWORD=hunter2hunter2 x");
    assertThat(converted.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(converted.out()).contains("PASSWORD=hunter2hunter2");
    assertThat(converted.err()).contains("! container-secret-env: ").doesNotContain("hunter2");
  }

  @Test
  void aComposeFileSaysAllOfIt() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("compose.yaml"),
            """
            services:
              db:
                image: postgres
                privileged: true
                volumes: ["data:/d"]
              web:
                image: nginx
                network_mode: host
            volumes:
              data: {}
            """);
    Audited all = convert("", "--compose", file.toString());
    assertThat(all.exit()).as(all.err()).isZero();
    assertThat(all.out().lines()).hasSize(2);
    assertThat(all.out()).doesNotContain("network of the project");
    assertThat(all.err()).contains("web: - --network host  container-host-network");
    Audited one = convert("", "--compose", file.toString(), "--service", "db", "--to", "compose");
    assertThat(one.out())
        .contains("read_only: true", "no-new-privileges", "pids_limit: 256", "user: 65534:65534")
        .doesNotContain("privileged: true");
    // It says so itself: converted again, nothing is taken out and nothing is added.
    Path again = Files.writeString(folder.resolve("again.yaml"), one.out());
    assertThat(convert("", "--compose", again.toString()).err()).isEmpty();
    assertThat(convert("", "--compose", file.toString(), "--to", "compose").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(convert("", "--compose", file.toString(), "--service", "bd").err())
        .contains("did you mean db?");
  }

  @Test
  void aProfileIsOneThatSecureRunTakes() throws Exception {
    Audited converted =
        convert(
            "docker run --rm --name x -m 1g --cap-add NET_BIND_SERVICE --cap-add SYS_ADMIN nginx",
            "--to",
            "profile");
    assertThat(converted.out())
        .isEqualTo(
            """
            title: For app (nginx)
            extends: restricted
            flags:
              memory: 1g
              cap-add:
              - NET_BIND_SERVICE
            """);
    Path file = Files.writeString(folder.resolve("p.yaml"), converted.out());
    assertThat(convert("docker run y", "--profile", file.toString()).out())
        .contains("--memory 1g --memory-swap 1g")
        .contains("--cap-add NET_BIND_SERVICE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nginx", "docker run", "docker run --bogus x", "docker run -m x y"})
  void whatIsNoRunLineIsAUsageError(String line) {
    assertThat(convert(line).exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void profilesWithMistakesAreRefused() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("bad.yaml"),
            """
            title: Bad
            extends: restrictd
            refuse: hihg
            flags:
              cap-dorp: ALL
              memory: lots
              rm: true
              cpus: [1, 2]
            """);
    Audited refused = convert("docker run x", "--profile", file.toString());
    assertThat(refused.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(refused.err())
        .contains("bad.yaml:2:10: there is neither a profile nor a file restrictd; did you mean")
        .contains("bad.yaml:3:9: hihg is none of critical")
        .contains("bad.yaml:5:3: docker run has no flag --cap-dorp; did you mean cap-drop?")
        .contains("bad.yaml:6:11: docker would not take it: ")
        .contains("bad.yaml:7:3: --rm is about one run and has no place in a profile")
        .contains("bad.yaml:8:9: --cpus is given once");
    Path circle = folder.resolve("circle.yaml");
    Files.writeString(circle, "title: Round\nextends: circle.yaml\n");
    assertThat(convert("docker run x", "--profile", circle.toString()).err())
        .contains("extends itself");
  }
}
