package plimsoll.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.derive.Derivation;
import plimsoll.engine.Evaluator;
import plimsoll.engine.Fingerprint;
import plimsoll.engine.Scope;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Location;
import plimsoll.finding.Report;
import plimsoll.finding.Totals;
import plimsoll.finding.Verdict;
import plimsoll.gate.FoundContainer;
import plimsoll.gate.Repository.Contents;
import plimsoll.gate.SourceFile;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Origin;
import plimsoll.model.Snapshot;
import plimsoll.model.Source;
import plimsoll.model.View;
import plimsoll.model.Volume;
import plimsoll.read.Word;
import plimsoll.read.Written;
import plimsoll.rule.SubjectKind;

/** Judges what a repository would start. */
final class GateJudge {
  /** Which security option a fact follows from. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "/seccomp", "seccomp",
          "/label/apparmor", "apparmor",
          "/label/selinux", "label",
          "/noNewPrivileges", "no-new-privileges");

  private final Policy policy;
  private final Scope scope;
  private final Edges edges;
  private final Map<String, SourceFile> files;
  private final @Nullable View<Engine> engine;

  /**
   * With a policy.
   *
   * @param engine the daemon that the containers are for; null for one without configuration
   */
  GateJudge(
      Policy policy,
      Scope scope,
      Edges edges,
      Map<String, SourceFile> files,
      @Nullable View<Engine> engine) {
    this.policy = policy;
    this.scope = scope;
    this.edges = edges;
    this.files = files;
    this.engine = engine;
  }

  /**
   * The report.
   *
   * @param strict whether hardening that nobody asked for counts
   */
  Report judge(Contents contents, boolean strict) {
    Map<String, List<Finding>> bySubject = new LinkedHashMap<>();
    Set<String> keys = new HashSet<>();
    Map<String, List<FoundContainer>> byFile = new LinkedHashMap<>();
    for (FoundContainer found : contents.containers()) {
      keys.add(found.container().identity().key());
      byFile.computeIfAbsent(found.file().path(), key -> new ArrayList<>()).add(found);
    }
    for (List<FoundContainer> ofFile : byFile.values()) {
      for (Finding finding : findings(ofFile)) {
        merge(
            bySubject.computeIfAbsent(
                finding.rule().id() + "\n" + finding.subject().key(), key -> new ArrayList<>()),
            finding);
      }
    }
    List<Finding> all = new ArrayList<>();
    bySubject.values().forEach(all::addAll);
    all.removeIf(finding ->
        !strict
            && finding.verdict() == Verdict.FAIL
            && finding.judgement().because() == Because.OMITTED);
    all.sort(Evaluator.WORST_FIRST);
    List<Gap> gaps = new ArrayList<>();
    contents.unusable().forEach(problem -> gaps.add(new Gap("/files", problem.toString())));
    contents.notes().forEach(note -> gaps.add(new Gap("/files", note)));
    return new Report(
        Version.tool(),
        edges.clock().instant(),
        new Report.Audited(null, null, keys.size()),
        all,
        Totals.of(all),
        List.of(),
        gaps);
  }

  /** Of one run with several values the worst counts; the same failure is found once. */
  private static void merge(List<Finding> before, Finding finding) {
    boolean fails = finding.verdict() == Verdict.FAIL;
    if (before.isEmpty()) {
      before.add(finding);
    } else if (before.get(0).verdict() != Verdict.FAIL) {
      if (fails || before.get(0).verdict() != Verdict.UNKNOWN) {
        before.set(0, finding);
      }
    } else if (fails && before.stream().noneMatch(one -> isAt(one, finding))) {
      before.add(finding);
    }
  }

  private static boolean isAt(Finding one, Finding other) {
    Location first = one.location();
    Location second = other.location();
    return first != null && second != null && first.place().equals(second.place());
  }

