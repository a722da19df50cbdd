package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.collect.EngineFiles.Wanted;
import plimsoll.model.HostFile;
import plimsoll.model.HostFile.Role;
import plimsoll.model.Provenance;

/** Section 3: modes by their bits, lists beside them, and the folders above. */
class FileFactsTest {
  @TempDir Path folder;
  private final Provenance provenance = new Provenance();

  @BeforeEach
  void asRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "files change hands here");
  }

  private Path file(String name, String mode) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve(name), "x");
    run("chmod", mode, file.toString());
    return file;
  }

  private static void run(String... line) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    assertThat(process.waitFor())
        .as(
            new String(
                process.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset()))
        .isZero();
  }

  private HostFile look(Path file, Role role, int user, String group) {
    HostFiles files = new HostFiles(Path.of("/"));
    HostCommands commands = files.commands();
    AuditRules none = AuditRules.of(files, "", true, "auditctl -l", true);
    return new FileFacts(files, commands, none, user, user, provenance)
        .read(List.of(new Wanted(role, file.toString(), group)))
        .get(0);
  }

  private HostFile look(Path file) {
    return look(file, Role.CONFIG_FILE, 0, "docker");
  }

  @Test
  void modesThatLookSmallerAreWider() throws Exception {
    // 626 and 577 are less than 644 and 600 plus something, and more open than both.
    assertThat(look(file("a", "626")).permissions())
        .contains("other-write", "group-write")
        .doesNotContain("group-read");
    assertThat(look(file("b", "577")).permissions()).contains("other-write", "other-execute");
    assertThat(look(file("c", "4600")).permissions())
        .containsExactly("owner-read", "owner-write", "setuid");
    assertThat(look(file("d", "000")).permissions()).isEmpty();
  }

  @Test
  void whatAnAccessListAddsIsSeenAndTheMaskLimitsIt() throws Exception {
    Path file = file("a", "640");
    run("setfacl", "-m", "u:4242:rw", file.toString());
    HostFile open = look(file);
    assertThat(open.permissions()).contains("named-write", "named-read", "group-read");
    // The mode shows the mask where it used to show the group: 660.
    assertThat(open.permissions()).doesNotContain("group-write");
    assertThat(open.accessList()).containsExactly("user:4242:rw-");
    run("setfacl", "-m", "m::r", file.toString());
    assertThat(look(file).permissions()).contains("named-read").doesNotContain("named-write");
  }

  @Test
  void whoMayReplaceTheFileInAFolderAboveIt() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path file = Files.writeString(inner.resolve("daemon.json"), "{}");
    run("chmod", "755", inner.toString());
    assertThat(look(file).openParents()).isEmpty();
    run("chmod", "777", inner.toString());
    assertThat(look(file).openParents()).containsExactly(inner.toString());
    // With the sticky bit only the owner of a file may replace it.
    run("chmod", "1777", inner.toString());
    assertThat(look(file).openParents()).isEmpty();
    run("chmod", "755", inner.toString());
    run("chown", "4242", inner.toString());
    assertThat(look(file).openParents()).containsExactly(inner.toString());
    run("chown", "0:4242", inner.toString());
    assertThat(look(file).openParents()).isEmpty();
    run("chmod", "775", inner.toString());
    assertThat(look(file).openParents()).containsExactly(inner.toString());
  }

  @Test
  void ownersThatAreNobodyToTheEngine() throws Exception {
    Path file = file("a", "644");
    assertThat(look(file).strangers()).isEmpty();
    run("chown", "4242:4243", file.toString());
    assertThat(look(file).strangers()).containsExactly("group 4243", "user 4242");
    // An engine without root runs as a user of its own.
    run("chown", "4242:4242", file.toString());
    assertThat(look(file, Role.CONFIG_FILE, 4242, "docker").strangers()).isEmpty();
  }

  @Test
  void theGroupOfTheSocketIsNoStrangerToItAndToNothingElse() throws Exception {
    Path socket = folder.resolve("docker.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      run("chgrp", "adm", socket.toString());
      run("chmod", "666", socket.toString());
      assertThat(look(socket, Role.ENGINE_SOCKET, 0, "adm").strangers()).isEmpty();
      assertThat(look(socket, Role.ENGINE_SOCKET, 0, "docker").strangers())
          .containsExactly("group adm");
      assertThat(look(socket, Role.ENGINE_SOCKET, 0, "adm").permissions()).contains("other-write");
      assertThat(look(socket, Role.CONFIG_FILE, 0, "adm").strangers()).containsExactly("group adm");
    }
  }

  @Test
  void aLinkStandsForWhatItLeadsTo() throws Exception {
    Path file = file("real", "666");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(look(link).permissions()).contains("other-write");
  }

  @Test
  void whatDoesNotExistIsLeftOut() {
    HostFiles files = new HostFiles(Path.of("/"));
    AuditRules none = AuditRules.of(files, "", true, "auditctl -l", true);
    assertThat(
            new FileFacts(files, files.commands(), none, 0, 0, provenance)
                .read(List.of(new Wanted(Role.CONFIG_FILE, folder + "/none", null))))
        .isEmpty();
  }
}
