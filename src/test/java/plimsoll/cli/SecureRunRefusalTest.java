package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.read.Word;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;

/** What weakens a container is refused before anything is created, unless it is allowed by name. */
@NeedsEngine
class SecureRunRefusalTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.shared();

  @TempDir static Path folder;

  @BeforeAll
  static void prepare() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc"));
    engine.docker(
        "volume",
        "create",
        "-o",
        "type=none",
        "-o",
        "o=bind",
        "-o",
        "device=" + folder.resolve("link"),
        "linked");
    engine.docker("create", "--name", "other", "-v", "/etc:/x", "busybox", "true");
    engine.docker("create", "--name", "hostly", "--network", "host", "busybox", "true");
    engine.docker(
        "volume", "create", "-o", "type=none", "-o", "o=bind", "-o", "device=/etc", "disguised");
  }

  private static Audited run(String line) {
    List<String> words = new ArrayList<>(List.of("secure-run", "--host", engine.host()));
    Word.split(line).forEach(word -> words.add(word.text()));
    return Audited.run(
        Map.of("DOCKER_CONFIG", engine.root().resolve("client").toString()),
        words.toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--privileged | privileged",
        "--privileged=TRUE | privileged",
        "--privileged=1 | privileged",
        "-it --privileged=t | privileged",
        "--cap-add ALL | dangerous-capability",
        "--cap-add=all --cap-drop=ALL | dangerous-capability",
        "--cap-add sys_admin | dangerous-capability",
        "--cap-add CAP_sys_PTRACE | dangerous-capability",
        "--cap-add Cap_Net_Admin --cap-drop ALL | dangerous-capability",
        "--cap-add SYS_MODULE --cap-drop SYS_MODULE | dangerous-capability",
        "--network host | host-network",
        "--net=host | host-network",
        "--net host | host-network",
        "--network name=host | host-network",
        "--network container:hostly | host-network",
        "--network container:other | shared-namespace",
        "--pid host | host-pid",
        "--pid=host | host-pid",
        "--pid container:other | shared-namespace",
        "--ipc host | host-ipc",
        "--ipc=container:other | shared-namespace",
        "--uts host | host-uts",
        "--userns=host | host-userns",
        "--cgroupns host | host-cgroupns",
        "--security-opt seccomp=unconfined | seccomp-unconfined",
        "--security-opt seccomp:unconfined | seccomp-unconfined",
        "--security-opt=seccomp=unconfined | seccomp-unconfined",
        "--security-opt seccomp={}/all.json | seccomp-unconfined",
        "--security-opt apparmor=unconfined | apparmor-unconfined",
        "--security-opt apparmor:unconfined | apparmor-unconfined",
        "--security-opt label=disable | selinux-disabled",
        "--security-opt label:disable | selinux-disabled",
        "--security-opt systempaths=unconfined | unmasked-paths",
        "--security-opt no-new-privileges=false | no-new-privileges",
        "--security-opt no-new-privileges --security-opt no-new-privileges:false | no-new-privileges",
        "--user root | root-user",
        "--user 0 | root-user",
        "-u 00 | root-user",
        "-u=+0 | root-user",
        "-u -0 | root-user",
        "-u0:0 | root-user",
        "--user :0 | root-user",
        "--user '' | root-user",
        "--read-only=false | writable-root",
        "--read-only=0 | writable-root",
        "--pids-limit -1 | no-pids-limit",
        "--pids-limit=0 | no-pids-limit",
        "--memory 0 | no-memory-limit",
        "-m 0 | no-memory-limit",
        "-m0b | no-memory-limit",
        "--memory-swap -1 | memory-swap",
        "--memory 64m --memory-swap=-1 | memory-swap",
        "--oom-kill-disable | oom-protection",
        "--oom-kill-disable=true -m 32m | oom-protection",
        "--oom-score-adj -500 | oom-protection",
        "--device /dev/mem | raw-device",
        "--device=/dev/kmsg:/dev/null:r | raw-device",
        "--device /dev/kvm | host-device",
        "--device vendor.com/class=name | host-device",
        "--device-cgroup-rule 'a *:* rwm' | device-cgroup-rule",
        "--gpus all | host-device",
        "--group-add 0 | group-add",
        "--group-add docker | group-add",
        "--cgroup-parent / | cgroup-parent",
        "--cgroup-parent=../../x | cgroup-parent",
        "--runtime nosuch | runtime",
        "--runtime=io.containerd.other.v1 | runtime",
        "--annotation run.oci.hooks.stdout=/x | annotation",
        "--sysctl net.ipv4.ip_forward=1 | sensitive-sysctl",
        "--volumes-from other | volumes-from",
        "--volumes-from=other:ro | volumes-from",
        "--use-api-socket | engine-socket",
        "-v /var/run/docker.sock:/var/run/docker.sock | engine-socket",
        "-v /run:/x:ro | sensitive-mount",
        "-v //var/./run/docker.sock:/s | engine-socket",
        "-v {}/link:/s | sensitive-mount",
        "--mount type=bind,source=/etc,target=/x | sensitive-mount",
        "--mount=target=/x,src=/proc,type=BIND,readonly | sensitive-mount",
        "-v /:/host | sensitive-mount",
        "-v disguised:/x | sensitive-mount",
        "-v linked:/x | sensitive-mount",
        "--mount type=volume,dst=/x,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/etc | sensitive-mount",
        "--mount type=volume,dst=/x,volume-opt=type=none,volume-opt=o=bind,volume-opt=device={}/link | sensitive-mount",
        "-v /srv:/x:rshared | mount-propagation",
        "--mount type=bind,src=/srv,dst=/x,bind-propagation=shared | mount-propagation",
        "-P | publish-all",
        "--publish-all=true | publish-all",
        "-e PASSWORD=hunter2hunter2 | secret-env",
        "--env=AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENG | secret-env",
        "--ulimit nofile=-1 | unlimited-ulimit"
      })
  void isRefused(String flags, String rule) throws Exception {
    Files.writeString(folder.resolve("all.json"), "{\"defaultAction\": \"SCMP_ACT_ALLOW\"}");
    String line = flags.replace("{}", folder.toString());
    List<String> before = engine.docker("ps", "-aq").lines().toList();
    Audited refused = run(line + " busybox true");
    assertThat(refused.exit()).as(refused.err()).isEqualTo(125);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains("refused by the profile restricted; nothing was created")
        .contains("container-" + rule + " (")
        .contains("--allow container-" + rule + "=REASON");
    String first = line.split(" ")[line.startsWith("-it ") ? 1 : 0];
    assertThat(refused.err()).contains("\n  " + first.substring(0, Math.min(first.length(), 8)));
    assertThat(engine.docker("ps", "-aq").lines().toList()).isEqualTo(before);
  }

  @Test
  void whatIsAllowedByNameGoesThroughAndIsKept() throws Exception {
    Path report = folder.resolve("report.json");
    Audited run =
        run(
            "--name allowed --network host --allow container-host-network='it is a probe' --report "
                + report
                + " busybox true");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(engine.docker("inspect", "-f", "{{json .Config.Labels}}", "allowed"))
        .isEqualTo(
            "{\"plimsoll.allow.container-host-network\":\"it is a probe\",\"plimsoll.profile\":\"restricted\"}");
    assertThat(Files.readString(report))
        .contains("\"rule\" : \"container-host-network\"", "\"reason\" : \"it is a probe\"");
    Audited other = run("--network host --pid host --allow container-host-network=x busybox true");
    assertThat(other.exit()).isEqualTo(125);
    assertThat(other.err()).contains("container-host-pid (").doesNotContain("host-network (");
  }

  @Test
  void anAllowanceNeedsARuleAndAReason() {
    assertThat(run("--allow container-privileged busybox").err()).contains("--allow RULE=REASON");
    assertThat(run("--allow container-privileged= busybox").exit()).isEqualTo(125);
    assertThat(run("--allow container-privilegd=x busybox").err())
        .contains("did you mean container-privileged?");
  }

  @Test
  void profilesAcceptWhatTheyAreFor() {
    assertThat(run("--profile baseline --user root --read-only=false --rm busybox id -u").out())
        .isEqualTo("0\n");
    assertThat(run("--profile baseline --privileged busybox id").exit()).isEqualTo(125);
    assertThat(run("--profile database --user root --rm busybox true").exit()).isZero();
    assertThat(run("--profile database --read-only=false busybox true").exit()).isEqualTo(125);
    assertThat(run("--profile none --network host --rm busybox true").exit()).isZero();
  }

  @Test
  void aWaiverInTheConfigurationLetsThrough() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("plimsoll.yaml"),
            """
            waivers:
              - rule: container-host-network
                container: probe
                reason: It measures the host's network.
                owner: ops@example.org
                expires: 2027-01-01
            """);
    String line = " --network host --rm busybox true";
    assertThat(run("--config " + config + " --name probe" + line).exit()).isZero();
    assertThat(run("--config " + config + " --name other-one" + line).exit()).isEqualTo(125);
  }
}
