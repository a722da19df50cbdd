package plimsoll.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plimsoll.engine.ContainerJudge.Judged;
import plimsoll.engine.Subjects.Item;
import plimsoll.engine.ViewEvaluator.Surroundings;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Container;
import plimsoll.model.FactPath;
import plimsoll.model.FactPath.UnknownFactException;
import plimsoll.model.Gap;
import plimsoll.model.Origin;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.rego.RegoPolicy;
import plimsoll.rego.Violation;
import plimsoll.rule.Condition;
import plimsoll.rule.Condition.Of;
import plimsoll.rule.Operator;
import plimsoll.rule.Rule;
import plimsoll.rule.Severity;

/**
 * Judges by policies in Rego. What a policy objects to is evidence as a rule's own is: its path
 * says which fact, and so where that came from.
 */
final class PolicyJudge {
  private final Surroundings surroundings;
  private final PolicyInputs documents;

  PolicyJudge(Snapshot snapshot, Surroundings surroundings) {
    this.surroundings = surroundings;
    this.documents = new PolicyInputs(snapshot, surroundings);
  }

  /** Judges subjects of the rule's kind. */
  List<Judged> judge(Rule rule, Condition.Policy condition, List<Item> items) {
    List<String> unknown = items.stream().map(item -> unknown(condition, item)).toList();
    List<ObjectNode> inputs = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (unknown.get(i).isEmpty()) {
        inputs.add(documents.of(condition, items.get(i)));
      }
    }
    List<RegoPolicy.Answer> answers =
        inputs.isEmpty()
            ? List.of()
            : condition.policy().judge(documents.around(condition), inputs);
    String around = inputs.isEmpty() ? "" : unknownAround(condition);
    List<Judged> judged = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < items.size(); i++) {
      judged.add(
          unknown.get(i).isEmpty()
              ? judged(rule, condition, items.get(i), answers.get(next++), around)
              : unknown(rule, unknown.get(i), null));
    }
    return judged;
  }

  /** Why nothing can be said of a subject; nothing where something can. */
  private String unknown(Condition.Policy condition, Item item) {
    View<?> view = item.view();
    if (view == null) {
      return item.unseen();
    }
    for (Condition.Read read : reads(condition)) {
      if (read.of() == Of.CONTAINERS) {
        continue; // What one of them lacks is no reason to judge none.
      }
      View<?> of =
          read.of() == Of.ENGINE
              ? surroundings.engine()
              : read.of() == Of.HOST ? surroundings.host() : view;
      if (of == null) {
        return read.of() == Of.ENGINE ? "no engine answered" : "the host was not looked at";
      }
      String reason = gap(of, read);
      if (!reason.isEmpty()) {
        return reason;
      }
    }
    return "";
  }

  /**
   * Why a policy may have overlooked something, though it objects to nothing: what is not known of
   * the containers around; nothing where all is.
   */
  private String unknownAround(Condition.Policy condition) {
    for (Condition.Read read : reads(condition)) {
      for (Item item : read.of() == Of.CONTAINERS ? documents.containers() : List.<Item>of()) {
        View<?> view = item.view();
        String reason = view == null ? item.unseen() : gap(view, read);
        if (!reason.isEmpty()) {
          return "of " + item.subject().name() + " it is not known: " + reason;
        }
      }
    }
    return "";
  }

  private static List<Condition.Read> reads(Condition.Policy condition) {
    List<Condition.Read> reads = condition.reads();
    return reads == null ? List.of() : reads;
  }

  private static String gap(View<?> view, Condition.Read read) {
    String pointer = read.path().text();
    return view.gapAt(pointer)
        .or(() -> view.gapsBelow(pointer).stream().findFirst())
        .map(Gap::reason)
        .orElse("");
  }

  private Judged judged(
      Rule rule,
      Condition.Policy condition,
      Item item,
      RegoPolicy.Answer answer,
      String unknownAround) {
    String failure = answer.failure();
    if (failure != null) {
      return unknown(rule, failure, Because.ERROR);
    }
    if (answer.violations().isEmpty() && !unknownAround.isEmpty()) {
      return unknown(rule, unknownAround, null);
    }
    if (answer.violations().isEmpty()) {
      return new Judged(
          new Judgement(
              Verdict.PASS,
              rule.severity().worst(),
              null,
              null,
              item.enforced() == null
                  ? List.of(ViewName.REQUESTED)
                  : List.of(ViewName.REQUESTED, ViewName.ENFORCED),
              null),
          List.of());
    }
    try {
      return failed(rule, item, answer.violations());
    } catch (NonsenseException e) {
      return unknown(
          rule,
          "the policy " + condition.policy().name() + " objects to " + e.getMessage(),
          Because.ERROR);
    }
  }

  private static Judged unknown(Rule rule, String reason, @Nullable Because because) {
    return new Judged(
        new Judgement(
            Verdict.UNKNOWN,
            rule.severity().worst(),
            because,
            null,
            List.of(ViewName.REQUESTED),
            reason),
        List.of());
  }

  private Judged failed(Rule rule, Item item, List<Violation> violations) throws NonsenseException {
    List<Evidence> evidence = new ArrayList<>();
    Set<ViewName> views = new LinkedHashSet<>();
    Severity worst = Severity.INFO;
    boolean anyWritten = false;
    for (Violation violation : violations) {
      Evidence one = evidence(item, violation);
      boolean written = violation.written() || asked(item, one);
      Severity own = written ? rule.severity().written() : rule.severity().omitted();
      String said = violation.severity();
      Severity severity = said == null ? own : Severity.named(said).orElse(own);
      worst = severity.compareTo(worst) > 0 ? severity : worst;
      anyWritten |= written;
      evidence.add(one);
      views.add(one.view());
    }
    String messages =
        violations.stream().map(Violation::message).distinct().collect(Collectors.joining("; "));
    return new Judged(
        new Judgement(
            Verdict.FAIL,
            worst,
            anyWritten ? Because.WRITTEN : Because.OMITTED,
            views.contains(ViewName.ENFORCED) ? (Boolean) true : null,
            List.copyOf(views),
            null),
        evidence,
        rule.message().filled(messages, Objects.requireNonNull(item.view()).facts()),
        evidence);
  }

  /** A policy objects to what there is not. */
  private static final class NonsenseException extends Exception {
    private static final long serialVersionUID = 1L;

    NonsenseException(String message) {
      super(message);
    }
  }

  private Evidence evidence(Item item, Violation violation) throws NonsenseException {
    boolean kernel = violation.view().equals(ViewName.ENFORCED.toString());
    String path = violation.path();
    View<?> view = kernel ? item.enforced() : item.view();
    if (path.startsWith("engine:")) {
      view = surroundings.engine();
    } else if (path.startsWith("host:")) {
      view = surroundings.host();
    }
    if (view == null) {
      throw new NonsenseException(path + ", of which there is no view " + violation.view());
    }
    String pointer = path.replaceFirst("^(engine|host):", "");
    Container container = item.container();
    try {
      Object actual = FactPath.pointer(pointer, view.facts().getClass()).read(view.facts());
      return new Evidence(
          kernel ? ViewName.ENFORCED : ViewName.REQUESTED,
          pointer,
          violation.message(),
          Operator.show(actual),
          view.originOf(pointer),
          kernel && container != null ? container.identity().pid() : null);
    } catch (UnknownFactException e) {
      throw new NonsenseException("a fact that there is not: " + e.getMessage());
    }
  }

  /** Whether somebody asked for what is wrong; of what the kernel shows, for its counterpart. */
  private static boolean asked(Item item, Evidence evidence) {
    View<?> requested = item.view();
    Origin origin =
        evidence.view() == ViewName.ENFORCED && requested != null
            ? requested.originOf(evidence.path())
            : evidence.origin();
    return origin != null && origin.written();
  }
}
