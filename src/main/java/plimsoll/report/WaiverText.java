package plimsoll.report;

import plimsoll.rule.Waiver;

/** A waiver in one line. */
public final class WaiverText {
  private WaiverText() {}

  /** {@code waived by OWNER until DAY: REASON}. */
  public static String of(Waiver waiver) {
    return "waived by " + waiver.owner() + " until " + waiver.expires() + ": " + waiver.reason();
  }
}
