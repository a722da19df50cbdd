package plimsoll.engine;

import java.util.List;
import java.util.Locale;
import plimsoll.finding.Subject;
import plimsoll.rule.Glob;
import plimsoll.rule.Rule;

/**
 * Which rules judge which subjects.
 *
 * @param only where any is given, a rule and subject must match one of each kind of term given here
 * @param skip and none of these
 */
public record Scope(List<Term> only, List<Term> skip) {
  /** Everything. */
  public static final Scope ALL = new Scope(List.of(), List.of());

  /** Copies the lists. */
  public Scope {
    only = List.copyOf(only);
    skip = List.copyOf(skip);
  }

  /** What a term speaks of. */
  public enum Kind {
    /** A rule's id. */
    RULE,
    /** A container's name. */
    CONTAINER,
    /** A kind of subject. */
    SUBJECT
  }

  /**
   * {@code KIND:GLOB}.
   *
   * @param pattern the glob
   */
  public record Term(Kind kind, Glob pattern) {

    /**
     * Reads a term.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong
     */
    public static Term parse(String text) {
      int colon = text.indexOf(':');
      String name = colon < 0 ? text : text.substring(0, colon);
      for (Kind kind : Kind.values()) {
        if (colon > 0 && kind.name().toLowerCase(Locale.ROOT).equals(name)) {
          return new Term(kind, Glob.of(text.substring(colon + 1)));
        }
      }
      throw new IllegalArgumentException(
          "\"" + text + "\" is no rule:GLOB, container:GLOB or subject:KIND");
    }

    private boolean matches(Rule rule, Subject subject) {
      return switch (kind) {
        case RULE -> pattern.matches(rule.id());
        case SUBJECT -> pattern.matches(subject.kind().toString());
        case CONTAINER ->
            subject.kind() == plimsoll.rule.SubjectKind.CONTAINER
                && pattern.matches(subject.name());
      };
    }
  }

  boolean includes(Rule rule, Subject subject) {
    for (Kind kind : Kind.values()) {
      List<Term> terms = only.stream().filter(term -> term.kind() == kind).toList();
      if (!terms.isEmpty() && terms.stream().noneMatch(term -> term.matches(rule, subject))) {
        return false;
      }
    }
    return skip.stream().noneMatch(term -> term.matches(rule, subject));
  }
}
