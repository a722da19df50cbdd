package plimsoll.rego;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A thread of its own for what a module does, so that it can be stopped: both the interpreter and
 * what the compiler makes look, at each call and each turn of a loop, whether it was interrupted.
 */
final class Worker implements AutoCloseable {
  /** What recursion in a module uses up. */
  private static final long STACK = 16L << 20;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> {
        Thread one = new Thread(null, work, "policy", STACK);
        one.setDaemon(true);
        return one;
      });

  /**
   * Does something.
   *
   * @throws PolicyFailedException if it fails in any way, or takes longer than it may
   */
  <T> T call(Duration limit, Callable<T> work) throws PolicyFailedException {
    Future<T> future = thread.submit(work);
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new PolicyFailedException(
          "had not ended after " + limit.toSeconds() + " seconds, and was stopped");
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new PolicyFailedException("was interrupted");
    } catch (ExecutionException e) {
      throw new PolicyFailedException(reason(Objects.requireNonNull(e.getCause())));
    }
  }

  /** Anything may come out of a module that somebody made to do harm, errors of the JVM as well. */
  private static String reason(Throwable failure) {
    if (failure instanceof StackOverflowError) {
      return "calls itself without an end";
    }
    if (failure instanceof OutOfMemoryError) {
      return "needs more memory than there is";
    }
    String message = String.valueOf(failure.getMessage());
    String first = message.lines().findFirst().orElse("");
    return "failed: "
        + (first.length() > 300 ? first.substring(0, 300) + "…" : first)
        + " ("
        + failure.getClass().getSimpleName()
        + ")";
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
