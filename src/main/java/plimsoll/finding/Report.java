package plimsoll.finding;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Container;
import plimsoll.model.Gap;
import plimsoll.model.Snapshot.Tool;

/**
 * The outcome of an audit.
 *
 * @param tool what made it
 * @param takenAt when the judged snapshot was taken
 * @param subject what was audited, for a heading
 * @param findings one for each rule and subject, worst first; passes are missing where it was read
 *     from a file that lists failures only
 * @param totals sums over all findings, listed or not
 * @param containers the containers that were judged, with everything derived; empty where the
 *     report was read from a file, which does not hold them
 * @param gaps what could not be read
 */
public record Report(
    Tool tool,
    Instant takenAt,
    Audited subject,
    List<Finding> findings,
    Totals totals,
    List<Container> containers,
    List<Gap> gaps) {

  /** Copies the lists. */
  public Report {
    findings = List.copyOf(findings);
    containers = List.copyOf(containers);
    gaps = List.copyOf(gaps);
  }

  /** The same report with other findings, and the sums over them. */
  public Report with(List<Finding> others) {
    return new Report(tool, takenAt, subject, others, Totals.of(others), containers, gaps);
  }

  /**
   * What was audited.
   *
   * @param host the host's name and system; null where no host was described
   * @param engine the engine's version and address; null where none answered
   * @param containers how many
   */
  public record Audited(@Nullable String host, @Nullable String engine, int containers) {}
}