  private List<Finding> findings(List<FoundContainer> ofFile) {
    List<Container> containers = new ArrayList<>();
    Map<String, Volume> volumes = new LinkedHashMap<>();
    for (FoundContainer found : ofFile) {
      // Several may have one name; the number says which is which.
      containers.add(found.container().withId("#" + containers.size()));
      found.volumes().forEach(volume -> volumes.putIfAbsent(volume.name(), volume));
    }
    Snapshot snapshot =
        new Snapshot(
            Snapshot.SCHEMA,
            Instant.EPOCH,
            Version.tool(),
            null,
            engine,
            containers,
            List.of(),
            List.of(),
            List.copyOf(volumes.values()),
            List.of());
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : Evaluator.findings(policy.rules(), Derivation.derive(snapshot), scope)) {
      String id = finding.subject().id();
      if (finding.subject().kind() == SubjectKind.CONTAINER && id != null) {
        findings.addAll(placed(ofFile.get(Integer.parseInt(id.substring(1))), finding.anonymous()));
      }
    }
    return findings;
  }

  /** The finding at each flag or key that makes it. */
  private List<Finding> placed(FoundContainer found, Finding finding) {
    Map<String, Finding> placed = new LinkedHashMap<>();
    for (Evidence evidence : finding.evidence()) {
      Origin origin = evidence.origin();
      if (origin == null
          || origin.source() != Source.FILE
          || origin.line() == null
          || origin.column() == null) {
        continue;
      }
      String path = origin.file() == null ? found.file().path() : origin.file();
      List<Written> elements = elements(found, evidence, String.valueOf(origin.field()));
      if (elements.isEmpty()) {
        Location at = location(found, path, origin.line(), origin.column());
        placed.putIfAbsent(at.place(), alone(finding, evidence, null, at));
      }
      for (Written element : elements) {
        Word word = element.word();
        Location at =
            location(found, word.file() == null ? path : word.file(), word.line(), word.column());
        placed.putIfAbsent(at.place(), alone(finding, evidence, wrong(evidence, element), at));
      }
    }
    if (finding.verdict() != Verdict.FAIL || placed.size() < 2) {
      return List.of(
          placed.values().stream()
              .findFirst()
              .orElseGet(() ->
                  finding.at(location(found, found.file().path(), found.line(), found.column()))));
    }
    return List.copyOf(placed.values());
  }

  private static Finding alone(
      Finding finding, Evidence evidence, @Nullable String own, Location at) {
    Evidence part =
        new Evidence(
            evidence.view(),
            evidence.path(),
            evidence.expected(),
            own == null ? evidence.actual() : own,
            evidence.origin(),
            evidence.process());
    return finding.alone(
        part, Fingerprint.of(finding.rule(), finding.subject(), List.of(part)), at);
  }

  /** What of a failing list an element is; null where it is all of it. */
  private static @Nullable String wrong(Evidence evidence, Written element) {
    String text = element.text().toLowerCase(Locale.ROOT);
    String bare = text.replaceFirst("^cap_", "");
    for (String part : evidence.actual().split(", ")) {
      String low = part.toLowerCase(Locale.ROOT);
      if (element.field().equals("HostConfig.CapAdd") ? low.equals(bare) : text.contains(low)) {
        return part;
      }
    }
    return null;
  }

  /** Of a list that fails, the elements that make it. */
  private static List<Written> elements(FoundContainer found, Evidence evidence, String field) {
    String option =
        OPTIONS.entrySet().stream()
            .filter(entry -> evidence.path().startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    List<String> wrong = List.of(evidence.actual().toLowerCase(Locale.ROOT).split(", "));
    List<Written> elements = new ArrayList<>();
    for (Written one : found.written()) {
      String text = one.text().toLowerCase(Locale.ROOT);
      boolean capability = one.field().equals("HostConfig.CapAdd");
      String bare = capability ? text.replaceFirst("^cap_", "") : text;
      boolean fits =
          option != null
              ? text.startsWith(option)
              : capability
                  ? bare.equals("all") || wrong.contains(bare)
                  : wrong.stream().anyMatch(part -> part.length() > 1 && bare.contains(part));
      if (one.field().equals(field) && fits) {
        elements.add(one);
      }
    }
    // Of security options with the same name the last counts.
    return option != null && elements.size() > 1
        ? elements.subList(elements.size() - 1, elements.size())
        : elements;
  }

  private Location location(FoundContainer found, String path, int line, int column) {
    SourceFile file = files.getOrDefault(path, found.file());
    String text = file.lineText(line);
    int end = column - 1;
    char quote = end < text.length() ? text.charAt(end) : ' ';
    if (quote == '"' || quote == '\'') {
      int close = text.indexOf(quote, end + 1);
      end = close < 0 ? end + 1 : close + 1;
    }
    while (end < text.length() && " \t\"'`;&|)}],".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (end > column && end <= text.length() && text.charAt(end - 1) == ':') {
      end--;
    }
    return new Location(
        path, line, column, line, Math.max(end + 1, column + 1), note(found, line, column));
  }

  private static @Nullable String note(FoundContainer found, int line, int column) {
    String remark = found.notes().get(line + ":" + column);
    boolean apart = line < found.line() || line > found.lastLine();
    String key = found.container().identity().key();
    String reaches =
        !apart
            ? null
            : key.startsWith("compose ")
                ? "for the service " + found.container().identity().name()
                : "reaches the run in line " + found.line();
    return reaches == null ? remark : remark == null ? reaches : reaches + ", " + remark;
  }
}
