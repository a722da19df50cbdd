package plimsoll.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Finding;
import plimsoll.finding.Location;
import plimsoll.finding.Report;
import plimsoll.finding.Subject;
import plimsoll.finding.Verdict;
import plimsoll.rule.Glob;
import plimsoll.rule.SubjectKind;
import plimsoll.rule.Waiver;
import plimsoll.rule.Waiver.Target;

/** Takes failures that somebody answers for out of those that count, and leaves them in sight. */
public final class Waiving {
  private final Map<String, String> imageOf = new HashMap<>();
  private final List<Waiver> holding = new ArrayList<>();
  private final Set<Waiver> used = new LinkedHashSet<>();

  private Waiving(Report report) {
    report
        .containers()
        .forEach(container ->
            imageOf.put(container.identity().id(), String.valueOf(container.identity().imageId())));
  }

  /**
   * A report with failures waived.
   *
   * @param notes waivers that have expired or waived nothing, with their places
   */
  public record Waived(Report report, List<String> notes) {
    /** Copies the list. */
    public Waived {
      notes = List.copyOf(notes);
    }
  }

  /** Waives what waivers speak of; one that has expired waives nothing. */
  public static Waived apply(Report report, List<Waiver> waivers, LocalDate today) {
    if (waivers.isEmpty()) {
      return new Waived(report, List.of());
    }
    Waiving waiving = new Waiving(report);
    List<String> notes = new ArrayList<>();
    for (Waiver waiver : waivers) {
      if (waiver.holds(today)) {
        waiving.holding.add(waiver);
      } else {
        notes.add(
            waiver.place()
                + ": the waiver of "
                + waiver.rule().text()
                + " ("
                + waiver.owner()
                + ") expired on "
                + waiver.expires()
                + " and waives nothing");
      }
    }
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      Waiver waiver = finding.verdict() == Verdict.FAIL ? waiving.of(finding) : null;
      findings.add(waiver == null ? finding : finding.waivedBy(waiver));
    }
    for (Waiver waiver : waiving.holding) {
      if (!waiving.used.contains(waiver)) {
        notes.add(
            waiver.place()
                + ": the waiver of "
                + waiver.rule().text()
                + " ("
                + waiver.owner()
                + ") waives nothing: nothing it speaks of fails");
      }
    }
    findings.sort(Evaluator.WORST_FIRST);
    return new Waived(report.with(findings), notes);
  }

  private @Nullable Waiver of(Finding finding) {
    Waiver first = null;
    for (Waiver waiver : holding) {
      if (waiver.rule().matches(finding.rule().id()) && speaksOf(waiver.target(), finding)) {
        used.add(waiver);
        first = first == null ? waiver : first;
      }
    }
    return first;
  }

  private boolean speaksOf(Target target, Finding finding) {
    Subject subject = finding.subject();
    if (target instanceof Target.InFiles files) {
      Location at = finding.location();
      Glob container = files.container();
      return at != null
          && files.path().matches(at.file())
          && (container == null
              || (subject.kind() == SubjectKind.CONTAINER && container.matches(subject.name())));
    }
    if (target instanceof Target.ContainerName name) {
      return subject.kind() == SubjectKind.CONTAINER && name.name().matches(subject.name());
    }
    if (target instanceof Target.ImageDigest image) {
      String id = String.valueOf(subject.id());
      return image.digest().equals(subject.kind() == SubjectKind.CONTAINER ? imageOf.get(id) : id);
    }
    return target instanceof Target.Kind kind && kind.kind() == subject.kind();
  }
}
