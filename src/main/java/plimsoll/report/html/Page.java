package plimsoll.report.html;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything on the page, in its order.
 *
 * @param lead where to start; null where nothing failed
 * @param worst the worst containers, worst first
 * @param kinds failures by what was judged
 * @param sharing who shares which namespace
 * @param containers a section each, worst first
 * @param others engine, host, images and the rest
 * @param benchmark what the benchmark is called
 * @param byBenchmark whether it was asked for, and comes first
 * @param controls what each of its controls came to
 * @param gaps what could not be read
 * @param trend earlier reports beside this one; null where there are none
 * @param complete whether both views of each container were at hand
 */
record Page(
    Heading heading,
    @Nullable Lead lead,
    List<Bar> worst,
    List<Stack> kinds,
    SharedNamespaces sharing,
    List<Section> containers,
    List<Section> others,
    String benchmark,
    boolean byBenchmark,
    List<ControlRow> controls,
    List<String> gaps,
    @Nullable TrendChart trend,
    boolean complete) {

  /**
   * What was audited, when, and what came out.
   *
   * @param takenAt RFC 3339, UTC
   * @param score the exposure, 0 best, 10 worst
   */
  record Heading(
      String version,
      String takenAt,
      String host,
      String engine,
      int containers,
      double score,
      Tally tally) {}

  /**
   * Numbers of findings.
   *
   * @param severities of the failed ones, worst severity first, none left out
   */
  record Tally(int failed, int unknown, int passed, int waived, List<Count> severities) {}

  /** Whether findings of more than one verdict are listed, so that there is a choice. */
  boolean verdictsDiffer() {
    return Stream.concat(containers.stream(), others.stream())
            .flatMap(section -> section.cards().stream())
            .map(Card::verdict)
            .distinct()
            .count()
        > 1;
  }

  /** How many of one severity failed. */
  record Count(String severity, long count) {}

  /**
   * The worst container, and what to change first.
   *
   * @param reasons its worst findings, worst first
   * @param elsewhere critical findings that are no container's
   */
  record Lead(
      String name, String anchor, double score, List<Card> reasons, List<Elsewhere> elsewhere) {}

  /** A finding of the engine, the host or what they keep. */
  record Elsewhere(Section section, Card card) {}

  /**
   * A bar of the chart of containers.
   *
   * @param width of 100
   */
  record Bar(String name, String anchor, double score, double width, String severity) {}

  /** A row of the chart of severities: one kind of subject. */
  record Stack(String kind, List<Part> parts, long failed) {}

  /**
   * A part of a stacked bar.
   *
   * @param start where it begins, of 100
   * @param width of 100
   */
  record Part(String severity, long count, double start, double width) {}

  /**
   * One subject with all that is said of it.
   *
   * @param anchor its id on the page
   * @param about what it is, in short texts
   * @param differences how many facts are enforced less than asked for, or otherwise
   */
  record Section(
      String anchor,
      String kind,
      String name,
      List<String> about,
      double score,
      Tally tally,
      List<Card> cards,
      List<FactRow> facts,
      int differences,
      List<ProcessRow> processes) {
    /** Of the worst finding; {@code none} where nothing failed. */
    String worst() {
      return tally.severities().stream()
          .filter(count -> count.count() > 0)
          .map(Count::severity)
          .findFirst()
          .orElse("none");
    }
  }

  /**
   * A finding.
   *
   * @param anchor its id on the page, which stays the same from report to report
   * @param how who asked for it, and what the kernel shows
   */
  record Card(
      String anchor,
      String severity,
      String verdict,
      String rule,
      String title,
      String message,
      List<String> how,
      List<EvidenceRow> evidence,
      String why,
      List<Fix> fixes,
      String controls) {}

  /** One piece of evidence. */
  record EvidenceRow(String view, String path, String actual, String expected, String origin) {}

  /**
   * How to mend something.
   *
   * @param where what is edited: {@code docker run}, {@code compose.yaml}
   */
  record Fix(String where, String text) {}

  /**
   * A fact in both views.
   *
   * @param mark {@code weaker}, {@code stronger} or {@code other} where they differ; empty where
   *     they do not, or do not compare
   */
  record FactRow(
      String label,
      String requested,
      String requestedFrom,
      String enforced,
      String enforcedFrom,
      String mark) {
    /** Whether less is enforced than was asked for, or something else. */
    boolean less() {
      return mark.equals("weaker") || mark.equals("other");
    }
  }

  /** A process that is confined otherwise than its container. */
  record ProcessRow(String who, String arrival) {}

  /** A control and its status. */
  record ControlRow(
      String section,
      String number,
      int level,
      String title,
      String status,
      List<String> rules,
      List<String> said) {}
}
