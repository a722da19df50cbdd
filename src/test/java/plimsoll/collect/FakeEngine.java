package plimsoll.collect;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An engine on a Unix socket that misbehaves as a real one will not on demand: it answers each path
 * as it is told.
 */
public final class FakeEngine implements AutoCloseable {
  private final Path folder;
  private final ServerSocketChannel server;
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** What is written to a connection that asked; returning closes it. */
  public interface Answer {
    /** Writes the answer, head and all. */
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  /** Listens. */
  public FakeEngine() throws IOException {
    folder = Files.createTempDirectory(Path.of("/tmp"), "fake");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
    Thread thread = new Thread(this::serve, "fake engine");
    thread.setDaemon(true);
    thread.start();
  }

  /** Its address. */
  public String host() {
    return "unix://" + folder.resolve("s");
  }

  /** The paths it was asked for, in order. */
  public List<String> asked() {
    return asked;
  }

  /** Answers a path, and those below it that have no answer of their own, with JSON. */
  public FakeEngine json(String path, String json) {
    return on(path, out -> out.write(response("200 OK", json)));
  }

  /** Answers a path so. */
  public FakeEngine on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /** An engine with one image and nothing else, all answers in order. */
  public FakeEngine healthy() {
    return json("/version", "{\"Version\": \"20.10.24\", \"ApiVersion\": \"1.41\"}")
        .json("/info", "{\"SecurityOptions\": [\"name=seccomp,profile=default\"]}")
        .json("/networks", "[]")
        .json("/volumes", "{\"Volumes\": []}")
        .json("/images/json", "[]")
        .json("/containers/json?all=1", "[]");
  }

  /** A whole answer with a length. */
  public static byte[] response(String status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ("HTTP/1.1 " + status + "\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        open.add(connection);
        Thread thread = new Thread(() -> converse(connection), "fake connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void converse(SocketChannel connection) {
    try (connection) {
      StringBuilder head = new StringBuilder();
      var in = Channels.newInputStream(connection);
      while (head.indexOf("\r\n\r\n") < 0) {
        int c = in.read();
        if (c < 0) {
          return;
        }
        head.append((char) c);
      }
      String path = head.toString().split(" ", -1)[1];
      asked.add(path);
      Answer missing = out -> out.write(response("404 Not Found", "{\"message\": \"no such\"}"));
      answers.getOrDefault(path, missing).to(Channels.newOutputStream(connection));
    } catch (IOException | InterruptedException e) {
      // The client went away, which some tests are about.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel connection : open) {
      connection.close();
    }
    Files.deleteIfExists(folder.resolve("s"));
    Files.delete(folder);
  }
}
