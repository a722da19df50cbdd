package plimsoll.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes everything on, and remembers the last of it. */
final class Tail extends OutputStream {
  private static final int SIZE = 8 * 1024;

  private final OutputStream to;
  private final byte[] ring = new byte[SIZE];
  private long count;
  private volatile boolean unread;

  Tail(OutputStream to) {
    this.to = to;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      to.write(bytes, from, length);
    } catch (IOException e) {
      unread = true;
      throw e;
    }
    synchronized (this) {
      for (int i = Math.max(0, length - SIZE); i < length; i++) {
        ring[(int) ((count + i) % SIZE)] = bytes[from + i];
      }
      count += length;
    }
  }

  @Override
  public void flush() throws IOException {
    if (to instanceof PrintStream stream ? stream.checkError() : flushed()) {
      unread = true;
      throw new IOException("nobody reads it");
    }
  }

  private boolean flushed() throws IOException {
    to.flush();
    return false;
  }

  /** Whether nobody reads what is written any more. */
  boolean isUnread() {
    return unread;
  }

  /** The last that was written, as text. */
  synchronized String text() {
    int length = (int) Math.min(count, SIZE);
    byte[] last = new byte[length];
    for (int i = 0; i < length; i++) {
      last[i] = ring[(int) ((count - length + i) % SIZE)];
    }
    return new String(last, StandardCharsets.UTF_8);
  }
}
