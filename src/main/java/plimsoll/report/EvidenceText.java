package plimsoll.report;

import plimsoll.finding.Evidence;
import plimsoll.model.Origin;

/** One piece of evidence in one line. */
final class EvidenceText {
  private EvidenceText() {}

  /** {@code VIEW PATH: ACTUAL, expected EXPECTED (ORIGIN)}. */
  static String of(Evidence evidence) {
    Origin origin = evidence.origin();
    String place = origin == null ? "" : place(origin);
    return Plain.line(evidence.view() + " " + evidence.path())
        + ": "
        + Plain.line(evidence.actual())
        + ", expected "
        + Plain.line(evidence.expected())
        + (place.isEmpty() ? "" : " (" + Plain.line(place) + ")");
  }

  private static String place(Origin origin) {
    String file = origin.file();
    String field = origin.field();
    return (file == null ? "" : file)
        + (file == null || field == null ? "" : " ")
        + (field == null ? "" : field);
  }
}
