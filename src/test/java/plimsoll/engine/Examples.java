package plimsoll.engine;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plimsoll.derive.Derivation;
import plimsoll.finding.Finding;
import plimsoll.finding.Finding.Judgement;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Host;
import plimsoll.model.Network;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.model.Volume;
import plimsoll.read.FakeWorld;
import plimsoll.read.RunLineException;
import plimsoll.read.RunReader;
import plimsoll.read.RunReader.Described;
import plimsoll.read.Word;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.SubjectKind;

/** The run lines that stand as examples in the rules for containers, and how they are judged. */
public final class Examples {
  private static final Snapshot.Tool TOOL = new Snapshot.Tool("plimsoll", "test");
  public static final RuleSet RULES = RuleSet.builtIn();

  private Examples() {}

  /** All lines of all rules for containers, each once. */
  public static Set<String> lines() {
    Set<String> lines = new LinkedHashSet<>();
    for (Rule rule : containerRules()) {
      Stream.of(rule.examples().good(), rule.examples().bad())
          .flatMap(List::stream)
          // What no run line can say is a compose file.
          .filter(line -> !line.startsWith("services:"))
          .forEach(lines::add);
    }
    return lines;
  }

  static List<Rule> containerRules() {
    return RULES.rules().stream().filter(rule -> rule.subject() == SubjectKind.CONTAINER).toList();
  }

  /** What the client finds where the examples are run. */
  public static FakeWorld world() {
    FakeWorld world = new FakeWorld();
    containerRules().forEach(rule -> rule.examples().files().forEach(world::withFile));
    return world;
  }

  /** The words after {@code docker run}. */
  public static List<Word> words(String line) {
    List<Word> words = Word.split(line);
    return words.subList(2, words.size());
  }

  /** The container a line describes. */
  public static Described described(String line) throws RunLineException {
    return RunReader.read(words(line), world(), null);
  }

  /** What there is beside a container. */
  public record Surroundings(
      @Nullable View<Host> host, @Nullable View<Engine> engine, List<Network> networks) {
    /** Nothing known. */
    public static final Surroundings NONE = new Surroundings(null, null, List.of());
  }

  /** Findings on one container by rule. */
  public static Map<String, Judgement> judge(
      Container container, List<Volume> volumes, Surroundings surroundings) {
    Snapshot snapshot =
        new Snapshot(
            Snapshot.SCHEMA,
            Instant.EPOCH,
            TOOL,
            surroundings.host(),
            surroundings.engine(),
            List.of(container),
            List.of(),
            surroundings.networks(),
            volumes,
            List.of());
    Map<String, Judgement> byRule = new TreeMap<>();
    for (Finding finding :
        Evaluator.evaluate(
                new RuleSet(containerRules()), Derivation.derive(snapshot), Scope.ALL, TOOL)
            .findings()) {
      byRule.put(finding.rule().id(), finding.judgement());
    }
    return byRule;
  }
}
