package plimsoll.client;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * An answer that may take as long as it keeps coming: a read that waits longer than is patient ends
 * with an error, by closing the connection under it.
 */
final class PatientStream extends FilterInputStream {
  private static final long NOT_WAITING = -1;

  private final Closeable connection;
  private final Duration patience;
  private final long begun = System.nanoTime();
  private volatile long waitingSince = NOT_WAITING;
  private volatile boolean givenUp;
  private volatile boolean done;

  PatientStream(InputStream in, Closeable connection, Duration patience) {
    super(in);
    this.connection = connection;
    this.patience = patience;
    Thread watch = new Thread(this::watch, "engine answer");
    watch.setDaemon(true);
    watch.start();
  }

  private void watch() {
    try {
      while (!done) {
        Thread.sleep(Math.min(1000, patience.toMillis()));
        long since = waitingSince;
        if (since != NOT_WAITING && elapsed() - since > patience.toNanos()) {
          givenUp = true;
          done = true;
          connection.close();
        }
      }
    } catch (InterruptedException | IOException e) {
      // Whoever reads learns of it.
    }
  }

  private long elapsed() {
    return System.nanoTime() - begun;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    waitingSince = elapsed();
    try {
      int count = in.read(bytes, offset, length);
      if (count < 0) {
        done = true;
      }
      return count;
    } catch (IOException | RuntimeException e) {
      done = true;
      if (givenUp) {
        throw new IOException("the engine sent nothing for " + patience.toSeconds() + " s", e);
      }
      throw e;
    } finally {
      waitingSince = NOT_WAITING;
    }
  }

  @Override
  public void close() throws IOException {
    done = true;
    super.close();
  }
}
