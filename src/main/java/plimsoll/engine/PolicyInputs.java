package plimsoll.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.engine.Subjects.Item;
import plimsoll.engine.ViewEvaluator.Surroundings;
import plimsoll.finding.Subject;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.rego.Documents;
import plimsoll.rule.Condition;
import plimsoll.rule.Condition.Of;
import plimsoll.rule.SubjectKind;

/** The documents that policies in Rego are given; {@code rules schema rego/KIND} describes them. */
final class PolicyInputs {
  private final Snapshot snapshot;
  private final Surroundings surroundings;

  PolicyInputs(Snapshot snapshot, Surroundings surroundings) {
    this.snapshot = snapshot;
    this.surroundings = surroundings;
  }

  /** The document that a policy is given of one subject. */
  ObjectNode of(Condition.Policy condition, Item item) {
    ObjectNode input =
        described(item.subject(), item.view(), item.enforced(), condition, Of.SUBJECT);
    View<?> engine = surroundings.engine();
    List<String> ofEngine = condition.of(Of.ENGINE);
    if (engine != null && (ofEngine == null || !ofEngine.isEmpty())) {
      input.set("engine", facts(engine, ofEngine));
    }
    View<?> host = surroundings.host();
    List<String> ofHost = condition.of(Of.HOST);
    if (host != null && (ofHost == null || !ofHost.isEmpty())) {
      input.set("host", facts(host, ofHost));
    }
    return input;
  }

  private static ObjectNode described(
      Subject subject,
      @Nullable View<?> requested,
      @Nullable View<?> enforced,
      Condition.Policy condition,
      Of what) {
    ObjectNode one = Documents.empty();
    one.put("kind", subject.kind().toString());
    one.put("name", subject.name());
    List<String> paths = condition.of(what);
    ObjectNode gaps = Documents.empty();
    if (requested != null) {
      one.set("requested", facts(requested, paths));
      gaps.set("requested", gaps(requested));
    }
    if (enforced != null) {
      one.set("enforced", facts(enforced, paths));
      gaps.set("enforced", gaps(enforced));
    }
    if (paths == null) {
      one.set("gaps", gaps);
    }
    return one;
  }

  /** Those that a policy finds around the one it judges, and that one. */
  List<Item> containers() {
    return new Subjects(snapshot).of(SubjectKind.CONTAINER);
  }

  /** What is known, whatever stands in for the rest. */
  private static ObjectNode facts(View<?> view, @Nullable List<String> paths) {
    ObjectNode facts = Documents.of(view.facts(), paths);
    view.gaps().forEach(gap -> Documents.forget(facts, gap.path()));
    return facts;
  }

  private static ObjectNode gaps(View<?> view) {
    ObjectNode gaps = Documents.empty();
    view.gaps().forEach(gap -> gaps.put(gap.path(), gap.reason()));
    return gaps;
  }

  /** What a policy finds as {@code data.plimsoll}. */
  ObjectNode around(Condition.Policy condition) {
    ObjectNode around = Documents.empty();
    ArrayNode containers = around.putArray("containers");
    List<String> paths = condition.of(Of.CONTAINERS);
    if (paths == null || !paths.isEmpty()) {
      for (Item item : containers()) {
        containers.add(
            described(item.subject(), item.view(), item.enforced(), condition, Of.CONTAINERS));
      }
    }
    return around;
  }
}
