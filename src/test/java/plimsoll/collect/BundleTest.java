package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private static final String FILE =
      "/run/docker/containerd/daemon/io.containerd.runtime.v2.task/moby/c0/config.json";

  @TempDir Path root;

  private boolean allowsEverything(String json) throws IOException {
    new FakeHost(root).file(FILE, json);
    Bundle bundle = new Bundle(new HostFiles(root), null);
    return bundle.allowsEverything(bundle.file("c0").orElseThrow());
  }

  @Test
  void theFilterIsJudgedByWhatItDoes() throws IOException {
    assertThat(allowsEverything("{\"linux\":{}}")).isTrue();
    assertThat(allowsEverything("{\"seccomp\":{\"defaultAction\":\"SCMP_ACT_ALLOW\"}}")).isTrue();
    assertThat(
            allowsEverything(
                "{\"annotations\":{\"x\":\"}\\\"{\"},\"seccomp\":{\"defaultAction\":"
                    + "\"SCMP_ACT_ERRNO\",\"syscalls\":[{\"names\":[\"read\"],\"action\":"
                    + "\"SCMP_ACT_ALLOW\"}]},\"more\":{}}"))
        .isFalse();
  }

  @Test
  void brokenJsonIsAnError() {
    assertThatThrownBy(() -> allowsEverything("{\"seccomp\":{\"defaultAction\":}}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not JSON");
  }

  private List<String> devices(String resources) throws IOException {
    new FakeHost(root)
        .file(
            FILE,
            "{\"process\":{\"args\":[\"linux\",\"\\\"resources\\\":{\"]},\"linux\":{\"devices\":"
                + "[{\"path\":\"/dev/fuse\",\"type\":\"c\",\"major\":10,\"minor\":229}],"
                + resources
                + "}}");
    Bundle bundle = new Bundle(new HostFiles(root), null);
    return bundle.devices(bundle.file("c0").orElseThrow());
  }

  @Test
  void deviceRulesAreThoseThatRemainAllowed() throws IOException {
    assertThat(
            devices(
                "\"resources\":{\"memory\":{\"limit\":1},\"devices\":["
                    + "{\"allow\":true,\"type\":\"b\",\"major\":8,\"minor\":0,\"access\":\"r\"},"
                    + "{\"allow\":false,\"access\":\"rwm\"},"
                    + "{\"allow\":true,\"type\":\"c\",\"major\":10,\"minor\":229,\"access\":\"rw\"},"
                    + "{\"allow\":true,\"type\":\"c\",\"major\":189,\"access\":\"rwm\"}]}"))
        .containsExactly("c 10:229 rw", "c 189:* rwm");
    assertThat(devices("\"resources\":{\"devices\":[{\"allow\":true,\"access\":\"rwm\"}]}"))
        .containsExactly("a *:* rwm");
    assertThat(devices("\"resources\":{}")).isEmpty();
    assertThat(devices("\"seccomp\":null")).isEmpty();
    assertThatThrownBy(() -> devices("\"resources\":{\"devices\":[{"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not JSON");
  }

  @Test
  void noBundleIsNone() {
    assertThat(new Bundle(new HostFiles(root), "/elsewhere").file("c0")).isEmpty();
  }
}
