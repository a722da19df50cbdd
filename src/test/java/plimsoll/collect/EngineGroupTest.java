package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control 1.1.2. */
class EngineGroupTest {
  @TempDir Path root;

  private FakeHost host(String group) throws IOException {
    FakeHost host = new FakeHost(root);
    host.file("/etc/group", group);
    host.file(
        "/etc/passwd",
        """
        root:x:0:0:root:/root:/bin/sh
        admin:x:0:0:another root:/root:/bin/sh
        joe:x:1000:1000::/home/joe:/bin/sh
        joey:x:1001:1001::/home/joey:/bin/sh
        own:x:1002:106::/home/own:/bin/sh
        """);
    return host;
  }

  private String members(String name) throws IOException {
    return Objects.requireNonNull(new EngineGroup(new HostFiles(root)).read(name))
        .members()
        .toString();
  }

  @Test
  void thoseThatTheLineNamesAndThoseWhoseOwnGroupItIs() throws IOException {
    host("dockerd:x:105:joe\ndocker:x:106:joey,root,admin\ndocker2:x:107:joe\n");
    assertThat(members("docker")).isEqualTo("[joey, own]");
  }

  @Test
  void nobodyAndNoSuchGroup() throws IOException {
    host("docker:x:99:\n");
    assertThat(members("docker")).isEqualTo("[]");
    assertThat(new EngineGroup(new HostFiles(root)).read("podman")).isNull();
  }
}
