package plimsoll.client;

import com.github.dockerjava.core.LocalDirectorySSLConfig;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the engine turned into a stream in both directions. Each direction ends by
 * itself: a program whose standard input is at its end may still print.
 */
public final class Attachment implements Closeable {
  private final HttpResponse head;
  private final OutputStream out;
  private final Closeable closing;
  private final Ending ending;

  private Attachment(HttpResponse head, OutputStream out, Closeable closing, Ending ending) {
    this.head = head;
    this.out = out;
    this.closing = closing;
    this.ending = ending;
  }

  private interface Ending {
    void endInput() throws IOException;
  }

  static Attachment open(Endpoint endpoint, String path) throws IOException {
    Path socket = endpoint.socket();
    if (socket != null) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(socket));
        return start(
            new ChannelInput(channel),
            new ChannelOutput(channel),
            channel,
            channel::shutdownOutput,
            path);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
    URI address = URI.create(endpoint.address());
    Socket connection = connect(address, endpoint.certificates());
    return start(
        connection.getInputStream(),
        connection.getOutputStream(),
        connection,
        connection::shutdownOutput,
        path);
  }

  private static Socket connect(URI address, @Nullable Path certificates) throws IOException {
    int port = address.getPort() >= 0 ? address.getPort() : certificates == null ? 2375 : 2376;
    if (certificates == null) {
      return new Socket(address.getHost(), port);
    }
    SSLContext context = new LocalDirectorySSLConfig(certificates.toString()).getSSLContext();
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(address.getHost(), port);
    SSLParameters checked = socket.getSSLParameters();
    checked.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(checked);
    return socket;
  }

  private static Attachment start(
      InputStream in, OutputStream out, Closeable closing, Ending ending, String path)
      throws IOException {
    String request =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
            + "Content-Length: 0\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return new Attachment(HttpResponse.read(in, closing), out, closing, ending);
  }

  int status() {
    return head.getStatusCode();
  }

  /** What the engine sends. */
  public InputStream in() {
    return head.getBody();
  }

  /** What the engine is sent; each write is sent at once. */
  public OutputStream out() {
    return out;
  }

  /** Says that nothing more will be sent; what the engine sends goes on. */
  public void endInput() throws IOException {
    ending.endInput();
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }

  /** The JDK's own stream of a channel cannot be read while it is written, before release 19. */
  private static final class ChannelInput extends InputStream {
    private final SocketChannel channel;

    ChannelInput(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, from, length));
    }
  }

  private static final class ChannelOutput extends OutputStream {
    private final SocketChannel channel;

    ChannelOutput(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }
}
