package plimsoll.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plimsoll.rule.Benchmark;
import plimsoll.rule.Benchmark.Edition;
import plimsoll.rule.Control;

/**
 * A report as a benchmark asks for it: control by control, section by section.
 *
 * @param edition which benchmark, version and level
 * @param sections in the benchmark's order
 */
public record Conformance(Edition edition, List<Section> sections) {

  /** Copies the list. */
  public Conformance {
    sections = List.copyOf(sections);
  }

  /** A part of the benchmark. */
  public record Section(String name, List<Row> rows) {
    /** Copies the list. */
    public Section {
      rows = List.copyOf(rows);
    }
  }

  /**
   * What a control comes to.
   *
   * @param number in this version
   * @param verdict failed if anything failed, else unknown if anything is, else up to a person, and
   *     so on; null where nothing judged it: rules were left out, or there is no such subject
   * @param findings of the rules that judge it
   */
  public record Row(
      Benchmark.Item control, String number, @Nullable Verdict verdict, List<Finding> findings) {
    /** Copies the list. */
    public Row {
      findings = List.copyOf(findings);
    }

    /** The verdict's name; {@code not-judged} for none. */
    public String status() {
      return verdict == null ? "not-judged" : verdict.toString();
    }

    /** The findings that made the verdict. */
    public List<Finding> decisive() {
      return findings.stream().filter(finding -> finding.verdict() == verdict).toList();
    }
  }

  /** Lays a report out. */
  public static Conformance of(Edition edition, Report report) {
    Map<String, List<Finding>> byNumber = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      for (Control control : finding.rule().controls()) {
        if (of(edition, control)) {
          byNumber.computeIfAbsent(control.id(), id -> new ArrayList<>()).add(finding);
        }
      }
    }
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    report
        .totals()
        .controls()
        .forEach((control, verdict) -> {
          if (of(edition, control)) {
            verdicts.put(control.id(), verdict);
          }
        });
    Map<String, List<Row>> sections = new LinkedHashMap<>();
    for (Benchmark.Item control : edition.controls()) {
      String number = edition.number(control);
      sections
          .computeIfAbsent(control.section(), section -> new ArrayList<>())
          .add(
              new Row(
                  control, number, verdicts.get(number), byNumber.getOrDefault(number, List.of())));
    }
    List<Section> all = new ArrayList<>();
    sections.forEach((name, rows) -> all.add(new Section(name, rows)));
    return new Conformance(edition, all);
  }

  private static boolean of(Edition edition, Control control) {
    return control.benchmark().equals(edition.benchmark().id())
        && control.version().equals(edition.version());
  }

  /** How many controls came to each verdict; those that nothing judged are in none. */
  public Map<Verdict, Integer> counts() {
    return counts(sections.stream().flatMap(section -> section.rows().stream()).toList());
  }

  /** The same of some. */
  public static Map<Verdict, Integer> counts(List<Row> rows) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    rows.stream()
        .map(Row::verdict)
        .filter(Objects::nonNull)
        .forEach(verdict -> counts.merge(verdict, 1, Integer::sum));
    return counts;
  }
}
