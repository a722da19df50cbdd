package plimsoll.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plimsoll.engine.ContainerJudge.Judged;
import plimsoll.engine.Subjects.Item;
import plimsoll.engine.ViewEvaluator.Surroundings;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Fingerprint;
import plimsoll.finding.Report;
import plimsoll.finding.Report.Audited;
import plimsoll.finding.Subject;
import plimsoll.finding.Totals;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Host;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.rule.Condition;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;

/** Judges a snapshot by rules. */
public final class Evaluator {
  /** Failures first, then by severity, rule and subject. */
  public static final Comparator<Finding> WORST_FIRST = Evaluator::worstFirst;

  private final Scope scope;
  private final Subjects subjects;
  private final Surroundings surroundings;
  private final ContainerJudge containers;
  private final PolicyJudge policies;
  private final List<Finding> findings = new ArrayList<>();

  private Evaluator(Snapshot snapshot, Scope scope) {
    this.scope = scope;
    this.subjects = new Subjects(snapshot);
    this.surroundings = new Surroundings(snapshot.engine(), snapshot.host());
    this.containers = new ContainerJudge(surroundings);
    this.policies = new PolicyJudge(snapshot, surroundings);
  }

  /**
   * What rules say of a snapshot, in no order and without sums.
   *
   * @param snapshot with everything derived
   */
  public static List<Finding> findings(RuleSet rules, Snapshot snapshot, Scope scope) {
    Evaluator evaluator = new Evaluator(snapshot, scope);
    rules.rules().forEach(evaluator::judge);
    return evaluator.findings;
  }

  /**
   * What rules say of one subject that no snapshot holds, in no order.
   *
   * @param around what the rules may read beside it
   */
  public static List<Finding> findings(
      RuleSet rules, Subject subject, View<?> facts, Snapshot around, Scope scope) {
    Evaluator evaluator = new Evaluator(around, scope);
    rules.rules().stream()
        .filter(rule -> rule.subject() == subject.kind())
        .forEach(rule -> evaluator.judge(rule, List.of(new Item(subject, facts, ""))));
    return evaluator.findings;
  }

  /**
   * Judges a snapshot.
   *
   * @param snapshot with everything derived
   * @param tool what judges, for the report
   */
  public static Report evaluate(RuleSet rules, Snapshot snapshot, Scope scope, Snapshot.Tool tool) {
    Evaluator evaluator = new Evaluator(snapshot, scope);
    for (Rule rule : rules.rules()) {
      evaluator.judge(rule);
    }
    evaluator.findings.sort(WORST_FIRST);
    return new Report(
        tool,
        snapshot.takenAt(),
        audited(snapshot),
        evaluator.findings,
        Totals.of(evaluator.findings),
        snapshot.containers(),
        allGaps(snapshot));
  }

  /** By hand: a chain of comparators takes several times as long, and there are many findings. */
  private static int worstFirst(Finding one, Finding other) {
    int order = Integer.compare(place(one.verdict()), place(other.verdict()));
    if (order == 0) {
      order = other.severity().compareTo(one.severity());
    }
    if (order == 0) {
      order = one.rule().id().compareTo(other.rule().id());
    }
    return order == 0 ? one.subject().name().compareTo(other.subject().name()) : order;
  }

  private static int place(Verdict verdict) {
    return verdict == Verdict.FAIL ? 0 : verdict == Verdict.UNKNOWN ? 1 : 2;
  }

  private void judge(Rule rule) {
    judge(rule, subjects.of(rule.subject()));
  }

  private void judge(Rule rule, List<Item> items) {
    List<Item> included =
        items.stream().filter(item -> scope.includes(rule, item.subject())).toList();
    if (rule.require() instanceof Condition.Policy policy) {
      List<Judged> judged = policies.judge(rule, policy, included);
      for (int i = 0; i < judged.size(); i++) {
        add(rule, included.get(i), judged.get(i));
      }
      return;
    }
    for (Item item : included) {
      Container container = item.container();
      add(rule, item, container == null ? single(rule, item) : containers.judge(rule, container));
    }
  }

  private Judged single(Rule rule, Item item) {
    View<?> view = item.view();
    Outcome outcome =
        view == null
            ? Outcome.unknown(item.unseen())
            : ViewEvaluator.requested(surroundings, view).evaluate(rule.require());
    return new Judged(
        Judgements.of(
            rule,
            outcome,
            evidence -> evidence.origin() != null && evidence.origin().written(),
            List.of(ViewName.REQUESTED),
            null),
        outcome.evidence());
  }

  private void add(Rule rule, Item item, Judged judged) {
    String own = judged.message();
    View<?> view = item.view();
    findings.add(
        new Finding(
            rule,
            item.subject(),
            judged.judgement(),
            own == null
                ? message(
                    rule, judged.judgement(), judged.evidence(), view == null ? null : view.facts())
                : own,
            judged.evidence(),
            Fingerprint.of(rule, item.subject(), judged.lasting())));
  }

  private static String message(
      Rule rule, Judgement judgement, List<Evidence> evidence, @Nullable Object facts) {
    return switch (judgement.verdict()) {
      case FAIL -> rule.message().filled(actual(evidence), facts);
      case UNKNOWN -> "cannot tell: " + judgement.reason();
      case MANUAL -> "to be looked at: " + judgement.reason();
      default -> judgement.verdict().toString();
    };
  }

  private static String actual(List<Evidence> evidence) {
    // Several lists may name the same thing.
    return evidence.stream()
        .flatMap(each -> Stream.of(each.actual().split(", ", -1)))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Audited audited(Snapshot snapshot) {
    View<Host> host = snapshot.host();
    View<Engine> engine = snapshot.engine();
    return new Audited(
        host == null
            ? null
            : known(host.facts().name()) + " (" + known(host.facts().distribution()) + ")",
        engine == null
            ? null
            : known(engine.facts().version().engine()) + " at " + engine.facts().endpoint(),
        snapshot.containers().size());
  }

  private static String known(@Nullable String text) {
    return text == null ? "unknown" : text;
  }

  /** Every gap of the snapshot, with pointers from its root. */
  private static List<Gap> allGaps(Snapshot snapshot) {
    List<Gap> gaps = new ArrayList<>(snapshot.gaps());
    collect(gaps, "/host", snapshot.host());
    collect(gaps, "/engine", snapshot.engine());
    int index = 0;
    for (Container container : snapshot.containers()) {
      String pointer = "/containers/" + index++;
      collect(gaps, pointer + "/requested", container.requested());
      collect(gaps, pointer + "/enforced", container.enforced());
    }
    return gaps;
  }

  private static void collect(List<Gap> gaps, String pointer, @Nullable View<?> view) {
    if (view != null) {
      view.gaps().forEach(gap -> gaps.add(new Gap(pointer + gap.path(), gap.reason())));
    }
  }
}
