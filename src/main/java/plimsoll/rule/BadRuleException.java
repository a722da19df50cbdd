package plimsoll.rule;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A rule file with mistakes, all of them. */
public final class BadRuleException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;

  BadRuleException(List<Problem> found) {
    super(inOrder(found).stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = inOrder(found);
  }

  private static List<Problem> inOrder(List<Problem> found) {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  /** The mistakes, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
