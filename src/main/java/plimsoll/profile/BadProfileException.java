package plimsoll.profile;

import java.util.List;
import plimsoll.yaml.Problem;

/** A profile with mistakes; none of it is used. */
public final class BadProfileException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;

  BadProfileException(List<Problem> problems) {
    super(problems.isEmpty() ? "" : problems.get(0).toString());
    this.problems = List.copyOf(problems);
  }

  /** Every mistake. */
  public List<Problem> problems() {
    return problems;
  }
}
