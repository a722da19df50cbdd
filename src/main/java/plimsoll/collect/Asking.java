package plimsoll.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;
import plimsoll.model.Gap;

/** Questions to an engine, in which one that is not answered is a gap, and the others go on. */
final class Asking {
  /**
   * Engines answer a handful of inspects at once sooner than one by one, and many no sooner than
   * that.
   */
  private static final int PARALLEL = 8;

  private final EngineClient client;
  private final List<Gap> gaps = new ArrayList<>();
  private boolean failed;

  Asking(EngineClient client) {
    this.client = client;
  }

  EngineClient client() {
    return client;
  }

  /** What was not answered, by pointers into the snapshot. */
  List<Gap> gaps() {
    return List.copyOf(gaps);
  }

  /** Whether a call failed, other than for something that had just been removed. */
  boolean failed() {
    return failed;
  }

  /** The answer; a missing node, and a gap, where there is none. */
  JsonNode orGap(String path, String pointer) {
    try {
      return client.get(path);
    } catch (EngineException e) {
      failed(pointer, String.valueOf(e.getMessage()));
      return MissingNode.getInstance();
    }
  }

  /** A call was not answered as it ought to be. */
  void failed(String pointer, String reason) {
    failed = true;
    gap(pointer, reason);
  }

  /** Something is not known, for a reason that is no fault of the engine's. */
  void gap(String pointer, String reason) {
    gaps.add(new Gap(pointer, reason));
  }

  /**
   * Asks for many things at once.
   *
   * @param path the question about one of them
   */
  List<Answer> each(Collection<String> ids, UnaryOperator<String> path) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            PARALLEL,
            task -> {
              Thread thread = new Thread(task, "inspect");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Answer> answers = new ArrayList<>();
      for (String id : ids) {
        Callable<JsonNode> call = () -> client.get(path.apply(id));
        answers.add(new Answer(id, pool.submit(call)));
      }
      return answers;
    } finally {
      pool.shutdown();
    }
  }

  /** An answer, or why there is none. */
  final class Answer {
    private final String id;
    private final Future<JsonNode> future;

    Answer(String id, Future<JsonNode> future) {
      this.id = id;
      this.future = future;
    }

    String id() {
      return id;
    }

    /** Waits for the answer, and notes a gap where there is none. */
    void keep(String pointer, Consumer<JsonNode> take) {
      try {
        take.accept(future.get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof EngineException failure)) {
          throw new IllegalStateException(e);
        }
        if (failure.notFound()) {
          gap(pointer, "removed while the audit was looking at it");
        } else {
          failed(pointer, String.valueOf(failure.getMessage()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        gap(pointer, "interrupted");
      }
    }
  }
}
