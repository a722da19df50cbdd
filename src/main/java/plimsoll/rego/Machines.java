package plimsoll.rego;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The machines that run one module: one that interprets it, and where there is more to judge than
 * is worth interpreting, compiled ones. They are kept for the next turn.
 */
final class Machines {
  /**
   * From how many bytes of JSON on it is cheaper to compile first. The interpreter, which is there
   * already, takes about 14 microseconds for each, nearly all of it to read the JSON; compiling
   * takes half a second ({@code src/bench/rego}).
   */
  static final long WORTH_COMPILING = 36 << 10;

  /** For how many bytes of JSON a compiled machine takes as long as to compile another. */
  static final long WORTH_ANOTHER = 5 << 20;

  private final byte[] wasm;
  private final Duration limit;
  private final int most = Runtime.getRuntime().availableProcessors();
  private final Deque<Running> idle = new ArrayDeque<>();
  private int started;
  private long judged;
  private @Nullable String failure;

  /**
   * Starts none yet.
   *
   * @param limit for each thing that a machine is asked
   */
  Machines(byte[] wasm, Duration limit) {
    this.wasm = wasm;
    this.limit = limit;
  }

  /** A machine and the thread that it runs on. */
  private record Running(Machine machine, Worker worker, boolean compiled) {}

  /** Asks a machine, which is then there for the first turn. */
  <T> T first(Function<Machine, T> question) throws PolicyFailedException {
    Running running = start(false);
    T answer = call(running.worker(), () -> question.apply(running.machine()));
    give(running);
    return answer;
  }

  private Running start(boolean compile) throws PolicyFailedException {
    Worker worker = new Worker();
    return new Running(call(worker, () -> Machine.start(wasm, compile)), worker, compile);
  }

  /** What failed once is not asked again. */
  private <T> T call(Worker worker, Callable<T> work) throws PolicyFailedException {
    try {
      return worker.call(limit, work);
    } catch (PolicyFailedException e) {
      worker.close();
      synchronized (this) {
        failure = String.valueOf(e.getMessage());
        notifyAll();
      }
      throw e;
    }
  }

  private Running take(boolean compile) throws PolicyFailedException {
    synchronized (this) {
      while (true) {
        if (failure != null) {
          throw new PolicyFailedException(failure);
        }
        Running best = null;
        for (Running one : idle) {
          if (one.compiled() || best == null) {
            best = one;
          }
        }
        if (best != null) {
          idle.remove(best);
          if (best.compiled() || !compile) {
            return best;
          }
          // One that is compiled takes its place.
          best.worker().close();
          break;
        }
        if (started < most) {
          started++;
          break;
        }
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new PolicyFailedException("was interrupted");
        }
      }
    }
    return start(compile);
  }

  private synchronized boolean isWorthCompiling(long bytes) {
    judged += bytes;
    return judged >= WORTH_COMPILING;
  }

  private synchronized void give(Running running) {
    idle.add(running);
    notifyAll();
  }

  /**
   * The module with some data, for whoever asks alone until it is closed. What was judged in
   * earlier turns counts as well: where there was much there is more.
   *
   * @param bytes of all inputs that are to be judged with that data
   */
  Turn turn(byte[] data, long bytes) throws PolicyFailedException {
    Running running = take(isWorthCompiling(data.length + bytes));
    call(
        running.worker(),
        () -> {
          running.machine().data(data);
          return running;
        });
    return new Turn(running);
  }

  /** A machine with its data. */
  final class Turn implements AutoCloseable {
    private final Running running;
    private boolean failed;

    private Turn(Running running) {
      this.running = running;
    }

    /** The answer to one input. */
    String evaluate(int entrypoint, byte[] input) throws PolicyFailedException {
      try {
        return call(running.worker(), () -> running.machine().evaluate(entrypoint, input));
      } catch (PolicyFailedException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public void close() {
      if (!failed) {
        give(running);
      }
    }
  }
}
