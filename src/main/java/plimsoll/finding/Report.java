package plimsoll.finding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Gap;
import plimsoll.model.Snapshot.Tool;
import plimsoll.rule.Control;

/**
 * The outcome of an audit.
 *
 * @param tool what made it
 * @param takenAt when the judged snapshot was taken
 * @param subject what was audited, for a heading
 * @param findings one for each rule and subject, worst first, passes included
 * @param gaps what could not be read
 */
public record Report(
    Tool tool, Instant takenAt, Audited subject, List<Finding> findings, List<Gap> gaps) {

  /** Copies the lists. */
  public Report {
    findings = List.copyOf(findings);
    gaps = List.copyOf(gaps);
  }

  /**
   * What was audited.
   *
   * @param host the host's name and system; null where no host was described
   * @param engine the engine's version and address; null where none answered
   * @param containers how many
   */
  public record Audited(@Nullable String host, @Nullable String engine, int containers) {}

  /** How many findings have each verdict; every verdict is there. */
  public Map<Verdict, Integer> counts() {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, 0);
    }
    findings.forEach(finding -> counts.merge(finding.verdict(), 1, Integer::sum));
    return counts;
  }

  /** The exposure, rounded to one decimal. */
  public double score() {
    return Math.round(Score.of(findings) * 10) / 10.0;
  }

  /**
   * What each benchmark control comes to: failed if anything failed, else unknown if anything is,
   * else passed.
   */
  public Map<Control, Verdict> controls() {
    Map<Control, Verdict> controls = new TreeMap<>(BY_NUMBER);
    for (Finding finding : findings) {
      for (Control control : finding.rule().controls()) {
        controls.merge(control, finding.verdict(), Report::worse);
      }
    }
    return new LinkedHashMap<>(controls);
  }

  private static final List<Verdict> WORST_LAST =
      List.of(
          Verdict.NOT_APPLICABLE,
          Verdict.PASS,
          Verdict.WAIVED,
          Verdict.MANUAL,
          Verdict.UNKNOWN,
          Verdict.FAIL);

  private static Verdict worse(Verdict one, Verdict other) {
    return WORST_LAST.indexOf(one) >= WORST_LAST.indexOf(other) ? one : other;
  }

  private static final java.util.Comparator<Control> BY_NUMBER =
      java.util.Comparator.comparing(Control::benchmark)
          .thenComparing(Control::version, Report::compareDotted)
          .thenComparing(Control::id, Report::compareDotted);

  /** Compares {@code 5.9} and {@code 5.10} by their numbers. */
  private static int compareDotted(String one, String other) {
    List<Integer> a = numbers(one);
    List<Integer> b = numbers(other);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return a.size() == b.size() ? one.compareTo(other) : Integer.compare(a.size(), b.size());
  }

  private static List<Integer> numbers(String dotted) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : dotted.split("\\.")) {
      numbers.add(part.matches("[0-9]{1,9}") ? Integer.parseInt(part) : 0);
    }
    return numbers;
  }
}
