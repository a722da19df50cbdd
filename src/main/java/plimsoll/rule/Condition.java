package plimsoll.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.model.FactPath;
import plimsoll.rego.RegoPolicy;

/** What a rule requires: a closed algebra that can always be evaluated, shown and checked. */
public sealed interface Condition {

  /** Every part holds. */
  record All(List<Condition> parts) implements Condition {
    /** Copies the list. */
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** At least one part holds. */
  record Any(List<Condition> parts) implements Condition {
    /** Copies the list. */
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** The part does not hold. */
  record Not(Condition part) implements Condition {}

  /** Where {@code premise} holds, {@code then} must; elsewhere the condition does not apply. */
  record When(Condition premise, Condition then) implements Condition {}

  /**
   * {@code require} holds for each element of a list of records; its paths start from the element.
   */
  record Each(Fact list, Condition require) implements Condition {}

  /**
   * The kernel enforces no less than was asked for, on any process of the subject, which is a
   * container.
   */
  record NoDrift() implements Condition {}

  /**
   * A policy in Rego objects to nothing.
   *
   * @param reads the facts that it is given, without which it cannot tell; null for all, and then
   *     it looks itself at what is not known
   */
  record Policy(RegoPolicy policy, @Nullable List<Read> reads) implements Condition {
    /** Copies the list. */
    public Policy {
      reads = reads == null ? null : List.copyOf(reads);
    }

    /** For people. */
    public String describe() {
      return "the policy " + policy.name() + ", `" + policy.entrypoint() + "`, objects to nothing";
    }

    /** The paths that it reads of something; null for all. */
    public @Nullable List<String> of(Of what) {
      return reads == null
          ? null
          : reads.stream()
              .filter(read -> read.of() == what)
              .map(read -> read.path().text())
              .toList();
    }
  }

  /** A fact that a policy reads. */
  record Read(Of of, FactPath path) {}

  /** What a policy reads facts of. */
  enum Of {
    /** The subject itself. */
    SUBJECT,
    /** The engine. */
    ENGINE,
    /** The host. */
    HOST,
    /** All containers there are, the subject among them. */
    CONTAINERS
  }

  /**
   * No program can tell; a person has to look.
   *
   * @param look what at, and what to look for
   * @param gather facts to begin with
   */
  record Manual(String look, List<Fact> gather) implements Condition {
    /** Copies the list. */
    public Manual {
      gather = List.copyOf(gather);
    }
  }

  /**
   * A fact passes a test.
   *
   * @param by the rule's parameter that says with what it is compared; null where the rule does
   */
  record Test(Fact fact, Operator operator, @Nullable By by) implements Condition {}

  /**
   * A reference to a parameter.
   *
   * @param operator the operator's name in rules, {@code at-most}
   */
  record By(String parameter, String operator) {}
}
