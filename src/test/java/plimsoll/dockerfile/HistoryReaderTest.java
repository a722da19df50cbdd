package plimsoll.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.model.Build;

/** Controls 4.7 to 4.11: what builders write into an image's history. */
class HistoryReaderTest {
  private static final String BASE = "/bin/sh -c #(nop) ADD file:0a1b in / ";

  private static Build read(String... steps) {
    return HistoryReader.read(List.of(steps));
  }

  private static List<String> alone(Build build) {
    return build.commands().stream()
        .map(Build.Command::updatesAlone)
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<String> added(Build build) {
    return build.copies().stream()
        .map(Build.Copy::needlesslyAdded)
        .filter(Objects::nonNull)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/sh -c apt-get update",
        "RUN /bin/sh -c apt-get update # buildkit",
        "RUN |1 VERSION=1.2 3 /bin/sh -c apt-get update # buildkit",
        "|1 VERSION=1.2 /bin/sh -c apt-get -y update",
        "/bin/bash -o pipefail -c apt-get update",
      })
  void anUpdateAloneIsFoundWhateverBuilderWroteIt(String step) {
    assertThat(alone(read(BASE, step))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The word is in other places as well.
        "/bin/sh -c apt-get update && apt-get install -y curl",
        "RUN /bin/sh -c apt-get update     && apt-get install -y curl # buildkit",
        "/bin/sh -c #(nop)  ENV UPDATE=update",
        "/bin/sh -c #(nop)  CMD [\"/update\"]",
        "RUN /bin/sh -c echo update # buildkit",
        "COPY update.sh /update # buildkit",
        "buildkit.dockerfile.v0",
        "",
        "/bin/sh -c 'unfinished",
        "crane flatten sha256:0a",
      })
  void theWordAloneIsNoUpdate(String step) {
    assertThat(alone(read(BASE, step))).isEmpty();
  }

  @Test
  void addIsAnInstructionAndNotAWord() {
    assertThat(added(read(BASE, "/bin/sh -c #(nop) ADD file:9c in /app.txt ")))
        .containsExactly("file:9c");
    assertThat(added(read("ADD app.txt /app.txt # buildkit"))).containsExactly("app.txt");
    assertThat(added(read("ADD rootfs.tar.xz / # buildkit"))).isEmpty();
    assertThat(added(read(BASE, "RUN /bin/sh -c echo ADD file # buildkit"))).isEmpty();
    assertThat(added(read(BASE, "/bin/sh -c #(nop) COPY file:9c in /app.txt "))).isEmpty();
    // The second archive in the root is none that an image begins with.
    assertThat(added(read(BASE, "/bin/sh -c #(nop) ADD dir:9c in / "))).containsExactly("dir:9c");
  }

  @Test
  void setuidBitsSecretsAndWhatIsNotVerified() {
    Build build =
        read(
            BASE,
            "RUN /bin/sh -c chmod u+s /bin/tool # buildkit",
            "COPY id_rsa /root/.ssh/ # buildkit",
            "RUN /bin/sh -c apk add --allow-untrusted x # buildkit");
    assertThat(build.commands()).anyMatch(command -> command.setuid() != null);
    assertThat(build.copies()).anyMatch(copy -> "id_rsa".equals(copy.secretFile()));
    assertThat(build.commands()).anyMatch(command -> command.unverified() != null);
  }

  @Test
  void aLongHistoryIsReadToAnEnd() {
    List<String> steps = java.util.Collections.nCopies(5000, "RUN /bin/sh -c true # buildkit");
    assertThat(HistoryReader.read(steps).commands().size()).isLessThanOrEqualTo(1000);
    assertThat(HistoryReader.read(List.of("/bin/sh -c " + "x".repeat(1 << 20))).commands())
        .isEmpty();
  }
}
