package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Controls 1.1.3 to 1.1.18: rules by what they record, not by the words in them. */
class AuditRulesTest {
  private static final String CONFIG = "/etc/docker/daemon.json";
  private static final String PROGRAM = "/usr/bin/containerd";

  @TempDir Path root;
  private HostFiles files = new HostFiles(Path.of("/"));

  @BeforeEach
  void aHost() throws IOException {
    Files.createDirectories(root.resolve("etc/docker"));
    Files.createDirectories(root.resolve("usr/bin"));
    Files.createDirectories(root.resolve("run"));
    Files.createDirectory(root.resolve("var"));
    Files.createSymbolicLink(root.resolve("var/run"), Path.of("../run"));
    files = new HostFiles(root);
  }

  private @Nullable Boolean audited(String path, boolean program, String rules) {
    return AuditRules.of(files, rules, true, "auditctl -l", true).of(path, program).audited();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-w /etc/docker/daemon.json -p wa -k docker",
        "-w /etc/docker/daemon.json -p rwxa",
        "-w /etc/docker -p wa",
        "-w /etc/docker/ -p wa",
        "-w / -p wa",
        "-a always,exit -F path=/etc/docker/daemon.json -F perm=wa -F key=docker",
        "-a exit,always -F dir=/etc/docker -F perm=wa",
        "-a always,exit -S all -F path=/etc/docker/daemon.json -F perm=wa",
        "-a always,exit -F arch=b64 -F path=/etc/docker/daemon.json -F perm=wa\n"
            + "-a always,exit -F arch=b32 -F path=/etc/docker/daemon.json -F perm=wa",
        "-w /etc/docker/daemon.json -p w\n-w /etc/docker/daemon.json -p a",
      })
  void recorded(String rules) {
    assertThat(audited(CONFIG, false, rules)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No rules",
        "",
        // Another file, whose name begins or ends the same.
        "-w /etc/docker/daemon.json.bak -p wa",
        "-w /etc/docker-compose -p wa",
        "-w /opt/etc/docker/daemon.json -p wa",
        // A key is a name, not a path.
        "-w /etc/passwd -p wa -k /etc/docker/daemon.json",
        // Reading it changes nothing; a change of its owner would go unseen.
        "-w /etc/docker/daemon.json -p r",
        "-w /etc/docker/daemon.json -p w",
        // Not what root does, not what 32-bit programs do, not by all calls.
        "-a always,exit -F path=/etc/docker/daemon.json -F perm=wa -F auid>=1000",
        "-a always,exit -F path=/etc/docker/daemon.json -F perm=wa -F uid!=0",
        "-a always,exit -F arch=b64 -F path=/etc/docker/daemon.json -F perm=wa",
        "-a always,exit -F arch=b64 -S chmod -F path=/etc/docker/daemon.json",
        "-a always,exit -F path=/etc/docker/daemon.json -F perm=wa -C uid!=euid",
        // Another list: it never sees files.
        "-a always,user -F path=/etc/docker/daemon.json",
        // The kernel stops at the first rule that says never.
        "-a never,exit -F dir=/etc/docker\n-w /etc/docker/daemon.json -p wa",
        "-a never,task\n-w /etc/docker/daemon.json -p wa",
        "# -w /etc/docker/daemon.json -p wa",
      })
  void notRecorded(String rules) {
    assertThat(audited(CONFIG, false, rules)).isFalse();
  }

  @Test
  void whatAuditingAFileSaysNothingOfItsFolder() {
    assertThat(audited("/etc/docker", false, "-w /etc/docker/daemon.json -p wa")).isFalse();
  }

  @Test
  void aProgramIsRecordedWhenItIsStartedOrWhenItIsChanged() {
    assertThat(audited(PROGRAM, true, "-w /usr/bin/containerd -p x")).isTrue();
    assertThat(audited(PROGRAM, true, "-w /usr/bin/containerd -p wa")).isTrue();
    assertThat(audited(PROGRAM, true, "-w /usr/bin/containerd -p r")).isFalse();
    assertThat(audited(PROGRAM, false, "-w /usr/bin/containerd -p x")).isFalse();
  }

  @Test
  void containerdIsNotItsShim() {
    String rules = "-w /usr/bin/containerd-shim -p x\n-w /usr/bin/containerd-shim-runc-v2 -p x\n";
    assertThat(audited(PROGRAM, true, rules)).isFalse();
    assertThat(audited("/usr/bin/containerd-shim", true, rules)).isTrue();
    assertThat(audited("/usr/bin/containerd-shim-runc-v1", true, rules)).isFalse();
  }

  @Test
  void pathsAreComparedWhereTheyReallyAre() {
    assertThat(audited("/run/docker.sock", false, "-w /var/run/docker.sock -p wa")).isTrue();
  }

  @Test
  void aKernelThatDoesNotAuditRecordsNothing() {
    AuditRules.Recorded recorded =
        AuditRules.of(files, "-w /etc/docker -p wa", false, "auditctl -l", true).of(CONFIG, false);
    assertThat(recorded.audited()).isFalse();
    assertThat(recorded.rule()).contains("switched off");
  }

  @Test
  void rulesInFilesOnlyAreNotKnownToBeInForce() {
    AuditRules rules = AuditRules.of(files, "-w /etc/docker -p wa", true, "audit.rules", false);
    assertThat(rules.of(CONFIG, false).audited()).isNull();
    assertThat(rules.of(PROGRAM, true).audited()).isFalse();
  }

  @Test
  void withoutTheProgramTheFilesAreReadAndAnotherAgentMakesItUnknown() throws IOException {
    FakeHost host = new FakeHost(root);
    assertThat(AuditRules.read(files, files.commands()).of(CONFIG, false).audited()).isFalse();
    host.file("/etc/audit/audit.rules", "-w /etc/docker -p wa\n");
    assertThat(AuditRules.read(files, files.commands()).of(CONFIG, false).audited()).isNull();
    assertThat(AuditRules.read(files, files.commands()).of(PROGRAM, true).audited()).isFalse();
    host.file("/proc/77/comm", "auditbeat\n");
    AuditRules.Recorded recorded =
        AuditRules.read(files, files.commands()).of("/usr/bin/runc", true);
    assertThat(recorded.audited()).isNull();
    assertThat(recorded.rule()).contains("auditbeat");
  }
}
