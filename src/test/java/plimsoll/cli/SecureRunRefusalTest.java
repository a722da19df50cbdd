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
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.read.Word;
import plimsoll.testing.JsonSchemas;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;

/** What weakens a container is refused before anything is created, unless it is allowed by name. */
@NeedsEngine
class SecureRunRefusalTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.shared();

  @TempDir static Path folder;

  /** A filter that keeps nothing away. */
  private static final String LITTLE =
      """
      {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
        {"names": ["no_such_call", "swapon"], "action": "SCMP_ACT_ERRNO"},
        {"names": ["mount"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 0, "value": 7, "op": "SCMP_CMP_EQ"}]},
        {"names": ["ptrace"], "action": "SCMP_ACT_ERRNO", "includes": {"arches": ["s390x"]}}]}
      """;

  @BeforeAll
  static void prepare() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc"));
    Files.createSymbolicLink(folder.resolve("link2"), Path.of("/etc"));
    Files.createSymbolicLink(folder.resolve("disk"), Path.of("/dev/vda"));
    // What is cleaned as text leads elsewhere than what the kernel resolves.
    Files.createDirectories(folder.resolve("away/inside"));
    Files.createDirectories(folder.resolve("away/link2"));
    Files.createSymbolicLink(folder.resolve("deep"), folder.resolve("away/inside"));
    Files.createSymbolicLink(folder.resolve("away/sub"), Path.of("/etc"));
    Files.createDirectories(folder.resolve("sub"));
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
        "--security-opt seccomp={}/little.json | seccomp-unconfined",
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
        "--group-add 6 | group-add",
        "--user 1000:042 | group-add",
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
        "-v {}/link/new:/x | sensitive-mount",
        "-v {}/deep/../link2:/x | sensitive-mount",
        "--mount type=bind,src={}/deep/../link2,dst=/x | sensitive-mount",
        "--mount type=volume,src=disguised,dst=/x,volume-driver=local | sensitive-mount",
        "--mount type=volume,src=linked,dst=/x,volume-opt=device=/srv/data | sensitive-mount",
        "--mount type=volume,src=disguised,dst=/x,volume-label=a=b | sensitive-mount",
        "{vol},volume-opt=type=ext4,volume-opt=device={}/disk | sensitive-mount",
        "{vol},volume-opt=type=ext4,volume-opt=device=/srv/image.ext4 | sensitive-mount",
        "{vol},volume-opt=type=none,volume-opt=o=bind,volume-opt=device=etc | sensitive-mount",
        "{vol},volume-opt=type=none,volume-opt=o=bind,volume-opt=device={}/deep/../sub | sensitive-mount",
        "{vol},volume-opt=type=overlay,volume-opt=device=overlay,volume-opt=o=lowerdir={}/link | sensitive-mount",
        "{vol},volume-opt=type=overlay,volume-opt=device=overlay,volume-opt=o=lowerdir=/srv/a:/etc | sensitive-mount",
        "{vol},volume-opt=type=overlay,volume-opt=device=overlay,volume-opt=o=lowerdir+=/etc | sensitive-mount",
        "{vol},volume-opt=type=overlay,volume-opt=device=overlay,volume-opt=o=datadir+=/etc | sensitive-mount",
        "{vol},volume-opt=type=overlay,volume-opt=device=overlay,volume-opt=o=lowerdir=etc | sensitive-mount",
        "{vol},volume-opt=type=binfmt_misc,volume-opt=device=binfmt_misc | sensitive-mount",
        "-v {root}/data/image:/x | sensitive-mount",
        "-v {root}:/x | sensitive-mount",
        "-v /var/spool:/x | sensitive-mount",
        "--mount type=volume,dst=/x,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/etc | sensitive-mount",
        "--mount type=volume,dst=/x,volume-opt=type=none,volume-opt=o=bind,volume-opt=device={}/link | sensitive-mount",
        "-v /srv:/x:rshared | mount-propagation",
        "--mount type=bind,src=/srv,dst=/x,bind-propagation=shared | mount-propagation",
        "-P | publish-all",
        "--publish-all=true | publish-all",
        "-e PASSWORD=hunter2hunter2 | secret-env",
        "--env=AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENG | secret-env",
        "--ulimit nofile=-1 | unlimited-ulimit",
        "--ulimit core=9223372036854775807 | unlimited-ulimit"
      })
  void isRefused(String flags, String rule) throws Exception {
    Files.writeString(folder.resolve("all.json"), "{\"defaultAction\": \"SCMP_ACT_ALLOW\"}");
    Files.writeString(folder.resolve("little.json"), LITTLE);
    String line =
        flags
            .replace("{vol}", "--mount type=volume,dst=/x")
            .replace("{root}", engine.root().toString())
            .replace("{}", folder.toString());
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
    String written = Files.readString(report);
    assertThat(JsonSchemas.check("reports/secure-run-1.schema.json", written)).isEmpty();
    assertThat(written)
        .contains("\"rule\" : \"container-host-network\"", "\"reason\" : \"it is a probe\"");
    Audited other = run("--network host --pid host --allow container-host-network=x busybox true");
    assertThat(other.exit()).isEqualTo(125);
    assertThat(other.err()).contains("container-host-pid (").doesNotContain("host-network (");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-v /srv:/x",
        "-v /var/lib/app-of-ours:/x",
        "--mount type=volume,src=plain-volume,dst=/x,volume-label=a=b",
        "--mount type=volume,dst=/x,volume-opt=type=tmpfs,volume-opt=device=tmpfs,volume-opt=o=size=1m",
        "--label mine=plimsoll.yes",
        "--group-add 1000",
        "--user 1000:100",
        "--ulimit core=0",
      })
  void isNot(String flags) {
    Audited run = run("--dry-run " + flags + " busybox true");
    assertThat(run.exit()).as(run.err()).isZero();
  }

  @Test
  void labelsOfItsOwnAreNotForged() throws Exception {
    Path file = Files.writeString(folder.resolve("labels"), "plimsoll.profile=restricted\n");
    for (String line : List.of("-l plimsoll.allow.x=y", "--label-file " + file)) {
      Audited run = run("--profile baseline " + line + " busybox true");
      assertThat(run.exit()).isEqualTo(125);
      assertThat(run.err()).contains("is secure-run's own to set");
    }
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
