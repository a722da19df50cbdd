package plimsoll.launch;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Standard output and error of a container without a terminal, told apart: frames of eight bytes of
 * head (stream, three zeros, length) and what was printed (Engine API, attach).
 */
final class Frames {
  private static final int ERR = 2;

  private Frames() {}

  /** Copies until the stream ends; each frame is passed on at once. */
  static void copy(InputStream from, OutputStream out, OutputStream err) throws IOException {
    DataInputStream in = new DataInputStream(from);
    byte[] buffer = new byte[32 * 1024];
    while (true) {
      int stream;
      int left;
      try {
        stream = in.readUnsignedByte();
        in.skipNBytes(3);
        left = in.readInt();
      } catch (EOFException e) {
        return;
      }
      OutputStream to = stream == ERR ? err : out;
      while (left > 0) {
        int read = in.read(buffer, 0, Math.min(buffer.length, left));
        if (read < 0) {
          return;
        }
        to.write(buffer, 0, read);
        left -= read;
      }
      to.flush();
    }
  }
}
