package plimsoll.launch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Attachment;

/** Copies between somebody and a container, both ways, until the container's side ends. */
final class Streams implements Closeable {
  private final Attachment attachment;
  private final Console console;
  private final boolean tty;
  private final Tail out;
  private final Tail err;
  private @Nullable Thread output;
  private volatile boolean left;

  Streams(Attachment attachment, Console console, boolean tty) {
    this.attachment = attachment;
    this.console = console;
    this.tty = tty;
    this.out = new Tail(console.out());
    this.err = new Tail(console.err());
  }

  /**
   * Begins.
   *
   * @param streams which of them
   * @param keys the keys that leave it; null where nobody types
   */
  void start(Set<String> streams, @Nullable DetachKeys keys) {
    output = thread("container output", this::output);
    if (streams.contains("stdin")) {
      thread("container input", () -> input(keys));
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    // One that waits for a key nobody presses must not keep the program.
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void output() {
    try {
      if (tty) {
        plain(attachment.in(), out);
      } else {
        Frames.copy(attachment.in(), out, err);
      }
    } catch (IOException e) {
      // The connection was closed, or nobody reads: how the program ended is what counts.
    }
  }

  private static void plain(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[32 * 1024];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      out.flush();
    }
  }

  private void input(@Nullable DetachKeys keys) {
    byte[] buffer = new byte[32 * 1024];
    try {
      for (int read = console.in().read(buffer); read >= 0; read = console.in().read(buffer)) {
        byte[] passed = keys == null ? null : keys.pass(buffer, read);
        if (keys != null && passed == null) {
          left = true;
          attachment.close();
          return;
        }
        if (passed == null) {
          attachment.out().write(buffer, 0, read);
        } else {
          attachment.out().write(passed);
        }
      }
      attachment.endInput();
    } catch (IOException e) {
      // The container takes nothing more.
    }
  }

  /** Waits until the container's side has ended; whether it was left by the detach keys. */
  boolean await() {
    try {
      if (output != null) {
        output.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return left;
  }

  /** The name of what nobody reads any more; null where all is read. */
  @Nullable String unread() {
    return out.isUnread() ? "/dev/stdout" : err.isUnread() ? "/dev/stderr" : null;
  }

  /** The last that was printed: standard output, then standard error. */
  String printed() {
    return out.text() + "\n" + err.text();
  }

  @Override
  public void close() throws IOException {
    attachment.close();
  }
}
