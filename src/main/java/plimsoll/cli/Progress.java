package plimsoll.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error what is being done, if that is a terminal and takes longer than a moment;
 * the line is gone when it is done.
 */
final class Progress implements Consumer<String>, AutoCloseable {
  private static final String CLEAR = "\r\u001b[K";

  private final @Nullable PrintStream err;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile String doing = "";
  private boolean shown;

  private Progress(@Nullable PrintStream err) {
    this.err = err;
  }

  static Progress on(Edges edges) {
    Progress progress = new Progress(edges.errTerminal() ? edges.err() : null);
    if (edges.errTerminal()) {
      Thread thread = new Thread(progress::tell, "progress");
      thread.setDaemon(true);
      thread.start();
    }
    return progress;
  }

  @Override
  public void accept(String what) {
    doing = what;
  }

  private void tell() {
    try {
      for (int seconds = 1; !done.await(1, TimeUnit.SECONDS); seconds++) {
        show(CLEAR + "plimsoll: " + doing + ", " + seconds + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void show(String text) {
    if (err != null && done.getCount() > 0) {
      shown = true;
      err.print(text);
      err.flush();
    }
  }

  @Override
  public synchronized void close() {
    done.countDown();
    if (shown && err != null) {
      err.print(CLEAR);
      err.flush();
    }
  }
}
