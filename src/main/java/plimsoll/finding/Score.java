package plimsoll.finding;

import java.util.Collection;
import java.util.Map;
import plimsoll.rule.Severity;

/**
 * How exposed what was audited is: 0 not at all, 10 utterly.
 *
 * <p>The worst finding sets the floor, all of them together climb from there towards 10 without
 * reaching it: one more failure never improves the score, mending one never worsens it, and names
 * play no part. Where it could not be told whether a rule fails, it counts half.
 */
public final class Score {
  private static final Map<Severity, Double> FLOOR =
      Map.of(
          Severity.CRITICAL, 6.0,
          Severity.HIGH, 4.0,
          Severity.MEDIUM, 2.0,
          Severity.LOW, 0.5,
          Severity.INFO, 0.0);
  private static final Map<Severity, Double> WEIGHT =
      Map.of(
          Severity.CRITICAL, 10.0,
          Severity.HIGH, 4.0,
          Severity.MEDIUM, 1.5,
          Severity.LOW, 0.5,
          Severity.INFO, 0.0);

  /**
   * The weight at which half the way from the floor to 10 is climbed: a handful of bad containers.
   */
  private static final double HALF_WAY = 100;

  private Score() {}

  /** The score of findings, rounded to one decimal, as reports show it. */
  public static double rounded(Collection<Finding> findings) {
    return Math.round(of(findings) * 10) / 10.0;
  }

  /** The score of findings. */
  public static double of(Collection<Finding> findings) {
    double floor = 0;
    double weight = 0;
    for (Finding finding : findings) {
      double part =
          switch (finding.verdict()) {
            case FAIL -> 1;
            case UNKNOWN -> 0.5;
            default -> 0;
          };
      floor = Math.max(floor, part * FLOOR.getOrDefault(finding.severity(), 0.0));
      weight += part * WEIGHT.getOrDefault(finding.severity(), 0.0);
    }
    return floor + (10 - floor) * weight / (weight + HALF_WAY);
  }
}
