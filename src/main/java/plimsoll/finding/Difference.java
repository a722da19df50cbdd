package plimsoll.finding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of failures from one report to another. Two are the same if their fingerprints are:
 * if rule, subject and failing value are.
 *
 * @param appeared failures of the new report that the old one had nothing of, worst first
 * @param changed failures of both, of the same rule and subject, but with another value
 * @param mended failures of the old report that the new one has nothing of
 * @param unchanged how many failures of the new report are as they were
 */
public record Difference(
    List<Finding> appeared, List<Changed> changed, List<Finding> mended, int unchanged) {

  /** Copies the lists. */
  public Difference {
    appeared = List.copyOf(appeared);
    changed = List.copyOf(changed);
    mended = List.copyOf(mended);
  }

  /** The same failure, otherwise: a capability more, another path. */
  public record Changed(Finding was, Finding now) {}

  private record Place(String rule, Subject subject) {
    static Place of(Finding finding) {
      // Ids and keys change when a container is made anew; its name is what people know it by.
      Subject subject = finding.subject();
      return new Place(finding.rule().id(), new Subject(subject.kind(), subject.name(), null, ""));
    }
  }

  /** From one report to another. */
  public static Difference between(Report old, Report now) {
    Set<String> before = fingerprints(old);
    Set<String> after = fingerprints(now);
    Map<Place, Finding> gone = new LinkedHashMap<>();
    List<Finding> mended = new ArrayList<>();
    for (Finding finding : failed(old)) {
      if (!after.contains(finding.fingerprint())
          && gone.putIfAbsent(Place.of(finding), finding) != null) {
        mended.add(finding);
      }
    }
    List<Finding> appeared = new ArrayList<>();
    List<Changed> changed = new ArrayList<>();
    int unchanged = 0;
    for (Finding finding : failed(now)) {
      if (before.contains(finding.fingerprint())) {
        unchanged++;
        continue;
      }
      Finding was = gone.remove(Place.of(finding));
      if (was == null) {
        appeared.add(finding);
      } else {
        changed.add(new Changed(was, finding));
      }
    }
    mended.addAll(gone.values());
    return new Difference(appeared, changed, mended, unchanged);
  }

  /** Everything of the new report that is not as it was: what appeared, and what changed. */
  public List<Finding> news() {
    List<Finding> news = new ArrayList<>(appeared);
    changed.forEach(each -> news.add(each.now()));
    return news;
  }

  private static List<Finding> failed(Report report) {
    return report.findings().stream().filter(finding -> finding.verdict() == Verdict.FAIL).toList();
  }

  private static Set<String> fingerprints(Report report) {
    return failed(report).stream().map(Finding::fingerprint).collect(Collectors.toSet());
  }
}
