package plimsoll.report.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Conformance;
import plimsoll.finding.Finding;
import plimsoll.finding.Report;
import plimsoll.finding.Score;
import plimsoll.finding.Subject;
import plimsoll.finding.Trend;
import plimsoll.finding.Verdict;
import plimsoll.model.Container;
import plimsoll.model.Identity;
import plimsoll.report.Plain;
import plimsoll.report.Renderer.Show;
import plimsoll.report.html.Page.Bar;
import plimsoll.report.html.Page.ControlRow;
import plimsoll.report.html.Page.Count;
import plimsoll.report.html.Page.Elsewhere;
import plimsoll.report.html.Page.Heading;
import plimsoll.report.html.Page.Lead;
import plimsoll.report.html.Page.Part;
import plimsoll.report.html.Page.ProcessRow;
import plimsoll.report.html.Page.Section;
import plimsoll.report.html.Page.Stack;
import plimsoll.report.html.Page.Tally;
import plimsoll.rule.Benchmark.Edition;
import plimsoll.rule.Severity;
import plimsoll.rule.SubjectKind;

/** Arranges a report on a page. */
final class PageMaker {
  private static final int BARS = 15;
  private static final int REASONS = 3;
  private static final int SUBJECTS = 8;

  private final Report report;
  private final Show show;
  private final @Nullable Edition edition;
  private final Cards cards = new Cards();
  private final Map<String, Integer> anchors = new HashMap<>();

  PageMaker(Report report, Show show, @Nullable Edition edition) {
    this.edition = edition;
    this.report = report;
    this.show = show;
  }

