package plimsoll.client;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP/1.1 answer (RFC 9112): a body with a length, in chunks, or up to the end of the
 * connection.
 */
final class HttpResponse implements DockerHttpClient.Response {
  private static final int MAX_HEAD = 64 * 1024;

  private final int status;
  private final Map<String, List<String>> headers;
  private final InputStream body;
  private final Closeable connection;

  private HttpResponse(
      int status, Map<String, List<String>> headers, InputStream body, Closeable connection) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.connection = connection;
  }

  /**
   * Reads the head; the body is read as it is asked for.
   *
   * @throws IOException if the answer is cut short or is not HTTP
   */
  static HttpResponse read(InputStream stream, Closeable connection) throws IOException {
    InputStream in = new BufferedInputStream(stream);
    Head head = new Head(in);
    int status = status(head.line());
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = head.line(); !line.isEmpty(); line = head.line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new StreamCorruptedException("the answer is not HTTP: a header has no colon");
      }
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return new HttpResponse(status, headers, body(in, headers), connection);
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      throw new StreamCorruptedException("the answer is not HTTP");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private static InputStream body(InputStream in, Map<String, List<String>> headers)
      throws IOException {
    for (String coding : headers.getOrDefault("Transfer-Encoding", List.of())) {
      if (coding.toLowerCase(Locale.ROOT).equals("chunked")) {
        return new Chunks(in);
      }
    }
    List<String> lengths = headers.getOrDefault("Content-Length", List.of());
    if (lengths.isEmpty()) {
      return in;
    }
    if (!lengths.get(0).matches("[0-9]{1,18}")) {
      throw new StreamCorruptedException("the answer is not HTTP: its length is no number");
    }
    return new Part(in, Long.parseLong(lengths.get(0)));
  }

  @Override
  public int getStatusCode() {
    return status;
  }

  @Override
  public Map<String, List<String>> getHeaders() {
    return headers;
  }

  @Override
  public InputStream getBody() {
    return body;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      // Nothing more is wanted from it.
    }
  }

  /** The lines before the body, within a limit. */
  private static final class Head {
    private final InputStream in;
    private int left = MAX_HEAD;

    Head(InputStream in) {
      this.in = in;
    }

    String line() throws IOException {
      java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("the answer ended in its head");
        }
        if (--left < 0) {
          throw new StreamCorruptedException("the answer is not HTTP: its head never ends");
        }
        line.write(c);
      }
      return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
  }

  /** A body of a known length; a connection that ends before it is an error, not an end. */
  private static class Part extends InputStream {
    private final InputStream in;
    private long left;

    Part(InputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("the answer ended " + left + " bytes short");
      }
      left -= count;
      return count;
    }
  }

  /** A chunked body. */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private InputStream chunk = InputStream.nullInputStream();
    private boolean first = true;
    private boolean ended;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (!ended) {
        int count = chunk.read(bytes, offset, length);
        if (count >= 0) {
          return count;
        }
        next();
      }
      return -1;
    }

    private void next() throws IOException {
      Head head = new Head(in);
      if (!first) {
        head.line();
      }
      first = false;
      String size = head.line().split(";", 2)[0].strip();
      if (!size.matches("[0-9a-fA-F]{1,8}")) {
        throw new StreamCorruptedException("the answer is not HTTP: a chunk has no size");
      }
      long length = Long.parseLong(size, 16);
      ended = length == 0;
      chunk = new Part(in, length);
    }
  }
}
