package plimsoll.cli;

import org.jspecify.annotations.Nullable;
import plimsoll.finding.Difference;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.report.Plain;
import plimsoll.rule.Severity;

/** What is new since an earlier report. */
final class Since {
  private Since() {}

  /**
   * Says what is new, and whether any of it is bad enough.
   *
   * @param what the earlier report is called
   * @param threshold null where anything new is bad enough
   */
  static boolean fails(
      Report before, Report report, String what, @Nullable Severity threshold, Edges edges) {
    Difference difference = Difference.between(before, report);
    edges
        .err()
        .println(
            "plimsoll: since "
                + Plain.line(what)
                + ": "
                + difference.appeared().size()
                + " new, "
                + difference.changed().size()
                + " changed, "
                + difference.mended().size()
                + " mended; plimsoll diff shows them");
    return difference.news().stream().anyMatch(finding -> isAtLeast(finding, threshold));
  }

  private static boolean isAtLeast(Finding finding, @Nullable Severity threshold) {
    return threshold == null || finding.severity().compareTo(threshold) >= 0;
  }
}
