package plimsoll.engine;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Evidence;
import plimsoll.finding.Verdict;

/**
 * What a condition comes to in one view.
 *
 * @param evidence the facts that decided
 * @param reason why it is unknown, or what a person has to look at; null otherwise
 */
record Outcome(Verdict verdict, List<Evidence> evidence, @Nullable String reason) {

  Outcome {
    evidence = List.copyOf(evidence);
  }

  static Outcome of(boolean holds, List<Evidence> evidence) {
    return new Outcome(holds ? Verdict.PASS : Verdict.FAIL, evidence, null);
  }

  static Outcome unknown(String reason) {
    return new Outcome(Verdict.UNKNOWN, List.of(), reason);
  }

  static Outcome notApplicable(List<Evidence> evidence) {
    return new Outcome(Verdict.NOT_APPLICABLE, evidence, null);
  }

  static Outcome manual(String look, List<Evidence> gathered) {
    return new Outcome(Verdict.MANUAL, gathered, look);
  }

  boolean is(Verdict other) {
    return verdict == other;
  }

  /** The opposite; what is unknown or does not apply stays so. */
  Outcome negated() {
    return switch (verdict) {
      case PASS -> new Outcome(Verdict.FAIL, negated(evidence), null);
      case FAIL -> new Outcome(Verdict.PASS, negated(evidence), null);
      default -> this;
    };
  }

  private static List<Evidence> negated(List<Evidence> evidence) {
    return evidence.stream()
        .map(e ->
            new Evidence(
                e.view(), e.path(), "not " + e.expected(), e.actual(), e.origin(), e.process()))
        .toList();
  }

  /**
   * All must hold: a known failure wins over what is unknown or up to a person, which wins over
   * passes.
   */
  static Outcome all(List<Outcome> parts) {
    return combine(parts, Verdict.FAIL, Verdict.PASS);
  }

  /** One must hold: a known pass wins over what is unknown, which wins over failures. */
  static Outcome any(List<Outcome> parts) {
    return combine(parts, Verdict.PASS, Verdict.FAIL);
  }

  private static Outcome combine(List<Outcome> parts, Verdict decisive, Verdict otherwise) {
    if (!parts.isEmpty() && parts.stream().allMatch(part -> part.is(Verdict.NOT_APPLICABLE))) {
      return notApplicable(evidence(parts.stream()));
    }
    if (parts.stream().anyMatch(part -> part.is(decisive))) {
      return new Outcome(
          decisive, evidence(parts.stream().filter(part -> part.is(decisive))), null);
    }
    for (Outcome part : parts) {
      if (part.is(Verdict.UNKNOWN) || part.is(Verdict.MANUAL)) {
        return part;
      }
    }
    return new Outcome(otherwise, evidence(parts.stream()), null);
  }

  private static List<Evidence> evidence(Stream<Outcome> parts) {
    return parts.flatMap(part -> part.evidence().stream()).toList();
  }
}
