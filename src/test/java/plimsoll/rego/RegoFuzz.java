package plimsoll.rego;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Whatever is given out as a policy, it is judged by or refused: nothing crashes, hangs or takes
 * all memory. {@code src/bench/fuzz} looks for inputs that do, {@link RegoFuzzInputsTest} tries
 * those that once did.
 */
class RegoFuzz {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private static void judge(byte[] file, boolean bundle) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    long begin = System.nanoTime();
    String failure;
    try {
      RegoPolicy policy = RegoPolicy.load("fuzz", file, bundle, null, nothing, LIMIT);
      failure = String.valueOf(policy.judge(nothing, List.of(nothing)).get(0).failure());
    } catch (BadPolicyException e) {
      failure = String.valueOf(e.getMessage());
    }
    if (failure.contains("more memory than there is")) {
      throw new IllegalStateException(failure);
    }
    // To read it; to start it, with another machine to judge on, its data, one evaluation.
    if (System.nanoTime() - begin > LIMIT.toNanos() * 6) {
      throw new IllegalStateException("took " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }
  }

  @FuzzTest(maxDuration = "60m")
  void module(byte[] data) {
    judge(data, false);
  }

  /** Of a bundle what is inside of the compression. */
  @FuzzTest(maxDuration = "60m")
  void archive(byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(data);
    }
    judge(bytes.toByteArray(), true);
  }

  @FuzzTest(maxDuration = "60m")
  void bundle(byte[] data) {
    judge(data, true);
  }
}
