package plimsoll.layers;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import plimsoll.model.ImageFiles;
import plimsoll.model.ImageFiles.Privileged;
import plimsoll.model.ImageFiles.Secret;

/** Exports as engines write them, and as nobody should. */
class ImageArchiveTest {
  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\n" + "QUJD".repeat(16) + "\n-----END PRIVATE KEY-----\n";
  private static final Map<String, String> NO_HEADERS = Map.of();

  private static ImageFiles read(byte[] export) throws IOException, BadArchiveException {
    return ImageArchive.read(new ByteArrayInputStream(export));
  }

  /** Of layers, lowest first, in an order that is not theirs. */
  private static byte[] export(byte[]... layers) {
    Tar tar = new Tar();
    for (int i = layers.length - 1; i >= 0; i--) {
      tar.file("blobs/sha256/" + i, 0644, layers[i], NO_HEADERS);
    }
    String names =
        Stream.iterate(0, i -> i + 1)
            .limit(layers.length)
            .map(i -> "\"blobs/sha256/" + i + "\"")
            .collect(joining(","));
    return tar.file("blobs/sha256/config", 0644, "{\"os\":\"linux\"}")
        .file("manifest.json", 0644, "[{\"Config\":\"c\",\"Layers\":[" + names + "]}]")
        .bytes();
  }

  private static List<String> privileged(byte[]... layers) throws Exception {
    return read(export(layers)).privileged().stream().map(Privileged::gains).toList();
  }

  private static List<String> secrets(byte[]... layers) throws Exception {
    return read(export(layers)).secrets().stream().map(Secret::holds).toList();
  }

  @Test
  void programsThatGainRightsAreThoseTheKernelGivesThemTo() throws Exception {
    byte[] layer =
        new Tar()
            .folder("bin")
            .file("./bin/su", 04755, "x")
            .file("bin/wall", 02755, "x")
            .file("bin/both", 06711, "x")
            // Not a program, and a mandatory lock (System V) rather than a right.
            .file("bin/data", 04644, "x")
            .file("bin/locked", 02701, "x")
            .file("bin/plain", 0755, "x")
            .hardLink("bin/again", "bin/su")
            .symbolicLink("bin/link", "su")
            .file("bin/twice", 04755, "x")
            .file("bin/twice", 0755, "x")
            .bytes();
    assertThat(privileged(layer))
        .containsExactly(
            "/bin/again (setuid root)",
            "/bin/both (setuid root and setgid root)",
            "/bin/su (setuid root)",
            "/bin/wall (setgid root)");
  }

  @Test
  void capabilitiesOfFilesAreReadAsFarAsTheyAreLegible() throws Exception {
    Tar tar = new Tar();
    Map.of(
            "raw", new byte[] {1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
            "none", new byte[20],
            "short", new byte[] {1, 0},
            // setuid is bit 7, which is no text.
            "high",
                new byte[] {1, 0, 0, 2, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
        .forEach((name, value) ->
            tar.file(
                name,
                0755,
                new byte[] {1},
                Map.of(
                    "SCHILY.xattr.security.capability",
                    new String(value, StandardCharsets.UTF_8))));
    assertThat(privileged(tar.bytes()))
        .containsExactly("/high (capabilities)", "/raw (cap_net_raw)", "/short (capabilities)");
  }

  @Test
  void aProgramCountsAsTheLastLayerLeavesIt() throws Exception {
    byte[] base =
        new Tar()
            .file("a/kept", 04755, "x")
            .file("a/deleted", 04755, "x")
            .file("a/replaced", 04755, "x")
            .file("b/gone", 04755, "x")
            .file("c/emptied", 04755, "x")
            .file("d/under", 04755, "x")
            .bytes();
    byte[] above =
        new Tar()
            .file("a/.wh.deleted", 0644, "")
            .file("a/replaced", 0755, "x")
            .file(".wh.b", 0644, "")
            .file("c/.wh..wh..opq", 0644, "")
            .file("c/own", 04755, "x")
            .symbolicLink("d", "a")
            .file(".wh..wh.aufs", 0644, "")
            .bytes();
    assertThat(privileged(base, above))
        .containsExactly("/a/kept (setuid root)", "/c/own (setuid root)");
    assertThat(privileged(above, base)).hasSize(7);
  }

  @Test
  void aSecretCountsInEveryLayer() throws Exception {
    byte[] base =
        new Tar()
            .file("root/.ssh/id_ed25519", 0600, KEY)
            .file("srv/tls.key", 0600, KEY)
            .file("srv/unchanged.key", 0600, KEY)
            .bytes();
    byte[] above = new Tar().file("root/.wh..ssh", 0644, "").file("srv/tls.key", 0600, KEY).bytes();
    ImageFiles files = read(export(base, above));
    assertThat(files.secrets())
        .extracting(Secret::holds)
        .containsExactly(
            "/root/.ssh/id_ed25519 (a private key, which a later layer deletes)",
            "/srv/tls.key (a private key)",
            "/srv/unchanged.key (a private key)");
    assertThat(files.secrets()).extracting(Secret::deleted).containsExactly(true, false, false);
  }

  @Test
  void layersOfAnOlderEngineAreLinkedAndEmptyOnesAreNone() throws Exception {
    byte[] layer = new Tar().file("bin/su", 04755, "x").bytes();
    byte[] export =
        new Tar()
            .folder("aa")
            .file("aa/VERSION", 0644, "1.0")
            .file("aa/layer.tar", 0644, layer, NO_HEADERS)
            .folder("bb")
            .symbolicLink("bb/layer.tar", "../aa/layer.tar")
            .file("cc/layer.tar", 0644, new byte[1024], NO_HEADERS)
            .file(
                "manifest.json",
                0644,
                "[{\"Layers\":[\"aa/layer.tar\",\"cc/layer.tar\",\"bb/layer.tar\"]}]")
            .bytes();
    assertThat(read(export).privileged()).hasSize(1);
  }

  @Test
  void compressedLayersAreReadWhereTheirCompressionIsKnown() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(new Tar().file("bin/su", 04755, "x").bytes());
    }
    assertThat(privileged(zipped.toByteArray())).containsExactly("/bin/su (setuid root)");
    assertThatThrownBy(() -> privileged(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0}))
        .isInstanceOf(BadArchiveException.class)
        .hasMessageContaining("zstd");
  }

