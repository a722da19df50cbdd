package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plimsoll.read.Word;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;

/**
 * The same run through the docker client that is found and through {@code secure-run --profile
 * none}, on the same engine: standard output and error, exit code and what inspect says are the
 * same.
 */
@NeedsEngine
@Tag("differential")
class SecureRunDifferentialTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.shared();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir static Path folder;

  /** What an invocation came to; each character of {@code out} is a byte. */
  private record Came(int exit, String out, String err) {}

  @BeforeAll
  static void prepare() throws IOException {
    engine.image();
    engine.tryDocker("network", "create", "diffnet");
    engine.tryDocker("create", "--name", "diffother", "-v", "/data", "busybox", "sleep", "1000");
    engine.tryDocker("start", "diffother");
    Files.writeString(folder.resolve("env"), "A=from file\n# no\nB=2\n");
    Files.writeString(folder.resolve("labels"), "l=1\n");
    Files.writeString(folder.resolve("taken"), "x");
  }

  static Stream<String> lines() {
    return Stream.of(
        // What comes out, and how it ends.
        "busybox echo hello",
        "busybox sh -c 'echo out; echo err >&2; echo again; exit 7'",
        "busybox sh -c 'printf \"\\\\0\\\\377no newline\"'",
        "busybox sh -c 'kill -9 $$'",
        "busybox sh -c 'exit 255'",
        "busybox sh -c 'seq 1 20000'",
        "busybox sh -c 'seq 1 5000 >&2'",
        "--rm busybox echo gone",
        "--rm busybox false",
        "busybox true",
        "busybox",
        "--entrypoint echo busybox a 'b c' ''",
        "--entrypoint '' busybox echo x",
        // Streams.
        "-i busybox cat",
        "-i busybox sh -c 'cat | wc -c'",
        "-i --rm busybox sh -c 'read a; echo $a; exec 0<&-; sleep 0.2; echo late'",
        "busybox cat",
        "-a stdout busybox sh -c 'echo out; echo err >&2'",
        "-a stderr busybox sh -c 'echo out; echo err >&2'",
        "-a stdin -a stdout -i busybox cat",
        "-t busybox sh -c 'echo tty; tty >/dev/null && echo yes'",
        "-it busybox true",
        "-d busybox sleep 0.1",
        "-d --rm busybox true",
        // What cannot be started.
        "busybox nosuchprogram",
        "busybox /etc",
        "busybox /etc/passwd",
        "--workdir /a/b busybox pwd",
        "--user nobody-here busybox true",
        "--pull never nosuchimage true",
        "--pull sometimes busybox true",
        "--pull always nosuchimage true",
        "-q nosuchimage true",
        "--memory-swap 1k busybox true",
        "--memory 1k busybox true",
        "--network nosuchnet busybox true",
        "--volumes-from nobody busybox true",
        "--runtime nosuch busybox true",
        "--device /dev/nosuch busybox true",
        "--gpus all busybox true",
        "--ip 10.1.2.3 busybox true",
        "--storage-opt size=1g busybox true",
        "--log-driver nosuch busybox true",
        "--name 'not/good' busybox true",
        "--platform nosuch/arch busybox true",
        "--cidfile {}/taken busybox true",
        "--cidfile {}/nosuch/cid busybox true",
        "'' true",
        // What the client refuses.
        "--bogus busybox",
        "--memory many busybox",
        "--rm --restart always busybox",
        "-d -a stdout busybox",
        "--env-file {}/nosuch busybox",
        "-p 1:2:3:4 busybox",
        "--pid nowhere busybox",
        "-v a:b:c:d busybox",
        "--health-cmd x --no-healthcheck busybox",
        // What it is made with.
        "-e A=1 -e HOME -e B= busybox sh -c 'echo $A$B'",
        "--env-file {}/env busybox sh -c 'echo $A $B'",
        "--label a=b --label-file {}/labels busybox true",
        "--cidfile {}/cid-@ busybox true",
        "--hostname box --domainname example busybox hostname",
        "--add-host x:1.2.3.4 --dns 1.2.3.4 --dns-search e.org --dns-option ndots:1 busybox sh -c 'cat /etc/resolv.conf; grep x /etc/hosts'",
        "--user app --group-add 1234 busybox id",
        "--cap-drop all --cap-add chown busybox grep Cap /proc/self/status",
        "--security-opt no-new-privileges --security-opt seccomp=unconfined busybox grep -E 'NoNew|Seccomp:' /proc/self/status",
        "--read-only --tmpfs /tmp:size=1m busybox sh -c 'touch /tmp/x && touch /x'",
        "-v diffvolume:/v:ro -v /w busybox sh -c 'grep -c \" /[vw] \" /proc/mounts'",
        "-v {}:/f:ro busybox ls /f/env",
        "--mount type=bind,src={},dst=/f,readonly --mount type=tmpfs,dst=/t busybox ls /f/env",
        "--volumes-from diffother:ro busybox ls -d /data",
        "--network diffnet --network-alias al busybox true",
        "--network container:diffother busybox true",
        "--network none busybox ls /sys/class/net",
        "-p 127.0.0.1:0:80 -p 90-91 --expose 99/udp busybox true",
        "-P --expose 80 busybox true",
        "--memory 64m --memory-swap 64m --memory-reservation 32m --cpus 0.5 --cpu-shares 100 --pids-limit 50 busybox true",
        "--ulimit nofile=100:200 --ulimit core=0 --shm-size 8m busybox sh -c 'ulimit -n; df -k /dev/shm | tail -n 1'",
        "--sysctl net.ipv4.ip_forward=0 --oom-score-adj 100 busybox cat /proc/self/oom_score_adj",
        "--pid host --ipc host --uts host --cgroupns host busybox true",
        "--pid container:diffother --ipc shareable busybox true",
        "--init busybox sh -c 'cat /proc/1/comm'",
        "--stop-signal USR1 --stop-timeout 3 busybox true",
        "--health-cmd true --health-interval 1h --health-retries 2 busybox true",
        "--log-driver json-file --log-opt max-size=1m busybox true",
        "--log-driver none busybox echo unlogged",
        "--device /dev/null:/dev/x:r --device-cgroup-rule 'c 1:3 r' busybox ls -l /dev/x",
        "--restart on-failure:1 busybox true",
        "--annotation a=b busybox true",
        "--blkio-weight 300 --device-read-bps /dev/null:1mb busybox true",
        "--link diffother:o busybox sh -c 'grep -c o /etc/hosts >/dev/null; echo $?'");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void isAsWithDocker(String line) throws Exception {
    String text = line.replace("{}", folder.toString());
    byte[] input = "one\ntwo\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    Came docker = docker(words(text.replace("@", "d"), "diff-docker"), input);
    JsonNode dockers = inspect("diff-docker");
    Came ours = ours(words(text.replace("@", "o"), "diff-ours"), input);
    JsonNode own = inspect("diff-ours");
    assertThat(ours.exit()).as(ours.err() + "\ndocker: " + docker.err()).isEqualTo(docker.exit());
    assertThat(hideIds(ours.out())).isEqualTo(hideIds(docker.out()));
    if (ours.err().contains("plimsoll: ")) {
      // Each in its own words, for what went wrong before the program.
      assertThat(ours.exit()).isIn(1, 125, 126, 127);
      assertThat(docker.err()).isNotEmpty();
    } else {
      assertThat(ours.err()).isEqualTo(docker.err());
    }
    assertThat(own).isEqualTo(dockers);
  }

  @Test
  void binaryInputComesOutAsItWentIn() throws Exception {
    byte[] input = new byte[3_000_000];
    new Random(1).nextBytes(input);
    Came ours = ours(List.of("--profile", "none", "--rm", "-i", "busybox", "cat"), input);
    assertThat(ours.exit()).as(ours.err()).isZero();
    assertThat(ours.out().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(input);
  }

  private static List<String> words(String line, String name) {
    List<String> words = new ArrayList<>();
    if (!line.contains("--name ")) {
      words.addAll(List.of("--name", name));
    }
    Word.split(line).forEach(word -> words.add(word.text()));
    return words;
  }

  private static String hideIds(String out) {
    return out.replaceAll("[0-9a-f]{64}", "ID");
  }

  private static Came docker(List<String> words, byte[] input) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker", "-H", engine.host(), "run"));
    command.addAll(words);
    Path in = Files.write(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("DOCKER_CONFIG", engine.root().resolve("client").toString());
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("docker does not end: " + words);
    }
    return new Came(
        process.exitValue(),
        Files.readString(out, StandardCharsets.ISO_8859_1),
        Files.readString(err));
  }

  private static Came ours(List<String> words, byte[] input) {
    List<String> arguments = new ArrayList<>(List.of("secure-run", "--host", engine.host()));
    if (!words.contains("--profile")) {
      arguments.addAll(List.of("--profile", "none"));
    }
    arguments.addAll(words);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> environment =
        Map.of(
            "HOME",
            System.getenv().getOrDefault("HOME", "/"),
            "DOCKER_CONFIG",
            engine.root().resolve("client").toString());
    int exit =
        Main.run(
            new Edges(
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                Path.of("/"),
                Audited.CLOCK,
                false,
                false,
                null),
            arguments.toArray(String[]::new));
    return new Came(
        exit, out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.UTF_8));
  }

  /** One that was left running ends when it will; one that is to be removed is, a moment later. */
  private static void settle(String name) throws InterruptedException {
    String format = "{{.State.Status}} {{.HostConfig.AutoRemove}}";
    for (int i = 0; i < 100; i++) {
      String state = engine.tryDocker("inspect", "-f", format, name).out().strip();
      if (state.isEmpty() || state.startsWith("created") || state.equals("exited false")) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** What the engine says of it, without what differs from one container to the next. */
  private static JsonNode inspect(String name) throws Exception {
    settle(name);
    var answer = engine.tryDocker("inspect", name);
    engine.tryDocker("rm", "-f", "-v", name);
    if (answer.exit() != 0) {
      return MAPPER.missingNode();
    }
    String id = MAPPER.readTree(answer.out()).get(0).path("Id").asText();
    String text =
        answer.out().replace(id, "ID").replace(id.substring(0, 12), "ID").replace(name, "NAME");
    ObjectNode tree = (ObjectNode) MAPPER.readTree(text).get(0);
    tree.remove(List.of("Created", "GraphDriver"));
    ((ObjectNode) tree.path("State")).remove(List.of("Pid", "StartedAt", "FinishedAt", "Health"));
    if (tree.path("State").path("Error").asText().length() > 0) {
      ((ObjectNode) tree.path("State")).put("Error", "some");
    }
    ((ObjectNode) tree.path("HostConfig")).remove("ContainerIDFile");
    hide(tree.path("NetworkSettings"));
    for (JsonNode mount : tree.path("Mounts")) {
      if (mount.path("Name").asText().matches("[0-9a-f]{64}")) {
        ((ObjectNode) mount).put("Name", "V").put("Source", "V");
      }
    }
    return sorted(tree);
  }

  /** Addresses and ids that the engine gives out in turn. */
  private static void hide(JsonNode network) {
    if (network instanceof ObjectNode object) {
      object.remove(
          List.of(
              "SandboxID",
              "SandboxKey",
              "EndpointID",
              "IPAddress",
              "MacAddress",
              "GlobalIPv6Address",
              "HostPort"));
    }
    network.forEach(SecureRunDifferentialTest::hide);
  }

  /** The engine has mounts and variables in no fixed order. */
  private static JsonNode sorted(ObjectNode tree) {
    for (JsonNode list : List.of(tree.path("Mounts"), tree.at("/Config/Env"))) {
      if (list instanceof ArrayNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        elements.sort(
            java.util.Comparator.comparing(
                each -> each.path("Destination").asText() + each.asText()));
        array.removeAll().addAll(elements);
      }
    }
    return tree;
  }
}
