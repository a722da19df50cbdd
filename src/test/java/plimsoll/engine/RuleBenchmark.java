package plimsoll.engine;

import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import plimsoll.derive.Derivation;
import plimsoll.model.Container;
import plimsoll.model.Snapshot;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.SubjectKind;
import plimsoll.testing.Project;
import plimsoll.wire.SnapshotJson;

/**
 * How fast one processor judges: every built-in rule for containers over each container of the
 * careless host, both views, evidence included. {@code src/bench/rules} runs it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set by setUp()
public class RuleBenchmark {
  /** How many judgements one call of each method makes: rules times containers. */
  static final int JUDGEMENTS = 60 * 8;

  private static final plimsoll.engine.Scope EVERYTHING = plimsoll.engine.Scope.ALL;

  private List<Rule> rules = List.of();
  private Snapshot snapshot;
  private ContainerJudge judge;

  /** Reads the host once. */
  @Setup
  public void setUp() throws Exception {
    try (InputStream in =
        Files.newInputStream(Project.root().resolve("samples/hosts/careless.json"))) {
      snapshot = Derivation.derive(SnapshotJson.read(in));
    }
    rules =
        RuleSet.builtIn().rules().stream()
            .filter(rule -> rule.subject() == SubjectKind.CONTAINER)
            .toList();
    if (rules.size() * snapshot.containers().size() != JUDGEMENTS) {
      throw new IllegalStateException(
          "JUDGEMENTS is " + rules.size() + " * " + snapshot.containers().size());
    }
    judge = new ContainerJudge(new ViewEvaluator.Surroundings(snapshot.engine(), snapshot.host()));
  }

  /** The rules alone: one operation is one rule over one container in both views. */
  @Benchmark
  @OperationsPerInvocation(JUDGEMENTS)
  public void judge(Blackhole blackhole) {
    for (Rule rule : rules) {
      for (Container container : snapshot.containers()) {
        blackhole.consume(judge.judge(rule, container));
      }
    }
  }

  /** A whole report, with messages and fingerprints. */
  @Benchmark
  @OperationsPerInvocation(JUDGEMENTS)
  public Object report() {
    return Evaluator.evaluate(
        new RuleSet(rules), snapshot, EVERYTHING, new Snapshot.Tool("x", "1"));
  }
}
