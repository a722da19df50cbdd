package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;

/** The files of images, as a real engine exports them. */
@NeedsEngine
class AuditImagesTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.with();

  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\\n" + "QUJD".repeat(16) + "\\n-----END PRIVATE KEY-----";

  @BeforeAll
  static void images() {
    engine.image();
    layer(
        "busybox",
        "lower",
        "cp /bin/busybox /bin/kept; cp /bin/busybox /bin/lost; cp /bin/busybox /bin/tamed;"
            + " chmod 4755 /bin/kept /bin/lost /bin/tamed; mkdir /keys; printf '"
            + KEY
            + "' > /keys/tls.key");
    layer("lower", "upper", "rm /bin/lost; chmod u-s /bin/tamed; rm -r /keys");
    layer(
        "upper", "cleaned", "for f in $(find / -xdev -perm /6000 -type f); do chmod a-s $f; done");
  }

  private static void layer(String from, String name, String command) {
    engine.docker("run", "--name", "making", from, "sh", "-c", command);
    engine.docker("commit", "making", name);
    engine.docker("rm", "making");
  }

  private static String message(Audited audited, String rule, String image) {
    return audited.finding(rule, image + ":latest").path("message").asText();
  }

  @Test
  void filesAreThoseOfTheFinishedImageAndSecretsThoseOfAllLayers() {
    Audited audited = Audited.engine(engine.host(), "--image-files");
    assertThat(audited.exit()).as(audited.err()).isZero();
    assertThat(message(audited, "image-setuid", "lower"))
        .endsWith(": /bin/kept (setuid root), /bin/lost (setuid root), /bin/tamed (setuid root)");
    assertThat(message(audited, "image-setuid", "upper")).endsWith(": /bin/kept (setuid root)");
    assertThat(audited.verdict("image-setuid", "cleaned:latest")).isEqualTo("pass [requested]");
    assertThat(audited.verdict("image-setuid", "busybox:latest")).isEqualTo("pass [requested]");
    assertThat(message(audited, "image-secret-file", "lower"))
        .isEqualTo("holds /keys/tls.key (a private key)");
    assertThat(message(audited, "image-secret-file", "cleaned"))
        .isEqualTo("holds /keys/tls.key (a private key, which a later layer deletes)");
    assertThat(audited.verdict("image-secret-file", "upper:latest"))
        .isEqualTo("fail written [requested]");
    assertThat(audited.verdict("image-secret-file", "busybox:latest"))
        .isEqualTo("pass [requested]");
    assertThat(audited.out()).doesNotContain("QUJD");
  }

  @Test
  void whereNobodyAskedForThemTheyAreNotKnownAndNotFetched() {
    Audited audited = Audited.engine(engine.host());
    assertThat(audited.verdict("image-setuid", "busybox:latest")).isEqualTo("unknown [requested]");
    // What the history tells is known all the same.
    assertThat(message(audited, "image-setuid", "lower")).endsWith(": 4755");
    assertThat(audited.finding("image-secret-file", "lower:latest").path("reason").asText())
        .isEqualTo("its files were not looked at: audit --image-files does");
    assertThat(audited.report().path("gaps").toString()).doesNotContain("/images");
  }

  @Test
  void aSnapshotKeepsWhatWasFoundAndNothingIsLeftOnDisk(@TempDir Path folder) throws IOException {
    Path snapshot = folder.resolve("snapshot.json");
    Audited.engine(engine.host(), "--image-files", "--save-snapshot", snapshot.toString());
    Audited again =
        Audited.run(
            "audit", "--snapshot", snapshot.toString(), "--output", "json", "--show", "all");
    assertThat(message(again, "image-setuid", "upper")).endsWith(": /bin/kept (setuid root)");
    assertThat(Files.readString(snapshot)).doesNotContain("QUJD");
    try (Stream<Path> left = Files.walk(engine.root().resolve("data/tmp"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Test
  void aSnapshotHasNoEngineToAskForFiles() {
    Audited audited =
        Audited.run("audit", "--snapshot", "samples/hosts/careless.json", "--image-files");
    assertThat(audited.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(audited.err()).contains("--image-files");
  }
}
