package plimsoll.report;

import java.io.IOException;
import java.io.OutputStream;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;

/** Writes a report in one format. */
public interface Renderer {

  /** Writes the report; the stream is flushed and left open. */
  void render(Report report, OutputStream out) throws IOException;

  /** Which findings are listed; all are counted. */
  enum Show {
    /** What failed, what could not be told, what is up to a person, and what was waived. */
    FAILED,
    /** Everything. */
    ALL;

    /** Whether a finding is listed. */
    public boolean lists(Finding finding) {
      return this == ALL
          || finding.verdict() == Verdict.FAIL
          || finding.verdict() == Verdict.UNKNOWN
          || finding.verdict() == Verdict.MANUAL
          || finding.verdict() == Verdict.WAIVED;
    }
  }
}
