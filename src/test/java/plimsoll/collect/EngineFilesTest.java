package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.collect.EngineFiles.Wanted;
import plimsoll.model.HostFile.Role;

/** Which files are looked at. */
class EngineFilesTest {
  @TempDir Path root;

  private List<String> paths(Role role) {
    return new EngineFiles(new HostFiles(root), null)
        .find(null, Map.of()).stream()
            .filter(wanted -> wanted.role() == role)
            .map(Wanted::path)
            .toList();
  }

  /** Others look at *.crt alone, and stumble over blanks. */
  @Test
  void control37EveryFileOfTheTreeAndNamesWithBlanks() throws IOException {
    FakeHost host = new FakeHost(root);
    String folder = "/etc/docker/certs.d/registry.example:5000/";
    for (String name : List.of("own ca.cert", "ca.crt", "client.cert", "client.key")) {
      host.file(folder + name, "x");
    }
    assertThat(paths(Role.REGISTRY_CERTIFICATE))
        .containsExactlyInAnyOrder(
            folder + "own ca.cert", folder + "ca.crt", folder + "client.cert");
    assertThat(paths(Role.REGISTRY_KEY)).containsExactly(folder + "client.key");
  }
}
