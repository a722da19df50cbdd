package plimsoll.report.html;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import plimsoll.finding.Trend;
import plimsoll.finding.Trend.Point;
import plimsoll.report.Plain;
import plimsoll.report.html.Page.Count;
import plimsoll.rule.Severity;

/**
 * The score over time, drawn in a box of 600 by 150.
 *
 * @param line the points of the line, as SVG wants them
 * @param dots each report, oldest first
 */
record TrendChart(String line, List<Dot> dots) {
  static final double WIDTH = 600;
  static final double HEIGHT = 150;
  private static final double EDGE = 8;

  /**
   * One report.
   *
   * @param x from the left
   * @param y from the top
   */
  record Dot(
      String takenAt,
      double score,
      double x,
      double y,
      List<Count> failed,
      int appeared,
      int mended) {}

  static TrendChart of(Trend trend) {
    List<Point> points = trend.points();
    Instant first = points.get(0).takenAt();
    Instant last = points.get(points.size() - 1).takenAt();
    double span = Math.max(1, (double) last.toEpochMilli() - first.toEpochMilli());
    List<Dot> dots = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Point point : points) {
      double along = ((double) point.takenAt().toEpochMilli() - first.toEpochMilli()) / span;
      double x = round(EDGE + along * (WIDTH - 2 * EDGE));
      double y = round(EDGE + (1 - point.score() / 10) * (HEIGHT - 2 * EDGE));
      line.append(line.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%.1f,%.1f", x, y));
      dots.add(
          new Dot(
              Plain.time(point.takenAt()),
              point.score(),
              x,
              y,
              Arrays.stream(Severity.values())
                  .sorted(Comparator.reverseOrder())
                  .map(severity ->
                      new Count(severity.toString(), point.failed().getOrDefault(severity, 0)))
                  .toList(),
              point.appeared(),
              point.mended()));
    }
    return new TrendChart(line.toString(), dots);
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
