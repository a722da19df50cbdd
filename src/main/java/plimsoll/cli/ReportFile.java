package plimsoll.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import plimsoll.engine.Scope;
import plimsoll.finding.Report;
import plimsoll.report.JsonReportReader;
import plimsoll.report.JsonReportReader.NotAReportException;
import plimsoll.rule.RuleSet;
import plimsoll.wire.SnapshotJson;
import plimsoll.wire.SnapshotJson.NotASnapshotException;

/** A JSON report, or a snapshot, which is judged. */
final class ReportFile {
  private ReportFile() {}

  /**
   * Reads it.
   *
   * @param policy what a snapshot is judged by, and what is known of a report's rules
   */
  static Report read(Path file, Policy policy, Edges edges) throws UnusableException {
    return read(file, policy.rules(), policy, edges);
  }

  /**
   * The same, judging by some rules only.
   *
   * @param known what is known of a report's rules
   * @param policy what a snapshot is judged by
   */
  static Report read(Path file, RuleSet known, Policy policy, Edges edges)
      throws UnusableException {
    try {
      byte[] json = Files.readAllBytes(file);
      Report report = new JsonReportReader(known).read(json);
      return report != null
          ? report
          : policy
              .judge(SnapshotJson.read(new ByteArrayInputStream(json)), Scope.ALL, edges)
              .report();
    } catch (NotAReportException e) {
      throw new UnusableException("cannot use the report " + file + ": " + e.getMessage());
    } catch (NotASnapshotException e) {
      throw new UnusableException(
          "cannot use " + file + ", neither as a report nor as a snapshot: " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new UnusableException("there is no file " + file);
    } catch (IOException e) {
      throw new UnusableException("cannot read " + file + ": " + Target.reason(e));
    }
  }
}
