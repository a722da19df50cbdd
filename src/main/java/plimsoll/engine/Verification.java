package plimsoll.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plimsoll.finding.Evidence;
import plimsoll.finding.Verdict;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Field;
import plimsoll.model.Order.Strength;
import plimsoll.model.View;
import plimsoll.model.Witness;
import plimsoll.rule.Operator;

/**
 * Whether a container that runs is confined as it was asked to be: what was sent against what the
 * engine kept, and that against what the kernel does.
 *
 * @param checks one for each fact the kernel or the OCI bundle testifies to
 */
public record Verification(List<Check> checks) {
  /** Copies the list. */
  public Verification {
    checks = List.copyOf(checks);
  }

  /** How a check came out. */
  public enum Status {
    /** It is so, or stricter. */
    CONFIRMED,
    /** Less is enforced than was asked for. */
    CONTRADICTED,
    /** It could not be told. */
    UNCONFIRMED
  }

  /**
   * One fact.
   *
   * @param pointer into {@link Confinement}
   * @param asked what was asked for
   * @param found what there is, or why that cannot be told
   */
  public record Check(String pointer, Status status, String asked, String found) {}

  /** One that saw nothing. */
  public static Verification none(String reason) {
    return new Verification(List.of(new Check("", Status.UNCONFIRMED, "everything", reason)));
  }

  /**
   * Verifies.
   *
   * @param sent what the engine was sent
   * @param container as it runs, with what follows from its surroundings
   */
  public static Verification of(View<Confinement> sent, Container container) {
    View<Confinement> enforced = container.enforced();
    if (enforced == null) {
      return none("it had ended before it could be looked at");
    }
    var whole = enforced.gapAt("");
    if (whole.isPresent()) {
      return none(whole.get().reason());
    }
    Map<String, Check> checks = new LinkedHashMap<>();
    ContainerJudge.Judged drift = Drift.judge(container);
    if (drift.judgement().verdict() == Verdict.FAIL) {
      for (Evidence evidence : drift.evidence()) {
        checks.put(
            evidence.path(),
            new Check(
                evidence.path(), Status.CONTRADICTED, evidence.expected(), evidence.actual()));
      }
    }
    for (Field field : Field.TABLE) {
      if (field.witness() != Witness.ENGINE
          && checks.keySet().stream().noneMatch(at -> isIn(at, field.pointer()))) {
        checks.put(field.pointer(), check(field, sent, container.requested(), enforced));
      }
    }
    return new Verification(new ArrayList<>(checks.values()));
  }

  private static boolean isIn(String at, String pointer) {
    return at.equals(pointer) || at.startsWith(pointer + "/");
  }

  private static Check check(
      Field field, View<Confinement> sent, View<Confinement> kept, View<Confinement> enforced) {
    String pointer = field.pointer();
    Object asked = field.in(sent.facts());
    Object has = field.in(kept.facts());
    String shown = Operator.show(asked);
    boolean told = sent.gapAt(pointer).isEmpty() && kept.gapAt(pointer).isEmpty();
    if (told && asked != null && field.compare(asked, has) == Strength.WEAKER) {
      return new Check(
          pointer, Status.CONTRADICTED, shown, "the engine kept " + Operator.show(has));
    }
    var gap = enforced.gapAt(pointer);
    return gap.isPresent()
        ? new Check(pointer, Status.UNCONFIRMED, shown, gap.get().reason())
        : new Check(pointer, Status.CONFIRMED, shown, Operator.show(field.in(enforced.facts())));
  }

  /** The checks that came out so. */
  public List<Check> with(Status status) {
    return checks.stream().filter(check -> check.status() == status).toList();
  }
}
