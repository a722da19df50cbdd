package plimsoll.read;

import java.util.List;
import java.util.stream.Collectors;
import plimsoll.yaml.Problem;

/** A compose file with mistakes, all of them. */
public final class BadComposeException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;

  BadComposeException(List<Problem> found) {
    super(found.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(found);
  }

  /** The mistakes, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
