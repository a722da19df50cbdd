package plimsoll.report;

import java.util.Locale;
import plimsoll.finding.Trend;
import plimsoll.finding.Trend.Point;
import plimsoll.rule.Severity;

/** Reports over time, a line each, for a terminal. */
final class TrendTable {
  private TrendTable() {}

  /** Prints it, oldest first; nothing where there is but one report. */
  static void print(Trend trend, Columns out) {
    if (trend.points().size() < 2) {
      return;
    }
    out.line(out.bold("Over time"));
    boolean first = true;
    for (Point point : trend.points()) {
      int level = (int) Math.round(point.score());
      out.line(
          String.format(
              Locale.ROOT,
              "  %s  %4.1f %-10s  %4d failed, %d critical, %d high%s",
              point.takenAt().toString().substring(0, 16).replace('T', ' '),
              point.score(),
              "#".repeat(level),
              point.allFailed(),
              point.failed().getOrDefault(Severity.CRITICAL, 0),
              point.failed().getOrDefault(Severity.HIGH, 0),
              first ? "" : "; +" + point.appeared() + " -" + point.mended()));
      first = false;
    }
    out.blank();
  }
}
