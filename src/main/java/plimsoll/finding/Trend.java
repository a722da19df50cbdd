package plimsoll.finding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plimsoll.rule.Severity;

/** How reports on one host went over time, oldest first. */
public record Trend(List<Point> points) {
  /** No earlier reports. */
  public static final Trend NONE = new Trend(List.of());

  /** Copies the list. */
  public Trend {
    points = List.copyOf(points);
  }

  /**
   * One report.
   *
   * @param failed how many findings failed, by severity; every severity is there
   * @param appeared failures that the report before did not have; 0 for the first
   * @param mended failures of the report before that are gone; 0 for the first
   */
  public record Point(
      Instant takenAt, double score, Map<Severity, Integer> failed, int appeared, int mended) {
    /** Copies the map. */
    public Point {
      Map<Severity, Integer> all = new EnumMap<>(Severity.class);
      for (Severity severity : Severity.values()) {
        all.put(severity, failed.getOrDefault(severity, 0));
      }
      failed = java.util.Collections.unmodifiableMap(all);
    }

    /** How many findings failed. */
    public int allFailed() {
      return failed.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * Of reports in any order. Failures are the same in two reports if rule, subject and failing
   * value are: if their fingerprints are.
   */
  public static Trend of(List<Report> reports) {
    List<Point> points = new ArrayList<>();
    Set<String> before = null;
    for (Report report : reports.stream().sorted(Comparator.comparing(Report::takenAt)).toList()) {
      Map<Severity, Integer> failed = new EnumMap<>(Severity.class);
      Set<String> now = new HashSet<>();
      for (Finding finding : report.findings()) {
        if (finding.verdict() == Verdict.FAIL) {
          failed.merge(finding.severity(), 1, Integer::sum);
          now.add(finding.fingerprint());
        }
      }
      points.add(
          new Point(
              report.takenAt(),
              report.totals().score(),
              failed,
              before == null ? 0 : without(now, before),
              before == null ? 0 : without(before, now)));
      before = now;
    }
    return new Trend(points);
  }

  private static int without(Set<String> one, Set<String> other) {
    return (int) one.stream().filter(each -> !other.contains(each)).count();
  }
}
