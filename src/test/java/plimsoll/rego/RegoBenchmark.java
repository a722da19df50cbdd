package plimsoll.rego;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import plimsoll.derive.Derivation;
import plimsoll.model.Container;
import plimsoll.model.Snapshot;
import plimsoll.testing.Project;
import plimsoll.wire.SnapshotJson;

/**
 * What a policy costs from the start of the program on: {@code src/bench/rego} runs it, each time
 * in a virtual machine of its own, so that the first evaluation is a cold one.
 *
 * <p>The policy is that of {@code samples/policies/image-origin}; what it is given is everything
 * there is of the containers of the careless host, without {@code reads}.
 */
public final class RegoBenchmark {
  private RegoBenchmark() {}

  /** Takes {@code interpreted} or {@code compiled}, and how many subjects. */
  public static void main(String[] words) throws Exception {
    boolean compiled = words[0].equals("compiled");
    int subjects = Integer.parseInt(words[1]);
    Path sample = Project.root().resolve("samples/policies/image-origin/image-origin.tar.gz");
    PolicyFile policy = PolicyFile.bundle(Files.readAllBytes(sample), null);
    List<byte[]> inputs = inputs();
    byte[] data = "{\"registries\": [\"registry.acme.example\"]}".getBytes(StandardCharsets.UTF_8);
    long begin = System.nanoTime();
    Machine machine = Machine.start(policy.wasm(), compiled);
    machine.data(data);
    long started = System.nanoTime();
    machine.evaluate(0, inputs.get(0));
    long first = System.nanoTime();
    long bytes = inputs.get(0).length;
    for (int i = 1; i < subjects; i++) {
      byte[] input = inputs.get(i % inputs.size());
      machine.evaluate(0, input);
      bytes += input.length;
    }
    long all = System.nanoTime();
    System.out.printf(
        Locale.ROOT,
        "%-12s%5d subjects of %4.1f KiB: to start %5.0f ms, the first %6.1f ms, all %6.0f ms,"
            + " together %6.0f ms%s%n",
        words[0],
        subjects,
        bytes / 1024.0 / subjects,
        (started - begin) / 1e6,
        (first - started) / 1e6,
        (all - started) / 1e6,
        (all - begin) / 1e6,
        subjects == 1
            ? ""
            : String.format(Locale.ROOT, ", each after %.2f ms", (all - first) / 1e6 / subjects));
  }

  private static List<byte[]> inputs() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream in =
        Files.newInputStream(Project.root().resolve("samples/hosts/careless.json"))) {
      Snapshot snapshot = Derivation.derive(SnapshotJson.read(in));
      List<byte[]> inputs = new ArrayList<>();
      for (Container container : snapshot.containers()) {
        ObjectNode input = Documents.empty();
        input.put("kind", "container").put("name", container.identity().name());
        input.set("requested", Documents.of(container.requested().facts(), null));
        if (container.enforced() != null) {
          input.set("enforced", Documents.of(container.enforced().facts(), null));
        }
        if (snapshot.engine() != null && snapshot.host() != null) {
          input.set("engine", Documents.of(snapshot.engine().facts(), null));
          input.set("host", Documents.of(snapshot.host().facts(), null));
        }
        inputs.add(mapper.writeValueAsBytes(input));
      }
      return inputs;
    }
  }
}
