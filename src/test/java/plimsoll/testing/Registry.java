package plimsoll.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A registry of one image, {@code localhost:PORT/hello}, for pulls from loopback, which engines
 * trust without TLS. Run by {@code main(PORT, ARCHIVE)} in the engine's network.
 */
public final class Registry {
  /** The port that tests use: each engine has a network of its own. */
  public static final int PORT = 5000;

  /** The first byte of a TLS connection. */
  private static final int TLS_HANDSHAKE = 0x16;

  private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

  private final Map<String, byte[]> blobs = new HashMap<>();
  private final byte[] manifest;

  private Registry(byte[] layer) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(layer);
    }
    String config =
        """
        {"architecture": "amd64", "os": "linux", "config": {"Cmd": ["echo", "pulled"]},
         "rootfs": {"type": "layers", "diff_ids": ["%s"]}}
        """
            .formatted(digest(layer));
    String document =
        """
        {"schemaVersion": 2, "mediaType": "%s", "config": %s, "layers": [%s]}
        """
            .formatted(
                MANIFEST,
                blob("application/vnd.docker.container.image.v1+json", bytes(config)),
                blob("application/vnd.docker.image.rootfs.diff.tar.gzip", packed.toByteArray()));
    manifest = bytes(document);
  }

  /** Serves the archive's files as an image's only layer, until it is killed. */
  public static void main(String[] arguments) throws IOException {
    byte[] archive = Files.readAllBytes(Path.of(arguments[1]));
    // Longer than what was imported: a layer that the engine does not have yet.
    Registry registry = new Registry(Arrays.copyOf(archive, archive.length + 10_240));
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(arguments[0]), 50, InetAddress.getLoopbackAddress())) {
      System.out.println("ready");
      while (true) {
        Socket client = server.accept();
        new Thread(() -> registry.answer(client), "client").start();
      }
    }
  }

  /** One that runs, until it is closed. */
  public record Served(Process process) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** Serves busybox's programs as {@code localhost:5000/hello}, in an engine's network. */
  public static Served serve(PrivateEngine engine) {
    try {
      Process process =
          new ProcessBuilder(
                  "nsenter",
                  "--target",
                  String.valueOf(engine.pid()),
                  "--net",
                  "--",
                  Path.of(System.getProperty("java.home"), "bin/java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Registry.class.getName(),
                  String.valueOf(PORT),
                  BusyboxRoot.archive().toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (process.getInputStream().read() < 0) {
        throw new AssertionError("the registry did not start");
      }
      return new Served(process);
    } catch (IOException e) {
      throw new AssertionError("cannot start a registry", e);
    }
  }

  private String blob(String type, byte[] content) {
    blobs.put(digest(content), content);
    return "{\"mediaType\": \"%s\", \"size\": %d, \"digest\": \"%s\"}"
        .formatted(type, content.length, digest(content));
  }

  private static String digest(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(Socket client) {
    try (client) {
      BufferedInputStream in = new BufferedInputStream(client.getInputStream());
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0 || (head.isEmpty() && next == TLS_HANDSHAKE)) {
          // Engines try TLS first, and wait long for an answer.
          return;
        }
        head.append((char) next);
      }
      String[] request = head.toString().split(" ", 3);
      respond(client.getOutputStream(), request[0].equals("HEAD"), request[1]);
    } catch (IOException e) {
      // The engine has gone away.
    }
  }

  private void respond(OutputStream out, boolean head, String path) throws IOException {
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (path.equals("/v2/")) {
      send(out, head, "200 OK", "application/json", bytes("{}"));
    } else if (path.equals("/v2/hello/manifests/latest")
        || path.equals("/v2/hello/manifests/" + digest(manifest))) {
      send(out, head, "200 OK", MANIFEST, manifest);
    } else if (path.startsWith("/v2/hello/blobs/") && blobs.containsKey(last)) {
      send(out, head, "200 OK", "application/octet-stream", blobs.get(last));
    } else {
      String errors = "{\"errors\": [{\"code\": \"NAME_UNKNOWN\", \"message\": \"no such name\"}]}";
      send(out, head, "404 Not Found", "application/json", bytes(errors));
    }
  }

  private static void send(
      OutputStream out, boolean head, String status, String type, byte[] content)
      throws IOException {
    out.write(
        bytes(
            ("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
                    + "Docker-Content-Digest: %s\r\nConnection: close\r\n\r\n")
                .formatted(status, type, content.length, digest(content))));
    if (!head) {
      out.write(content);
    }
    out.flush();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
