package plimsoll.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.client.EnginePost;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;
import plimsoll.testing.Ran;

/**
 * The same lines through the real docker client and through our grammar, to the same engine: the
 * containers must be inspected alike, and what one refuses the other must refuse.
 */
@NeedsEngine
@Tag("differential")
class RunDifferentialTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.shared();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** One flag each, in its spellings, good and bad; {@code |} stands for a space inside a word. */
  private static final String[] FRAGMENTS = {
    "--add-host a:1.2.3.4",
    "--add-host a=1.2.3.4",
    "--add-host a",
    "--add-host a:host-gateway",
    "-a stdout",
    "-a STDERR -a stdin",
    "-a nowhere",
    "--blkio-weight 300",
    "--blkio-weight 70000",
    "--blkio-weight-device /dev/vda:200",
    "--cap-add SYS_PTRACE",
    "--cap-add sys_time --cap-add CAP_NET_ADMIN",
    "--cap-add ALL",
    "--cap-add NOPE",
    "--cap-drop ALL",
    "--cap-drop net_raw --cap-drop CAP_MKNOD",
    "--cgroup-parent /x",
    "--cgroupns host",
    "--cgroupns private",
    "--cgroupns other",
    "--cpu-period 50000 --cpu-quota 20000",
    "--cpu-quota -1",
    "--cpu-shares 512",
    "-c 512",
    "--cpus 1.5",
    "--cpus .25",
    "--cpus 1.23456789",
    "--cpus 1.2345678901",
    "--cpus many",
    "--cpuset-cpus 0",
    "--cpuset-cpus 0-1",
    "--cpuset-mems 0",
    "--device /dev/null",
    "--device /dev/null:/dev/x",
    "--device /dev/null:/dev/x:r",
    "--device /dev/null:rw",
    "--device /dev/null:/dev/x:rwx",
    "--device /dev/null:q:q:q",
    "--device-cgroup-rule c|1:3|rwm",
    "--device-cgroup-rule a|*:*|rwm",
    "--device-cgroup-rule nope",
    "--device-read-bps /dev/vda:1mb",
    "--device-write-bps /dev/vda:1024",
    "--device-read-bps x:1",
    "--device-read-iops /dev/vda:100",
    "--device-write-iops /dev/vda:-1",
    "--dns 1.1.1.1",
    "--dns-option ndots:2",
    "--dns-opt ndots:2",
    "--dns-search example.org",
    "--domainname d.example",
    "--entrypoint /bin/true",
    "--entrypoint=",
    "-e A=b",
    "-e A=b=c -e B=",
    "-e A=1 -e C=3 -e A=2",
    "--env COLOUR",
    "-e =x",
    "-e A=b|c",
    "--expose 80",
    "--expose 80-82/udp",
    "--expose 1:2",
    "--expose http",
    "--group-add 1000",
    "--group-add app --group-add 0",
    "--health-cmd true",
    "--health-cmd true --health-interval 1m30s --health-retries 3",
    "--health-timeout 1.5s --health-start-period 200ms",
    "--health-interval 5",
    "--no-healthcheck",
    "--no-healthcheck --health-cmd x",
    "--health-retries -1",
    "-h box",
    "--hostname box.example",
    "--init",
    "--init=false",
    "-i",
    "-it",
    "-itd",
    "-d -a stdout",
    "--ipc host",
    "--ipc private",
    "--ipc shareable",
    "--ipc none",
    "--ipc weird",
    "-l a=b",
    "--label a",
    "--label a=b=c -l d=",
    "--log-driver none",
    "--log-driver local",
    "--log-driver json-file --log-opt max-size=10m --log-opt max-file=3",
    "--log-opt max-size=10m",
    "--log-driver none --log-opt a=b",
    "--log-driver nope",
    "--mac-address 02:42:ac:11:00:07",
    "-m 64m",
    "--memory 64MB",
    "--memory 1.5g",
    "-m 67108864",
    "--memory 64mib",
    "-m lots",
    "-m 1k",
    "--memory 64m --memory-swap 128m",
    "-m 64m --memory-swap -1",
    "--memory-swap 64m",
    "--memory 64m --memory-reservation 32m",
    "--memory-swappiness 10",
    "--memory-swappiness 101",
    "--memory-swappiness -1",
    "--mount type=bind,source=/tmp,target=/t",
    "--mount type=bind,src=/tmp,dst=/t,readonly",
    "--mount type=bind,src=/tmp,dst=/t,ro=false",
    "--mount type=volume,src=v1,dst=/v",
    "--mount type=volume,dst=/v",
    "--mount src=v2,dst=/v,volume-nocopy",
    "--mount type=tmpfs,dst=/t",
    "--mount type=tmpfs,dst=/t,tmpfs-size=1m,tmpfs-mode=1770",
    "--mount type=bind,src=/tmp",
    "--mount type=bind,src=/no/such,dst=/t",
    "--mount type=bind,src=/tmp,dst=/t,bind-propagation=rslave",
    "--mount type=volume,dst=/v,volume-opt=type=tmpfs,volume-opt=device=tmpfs,volume-driver=local",
    "--mount type=bind,src=/tmp,dst=/t,volume-nocopy",
    "--mount type=odd,dst=/t",
    "--mount nonsense",
    "--mount type=bind,src=/tmp,dst=/t,colour=red",
    "--mount type=tmpfs,dst=/t,tmpfs-mode=9",
    "--network host",
    "--net none",
    "--network bridge",
    "--network nope",
    "--network name=bridge",
    "--network=",
    "--network-alias a",
    "--network container:nope",
    "--oom-kill-disable",
    "--oom-score-adj 100",
    "--oom-score-adj 2000",
    "--oom-score-adj=-5",
    "--pid host",
    "--pid container:nope",
    "--pid nope",
    "--pids-limit 100",
    "--pids-limit -1",
    "--pids-limit 0",
    "--pids-limit ten",
    "--platform linux/amd64",
    "--privileged",
    "--privileged=false",
    "--privileged=maybe",
    "-p 80",
    "-p 8080:80",
    "-p 127.0.0.1:8080:80",
    "-p 127.0.0.1::80",
    "-p 8080:80/udp",
    "-p [::1]:80:80",
    "-p 8000-8002:80-82",
    "-p 8000-8002:80",
    "-p 8000-8002:80-81",
    "-p 80:80/icmp",
    "-p 99999:80",
    "-p published=8080,target=80",
    "-p published=8080,target=80,protocol=udp",
    "-p a:b",
    "-P",
    "-p 1:1 -p 2:1",
    "--read-only",
    "--restart always",
    "--restart on-failure:3",
    "--restart no",
    "--restart unless-stopped",
    "--restart on-failure:x",
    "--restart sometimes",
    "--restart always --rm",
    "--rm",
    "--runtime runc",
    "--runtime nope",
    "--security-opt no-new-privileges",
    "--security-opt no-new-privileges:true",
    "--security-opt no-new-privileges=false",
    "--security-opt seccomp=unconfined",
    "--security-opt seccomp:unconfined",
    "--security-opt apparmor=unconfined",
    "--security-opt label=disable",
    "--security-opt label:user:u",
    "--security-opt systempaths=unconfined",
    "--security-opt nonsense",
    "--security-opt seccomp=/no/such",
    "--security-opt seccomp=",
    "--shm-size 128m",
    "--shm-size 0",
    "--stop-signal SIGINT",
    "--stop-timeout 5",
    "--stop-timeout x",
    "--storage-opt size",
    "--sysctl net.ipv4.ip_forward=1",
    "--sysctl kernel.x",
    "--sysctl a=b=c",
    "--tmpfs /t",
    "--tmpfs /t:rw,exec,size=1m",
    "-t",
    "--tty=false",
    "--ulimit nofile=64",
    "--ulimit nofile=64:128",
    "--ulimit nofile=128:64",
    "--ulimit nope=1",
    "--ulimit nofile",
    "--ulimit core=-1",
    "-u 1000",
    "-u app:app",
    "--user +0",
    "--user=",
    "--userns host",
    "--userns private",
    "--uts host",
    "--uts nope",
    "-v /tmp:/t",
    "-v /tmp:/t:ro",
    "-v /tmp:/t:rw,rslave",
    "-v vol:/t",
    "-v /anon",
    "-v vol:/t:nocopy",
    "-v /tmp:/t:odd",
    "-v ::",
    "-v /tmp:relative",
    "-v a:b:c:d",
    "--volume-driver local -v x:/t",
    "--volumes-from nope",
    "-w /tmp",
    "--workdir relative",
    "--annotation a=b",
    "--annotation a",
    "--no-such-flag",
    "-z",
    "--quiet",
    "--pull never",
    "--link-local-ip 169.254.1.1",
    "--isolation default"
  };

  /**
   * A newer client than the engine, or this one's own checks, on purpose different from ours; with
   * the reason.
   */
  private static final List<String> LEFT_OUT =
      List.of(
          // Sent by newer clients to the endpoint, by older ones in Config: what this engine's API
          // wants is not asked.
          "--mac-address 02:42:ac:11:00:07",
          // docker create has no such flag.
          "-itd",
          // Newer clients refuse it for an engine as old as this one; the grammar knows no engine.
          "--annotation a=b");

  /** What clients before 23.0 do not know, or do another way than all later ones. */
  private static final List<String> SINCE_23 =
      List.of(
          "--add-host a=1.2.3.4",
          "--quiet",
          // The older one drops aliases on the default network, where they mean nothing.
          "--network-alias a");

  private static boolean oldClient;

  @BeforeAll
  static void image() {
    engine.image();
    String version = engine.docker("version", "--format", "{{.Client.Version}}").strip();
    oldClient = Integer.parseInt(version.split("\\.")[0]) < 23;
  }

  private static boolean compared(String fragment) {
    return !LEFT_OUT.contains(fragment) && !(oldClient && SINCE_23.contains(fragment));
  }

  @Test
  void eachFlagAlone() throws IOException {
    List<String> differences = new ArrayList<>();
    for (String fragment : FRAGMENTS) {
      if (compared(fragment)) {
        compare(List.of(fragment), differences);
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void flagsTogether() throws IOException {
    Random random = new Random(20261123);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<String> fragments = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        String fragment = FRAGMENTS[random.nextInt(FRAGMENTS.length)];
        if (compared(fragment)) {
          fragments.add(fragment);
        }
      }
      compare(fragments, differences);
    }
    assertThat(differences).isEmpty();
  }

  private static void compare(List<String> fragments, List<String> differences) throws IOException {
    List<String> words = new ArrayList<>();
    for (String fragment : fragments) {
      for (String word : fragment.split(" ")) {
        words.add(word.replace('|', ' '));
      }
    }
    words.addAll(List.of("busybox", "sh", "-c", "exit 3"));
    JsonNode theirs = byClient(words);
    JsonNode ours = byUs(words);
    if (theirs == null || ours == null) {
      if ((theirs == null) != (ours == null)) {
        differences.add(
            fragments + ": " + (theirs == null ? "only the client" : "only we") + " refuse");
      }
    } else if (!theirs.equals(ours)) {
      List<String> paths = new ArrayList<>();
      differ("", theirs, ours, paths);
      differences.add(fragments + ": " + paths);
    }
    engine.removeContainers();
  }

  /** What the container is inspected as that the client makes; null if it or the engine refuses. */
  private static @org.jspecify.annotations.Nullable JsonNode byClient(List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("create"));
    // Streams are what run attaches; create attaches to none unless told.
    command.addAll(words);
    Ran ran = engine.tryDocker(command.toArray(String[]::new));
    return ran.exit() == 0 ? inspect(ran.out().strip().lines().reduce("", (a, b) -> b)) : null;
  }

  private static @org.jspecify.annotations.Nullable JsonNode byUs(List<String> words)
      throws IOException {
    CreateRequest request;
    try {
      request = CreateRequest.of(RunLine.parse(Word.of(words)), new FakeWorld());
    } catch (RunLineException e) {
      return null;
    }
    EnginePost.Answer answer =
        EnginePost.post(engine.socket(), "/containers/create", request.body());
    return answer.status() == 201 ? inspect(answer.body().path("Id").asText()) : null;
  }

  /** An inspect answer without what is different for every container. */
  private static JsonNode inspect(String id) throws IOException {
    ObjectNode inspect = (ObjectNode) MAPPER.readTree(engine.docker("inspect", id)).get(0);
    inspect.remove(
        List.of(
            "Id",
            "Created",
            "Name",
            "State",
            "LogPath",
            "HostnamePath",
            "HostsPath",
            "ResolvConfPath",
            "GraphDriver",
            "NetworkSettings"));
    ObjectNode config = (ObjectNode) inspect.path("Config");
    if (id.startsWith(config.path("Hostname").asText())) {
      config.remove("Hostname");
    }
    // What run and create differ in.
    config.remove(List.of("AttachStdin", "AttachStdout", "AttachStderr", "StdinOnce"));
    ((ObjectNode) inspect.path("HostConfig")).remove("ConsoleSize");
    // The client gathers these in a map, whose order is not that of the words.
    capabilities((ObjectNode) inspect.path("HostConfig"));
    for (String list : List.of("Binds", "CapAdd", "CapDrop")) {
      sort(inspect.path("HostConfig").path(list));
    }
    sort(config.path("Env"));
    for (JsonNode mount : inspect.path("Mounts")) {
      if (mount.path("Name").asText().matches("[0-9a-f]{64}")) {
        ((ObjectNode) mount).remove(List.of("Name", "Source"));
      }
    }
    sort(inspect.path("Mounts"));
    nothingIsNull(inspect);
    return inspect;
  }

  /** Older clients send null where newer ones send an empty list or object. */
  private static void nothingIsNull(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.forEach(RunDifferentialTest::nothingIsNull);
      List<String> empty = new ArrayList<>();
      object
          .properties()
          .forEach(field -> {
            if (field.getValue().isNull()
                || (field.getValue().isContainerNode() && field.getValue().isEmpty())) {
              empty.add(field.getKey());
            }
          });
      object.remove(empty);
    } else {
      node.forEach(RunDifferentialTest::nothingIsNull);
    }
  }

  /** Older clients leave it to the engine to read {@code net_raw} as {@code CAP_NET_RAW}. */
  private static void capabilities(ObjectNode config) {
    for (String field : List.of("CapAdd", "CapDrop")) {
      if (config.path(field) instanceof ArrayNode list) {
        for (int i = 0; i < list.size(); i++) {
          String name = list.get(i).asText().toUpperCase(java.util.Locale.ROOT);
          list.set(
              i,
              TextNode.valueOf(
                  name.equals("ALL") || name.startsWith("CAP_") ? name : "CAP_" + name));
        }
      }
    }
  }

  private static void sort(JsonNode list) {
    if (list instanceof ArrayNode array) {
      List<JsonNode> elements = new ArrayList<>();
      array.forEach(elements::add);
      elements.sort(java.util.Comparator.comparing(JsonNode::toString));
      array.removeAll();
      array.addAll(elements);
    }
  }

  private static void differ(String path, JsonNode a, JsonNode b, List<String> paths) {
    if (a.equals(b)) {
      return;
    }
    if (a.isObject() && b.isObject()) {
      java.util.Set<String> names = new java.util.TreeSet<>();
      a.fieldNames().forEachRemaining(names::add);
      b.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> differ(path + "/" + name, a.path(name), b.path(name), paths));
    } else {
      paths.add(path + ": client " + a + ", we " + b);
    }
  }
}