  Page page(Trend trend) {
    Map<Subject, List<Finding>> bySubject = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      bySubject.computeIfAbsent(finding.subject(), s -> new ArrayList<>()).add(finding);
    }
    Map<String, String> anchorOf = new HashMap<>();
    List<Section> containers = containers(bySubject, anchorOf);
    List<Section> others =
        bySubject.entrySet().stream()
            .filter(entry -> entry.getKey().kind() != SubjectKind.CONTAINER)
            .sorted(Comparator.comparingInt(entry -> ORDER.indexOf(entry.getKey().kind())))
            .map(entry -> section(entry.getKey(), entry.getValue(), null))
            .filter(section -> !section.cards().isEmpty())
            .toList();
    return new Page(
        heading(),
        lead(containers, others),
        bars(Stream.concat(containers.stream(), others.stream()).toList()),
        stacks(),
        SharedNamespaces.of(report.containers(), anchorOf),
        containers,
        others,
        edition == null ? "Benchmark" : edition.toString(),
        edition != null,
        controls(),
        report.gaps().stream().map(gap -> Plain.line(gap.reason())).distinct().toList(),
        trend.points().size() < 2 ? null : TrendChart.of(trend),
        !report.containers().isEmpty() || report.subject().containers() == 0);
  }

  private static final List<SubjectKind> ORDER =
      List.of(
          SubjectKind.CONTAINER,
          SubjectKind.ENGINE,
          SubjectKind.HOST,
          SubjectKind.IMAGE,
          SubjectKind.NETWORK,
          SubjectKind.VOLUME);

  private Heading heading() {
    String host = report.subject().host();
    String engine = report.subject().engine();
    return new Heading(
        Plain.line(report.tool().version()),
        Plain.time(report.takenAt()),
        host == null ? "not looked at" : Plain.line(host),
        engine == null ? "none answered" : Plain.line(engine),
        report.subject().containers(),
        report.totals().score(),
        new Tally(
            report.totals().counts().getOrDefault(Verdict.FAIL, 0),
            report.totals().counts().getOrDefault(Verdict.UNKNOWN, 0),
            report.totals().counts().getOrDefault(Verdict.PASS, 0),
            report.totals().counts().getOrDefault(Verdict.WAIVED, 0),
            severities(report.findings())));
  }

  private static List<Count> severities(List<Finding> findings) {
    return worstFirst()
        .map(severity ->
            new Count(
                severity.toString(),
                findings.stream()
                    .filter(finding ->
                        finding.verdict() == Verdict.FAIL && finding.severity() == severity)
                    .count()))
        .toList();
  }

  private static Stream<Severity> worstFirst() {
    return Arrays.stream(Severity.values()).sorted(Comparator.reverseOrder());
  }

  private List<Section> containers(
      Map<Subject, List<Finding>> bySubject, Map<String, String> anchorOf) {
    Map<String, Container> known = new HashMap<>();
    report.containers().forEach(container -> known.put(container.identity().id(), container));
    List<Section> sections = new ArrayList<>();
    bySubject.forEach((subject, findings) -> {
      if (subject.kind() == SubjectKind.CONTAINER) {
        Section section = section(subject, findings, known.get(String.valueOf(subject.id())));
        anchorOf.put(String.valueOf(subject.id()), section.anchor());
        sections.add(section);
      }
    });
    sections.sort(
        Comparator.comparingDouble(Section::score).reversed().thenComparing(Section::name));
    return sections;
  }

  private Section section(Subject subject, List<Finding> findings, @Nullable Container container) {
    List<Page.FactRow> facts = container == null ? List.of() : FactRows.of(container);
    return new Section(
        anchor(subject),
        subject.kind().toString(),
        Plain.line(subject.name()),
        container == null ? List.of() : about(container.identity()),
        Score.rounded(findings),
        new Tally(
            count(findings, Verdict.FAIL),
            count(findings, Verdict.UNKNOWN),
            count(findings, Verdict.PASS),
            count(findings, Verdict.WAIVED),
            severities(findings)),
        findings.stream()
            .filter(show::lists)
            .map(finding -> cards.card(finding, container))
            .toList(),
        facts,
        (int) facts.stream().filter(Page.FactRow::less).count(),
        container == null ? List.of() : processes(container));
  }

  private static int count(List<Finding> findings, Verdict verdict) {
    return (int) findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }

  /** By name, so that a link still leads there tomorrow. */
  private String anchor(Subject subject) {
    String plain = subject.name().replaceAll("[^A-Za-z0-9_.-]", "-");
    String anchor = subject.kind() + "-" + (plain.length() > 60 ? plain.substring(0, 60) : plain);
    int times = anchors.merge(anchor, 1, Integer::sum);
    return times == 1 ? anchor : anchor + "~" + times;
  }

  private static List<String> about(Identity identity) {
    String id = identity.id();
    return Stream.of(
            Plain.line(identity.state()),
            identity.image() == null ? null : "image " + Plain.line(identity.image()),
            "id " + Plain.line(id.length() > 12 ? id.substring(0, 12) : id),
            identity.pid() == null ? null : "process " + identity.pid())
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<ProcessRow> processes(Container container) {
    return container.processes().stream()
        .map(process ->
            new ProcessRow(
                Plain.line(process.name())
                    + " ("
                    + process.pid()
                    + (process.thread() == null ? "" : ", thread " + process.thread())
                    + ")",
                Plain.line(process.arrival())))
        .toList();
  }

  private static @Nullable Lead lead(List<Section> containers, List<Section> others) {
    if (containers.isEmpty() || containers.get(0).tally().failed() == 0) {
      return null;
    }
    Section worst = containers.get(0);
    return new Lead(
        worst.name(),
        worst.anchor(),
        worst.score(),
        worst.cards().stream()
            .filter(card -> card.verdict().equals("fail"))
            .limit(REASONS)
            .toList(),
        others.stream()
            .flatMap(section -> section.cards().stream().map(card -> new Elsewhere(section, card)))
            .filter(each -> each.card().verdict().equals("fail"))
            .filter(each -> each.card().severity().equals(Severity.CRITICAL.toString()))
            .toList());
  }

  private static List<Bar> bars(List<Section> sections) {
    return sections.stream()
        .sorted(Comparator.comparingDouble(Section::score).reversed())
        .filter(section -> section.score() > 0)
        .limit(BARS)
        .map(section ->
            new Bar(
                section.kind().equals("engine") || section.kind().equals("host")
                    ? "the " + section.kind()
                    : section.name(),
                section.anchor(),
                section.score(),
                section.score() * 10,
                section.worst()))
        .toList();
  }

  private List<Stack> stacks() {
    Map<SubjectKind, List<Finding>> byKind = new TreeMap<>(Comparator.comparingInt(ORDER::indexOf));
    for (Finding finding : report.findings()) {
      if (finding.verdict() == Verdict.FAIL) {
        byKind.computeIfAbsent(finding.subject().kind(), k -> new ArrayList<>()).add(finding);
      }
    }
    long most = byKind.values().stream().mapToLong(List::size).max().orElse(1);
    List<Stack> stacks = new ArrayList<>();
    byKind.forEach((kind, findings) -> {
      List<Part> parts = new ArrayList<>();
      double start = 0;
      for (Count count : severities(findings)) {
        double width = Math.round(count.count() * 10_000.0 / most) / 100.0;
        parts.add(new Part(count.severity(), count.count(), start, width));
        start += width;
      }
      stacks.add(
          new Stack(
              kind == SubjectKind.CONTAINER ? "containers" : kind.toString(),
              parts,
              findings.size()));
    });
    return stacks;
  }

  /** Of the benchmark that was asked for, every control; else of the newest what was judged. */
  private List<ControlRow> controls() {
    Edition asked = edition;
    Edition shown = asked == null ? Edition.named("cis-docker", Edition.EVERY_LEVEL) : asked;
    List<ControlRow> rows = new ArrayList<>();
    for (Conformance.Section section : Conformance.of(shown, report).sections()) {
      for (Conformance.Row row : section.rows()) {
        if (asked != null || row.verdict() != null) {
          rows.add(
              new ControlRow(
                  section.name(),
                  row.number(),
                  row.control().level(),
                  row.control().title(),
                  row.status(),
                  row.findings().stream().map(finding -> finding.rule().id()).distinct().toList(),
                  said(row)));
        }
      }
    }
    return rows;
  }

  /** What failed, is unknown or is up to a person, said once for all it is true of. */
  private static List<String> said(Conformance.Row row) {
    if (row.verdict() == Verdict.PASS || row.verdict() == Verdict.NOT_APPLICABLE) {
      return List.of();
    }
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (Finding finding : row.decisive()) {
      String gathered =
          finding.evidence().stream()
              .filter(evidence -> row.verdict() == Verdict.MANUAL)
              .map(evidence -> evidence.path() + ": " + evidence.actual())
              .collect(Collectors.joining("; "));
      alike
          .computeIfAbsent(
              Plain.line(finding.message() + (gathered.isEmpty() ? "" : " [" + gathered + "]")),
              message -> new ArrayList<>())
          .add(Plain.line(finding.subject().name()));
    }
    List<String> said = new ArrayList<>();
    alike.forEach((message, subjects) -> {
      int more = subjects.size() - SUBJECTS;
      said.add(
          String.join(", ", subjects.subList(0, Math.min(SUBJECTS, subjects.size())))
              + (more > 0 ? " and " + more + " more" : "")
              + ": "
              + message);
    });
    return said;
  }
}
