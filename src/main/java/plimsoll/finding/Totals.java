package plimsoll.finding;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plimsoll.rule.Control;
import plimsoll.rule.Rule;

/**
 * Sums over all findings of a report.
 *
 * @param counts how many findings have each verdict; every verdict is there
 * @param score the exposure, rounded to one decimal
 * @param controls what each benchmark control comes to, in the order of their numbers
 */
public record Totals(Map<Verdict, Integer> counts, double score, Map<Control, Verdict> controls) {

  /** Copies the maps; those of verdicts and controls keep their order. */
  public Totals {
    Map<Verdict, Integer> all = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      all.put(verdict, counts.getOrDefault(verdict, 0));
    }
    counts = Collections.unmodifiableMap(all);
    controls = Collections.unmodifiableMap(new LinkedHashMap<>(controls));
  }

  /** Of these findings, all that there are. */
  public static Totals of(List<Finding> findings) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    findings.forEach(finding -> counts.merge(finding.verdict(), 1, Integer::sum));
    return new Totals(counts, Score.rounded(findings), controls(findings));
  }

  /**
   * What each benchmark control comes to: failed if anything failed, else unknown if anything is,
   * else passed.
   */
  private static Map<Control, Verdict> controls(List<Finding> findings) {
    Map<String, Verdict> worst = new HashMap<>();
    Map<String, Rule> rules = new HashMap<>();
    for (Finding finding : findings) {
      rules.putIfAbsent(finding.rule().id(), finding.rule());
      worst.merge(finding.rule().id(), finding.verdict(), Totals::worse);
    }
    Map<Control, Verdict> controls = new TreeMap<>(BY_NUMBER);
    rules.forEach((id, rule) -> {
      for (Control control : rule.controls()) {
        controls.merge(control, worst.getOrDefault(id, Verdict.PASS), Totals::worse);
      }
    });
    return controls;
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

  private static final Comparator<Control> BY_NUMBER =
      Comparator.comparing(Control::benchmark)
          .thenComparing(Control::version, Control.BY_NUMBER)
          .thenComparing(Control::id, Control.BY_NUMBER);
}