  @Test
  void whatTrustsIsNoSecretAndWhatTestsIsNobodys() throws Exception {
    byte[] layer =
        new Tar()
            .file("etc/ssl/certs/ca.pem", 0644, KEY.replace("PRIVATE KEY", "CERTIFICATE"))
            .file("usr/lib/python3/test/key.pem", 0644, KEY)
            .file("app/node_modules/tls/fixtures/key.pem", 0644, KEY)
            .file("app/test/key.pem", 0644, KEY)
            .file("app/parser.c", 0644, "if (starts(\"-----BEGIN PRIVATE KEY-----\\n\")) {")
            .file("etc/shadow", 0640, "root:*:19000:0:99999:7:::\ndaemon:!:1::::::\n")
            .file("home/a/.npmrc", 0600, "//npm.example/:_authToken=${TOKEN}\n")
            .file("home/b/.npmrc", 0600, "//npm.example/:_authToken=abc123\n")
            .file("app/.env", 0644, "# PASSWORD=old\nDEBUG=true\nexport API_KEY=\"abc12345\"\n")
            .file("srv/.env", 0644, "DEBUG=true\nPASSWORD=\n")
            .bytes();
    assertThat(secrets(layer))
        .containsExactly(
            "/app/.env (API_KEY)",
            "/app/test/key.pem (a private key)",
            "/home/b/.npmrc (a password)");
  }

  @Test
  void accountsAndCredentialsOfTools() throws Exception {
    byte[] store = new byte[40];
    System.arraycopy(
        new byte[] {(byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed}, 0, store, 0, 4);
    byte[] keys = store.clone();
    keys[15] = 1;
    store[15] = 2;
    byte[] layer =
        new Tar()
            .file("etc/shadow", 0640, "root:$6$salt$0123456789abcdefghij:19000:0:::::\n")
            .file("root/.aws/credentials", 0600, "[default]\naws_secret_access_key = abc\n")
            .file("root/.netrc", 0600, "machine git.example login a password b\n")
            .file("root/.kube/config", 0600, "users:\n- user:\n    token: abc\n")
            .file("root/.docker/config.json", 0600, "{\"auths\":{},\"credsStore\":\"pass\"}")
            .file("app/key.json", 0600, "{\"private_key\": \"-----BEGIN PRIVATE KEY-----\\nQ\"}")
            .file("app/trust.jks", 0600, store, NO_HEADERS)
            .file("app/keys.jks", 0600, keys, NO_HEADERS)
            .bytes();
    assertThat(secrets(layer))
        .containsExactly(
            "/app/key.json (a service account's key)",
            "/app/keys.jks (a keystore with a private key)",
            "/etc/shadow (a password's hash)",
            "/root/.aws/credentials (an AWS key)",
            "/root/.kube/config (a cluster's credentials)",
            "/root/.netrc (a password)");
  }

  @Test
  void anExportThatDoesNotSayAllIsNotBelieved() {
    byte[] layer = new Tar().file("bin/su", 04755, "x").bytes();
    assertThatThrownBy(() -> read(new Tar().file("a", 0644, layer, NO_HEADERS).bytes()))
        .isInstanceOf(BadArchiveException.class)
        .hasMessageContaining("manifest.json");
    assertThatThrownBy(
            () -> read(new Tar().file("manifest.json", 0644, "[{\"Layers\":[\"a\"]}]").bytes()))
        .isInstanceOf(BadArchiveException.class)
        .hasMessageContaining("the layer a is not in the engine's export");
    byte[] whole = export(layer);
    assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOfAny(IOException.class, BadArchiveException.class);
  }

  @Test
  void headersLargerThanAnyAreRefused() {
    byte[] layer =
        new Tar().file("a", 0644, new byte[0], Map.of("comment", "x".repeat(2 << 20))).bytes();
    assertThatThrownBy(() -> read(export(layer)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than 1 MiB");
    assertThatThrownBy(() -> read(layer)).hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void bytesThatAreNoArchiveEndInAnError() {
    for (int seed = 0; seed < 200; seed++) {
      byte[] export = export(new Tar().file("bin/su", 04755, KEY).hardLink("b", "bin/su").bytes());
      java.util.Random random = new java.util.Random(seed);
      for (int i = 0; i < 1 + seed % 20; i++) {
        export[random.nextInt(export.length)] = (byte) random.nextInt();
      }
      try (InputStream in = new ByteArrayInputStream(export)) {
        ImageArchive.read(in);
      } catch (IOException | BadArchiveException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
