package plimsoll.cli;

import java.util.List;
import java.util.Map;
import plimsoll.report.Plain;
import plimsoll.yaml.Problem;

/** Mistakes in files that somebody wrote, for the one who wrote them. */
final class Mistakes {
  /** A very long line is shown from its beginning, without a caret that nobody would find. */
  private static final int WIDTH = 120;

  private Mistakes() {}

  /**
   * Each mistake with its place, the line it stands in and a caret below it.
   *
   * @param texts what stands in each file
   */
  static String explained(List<Problem> problems, Map<String, String> texts) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      text.append(Plain.line(problem.toString())).append('\n');
      List<String> lines = texts.getOrDefault(problem.file(), "").lines().toList();
      if (problem.line() <= lines.size()) {
        text.append("    ").append(Plain.line(lines.get(problem.line() - 1))).append('\n');
        if (problem.column() <= WIDTH) {
          text.append("    ").append(" ".repeat(problem.column() - 1)).append("^\n");
        }
      }
    }
    return text.toString();
  }
}
