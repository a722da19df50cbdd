package plimsoll.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plimsoll.engine.ContainerJudge.Judged;
import plimsoll.engine.ViewEvaluator.Surroundings;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Report;
import plimsoll.finding.Report.Audited;
import plimsoll.finding.Subject;
import plimsoll.finding.Totals;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Host;
import plimsoll.model.Identity;
import plimsoll.model.Image;
import plimsoll.model.Origin;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.SubjectKind;

/** Judges a snapshot by rules. */
public final class Evaluator {
  /** Failures first, then by severity, rule and subject. */
  public static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing((Finding finding) -> finding.verdict() != Verdict.FAIL)
          .thenComparing(finding -> finding.verdict() != Verdict.UNKNOWN)
          .thenComparing(Finding::severity, Comparator.reverseOrder())
          .thenComparing(finding -> finding.rule().id())
          .thenComparing(finding -> finding.subject().name());

  /** What an image's maker did, as opposed to what an image is where nobody says. */
  private static final Map<String, Origin> MADE =
      Map.of("/built", Origin.inspect("History"), "/files", Origin.inspect("RootFS.Layers"));

  private final Snapshot snapshot;
  private final Scope scope;
  private final Surroundings surroundings;
  private final ContainerJudge containers;
  private final List<Finding> findings = new ArrayList<>();

  private Evaluator(Snapshot snapshot, Scope scope) {
    this.snapshot = snapshot;
    this.scope = scope;
    this.surroundings = new Surroundings(snapshot.engine(), snapshot.host());
    this.containers = new ContainerJudge(surroundings);
  }

  /**
   * What rules say of a snapshot, in no order and without sums.
   *
   * @param snapshot with everything derived
   */
  public static List<Finding> findings(RuleSet rules, Snapshot snapshot, Scope scope) {
    Evaluator evaluator = new Evaluator(snapshot, scope);
    rules.rules().forEach(evaluator::judge);
    return evaluator.findings;
  }

  /**
   * What rules say of one subject that no snapshot holds, in no order.
   *
   * @param around what the rules may read beside it
   */
  public static List<Finding> findings(
      RuleSet rules, Subject subject, View<?> facts, Snapshot around, Scope scope) {
    Evaluator evaluator = new Evaluator(around, scope);
    rules.rules().stream()
        .filter(rule -> rule.subject() == subject.kind())
        .forEach(rule -> evaluator.single(rule, subject, facts, ""));
    return evaluator.findings;
  }

  /**
   * Judges a snapshot.
   *
   * @param snapshot with everything derived
   * @param tool what judges, for the report
   */
  public static Report evaluate(RuleSet rules, Snapshot snapshot, Scope scope, Snapshot.Tool tool) {
    Evaluator evaluator = new Evaluator(snapshot, scope);
    for (Rule rule : rules.rules()) {
      evaluator.judge(rule);
    }
    evaluator.findings.sort(WORST_FIRST);
    return new Report(
        tool,
        snapshot.takenAt(),
        audited(snapshot),
        evaluator.findings,
        Totals.of(evaluator.findings),
        snapshot.containers(),
        allGaps(snapshot));
  }

  private void judge(Rule rule) {
    switch (rule.subject()) {
      case CONTAINER -> {
        for (Container container : snapshot.containers()) {
          Subject subject = subject(container.identity());
          if (scope.includes(rule, subject)) {
            Judged judged = containers.judge(rule, container);
            String message = judged.message();
            findings.add(
                new Finding(
                    rule,
                    subject,
                    judged.judgement(),
                    message == null
                        ? message(
                            rule,
                            judged.judgement(),
                            judged.evidence(),
                            container.requested().facts())
                        : message,
                    judged.evidence(),
                    Fingerprint.of(rule, subject, judged.lasting())));
          }
        }
      }
      case ENGINE -> {
        View<Engine> engine = snapshot.engine();
        String name = engine == null ? "engine" : engine.facts().endpoint();
        single(rule, new Subject(SubjectKind.ENGINE, name, null, "engine"), engine, "/engine");
      }
      case HOST -> {
        View<Host> host = snapshot.host();
        String name = host == null ? null : host.facts().name();
        single(
            rule,
            new Subject(SubjectKind.HOST, name == null ? "host" : name, null, "host"),
            host,
            "/host");
      }
      case IMAGE ->
          snapshot.images().forEach(image -> single(rule, subject(image), view(image), ""));
      case NETWORK ->
          snapshot
              .networks()
              .forEach(network -> plain(rule, named(SubjectKind.NETWORK, network.name()), network));
      case VOLUME ->
          snapshot
              .volumes()
              .forEach(volume -> plain(rule, named(SubjectKind.VOLUME, volume.name()), volume));
      case BUILD, POLICY -> {
        // No host has one: files and repositories do.
      }
    }
  }

  private static Subject subject(Image image) {
    String name = image.tags().isEmpty() ? image.id() : image.tags().get(0);
    return new Subject(SubjectKind.IMAGE, name, image.id(), "image " + name);
  }

  private static Subject named(SubjectKind kind, String name) {
    return new Subject(kind, name, null, kind + " " + name);
  }

  private void plain(Rule rule, Subject subject, Record facts) {
    single(rule, subject, new View<>(facts, Map.of(), List.of()), "");
  }

  /**
   * Nobody has to look at the files of images, which takes its time: that is no gap of the host.
   */
  private View<Image> view(Image image) {
    String pointer = "/images/" + image.id() + "/";
    String unseen = "its files were not looked at: audit --image-files does";
    List<Gap> gaps = new ArrayList<>();
    for (Gap gap : snapshot.gaps()) {
      if (gap.path().equals(pointer + "files")) {
        unseen = gap.reason();
      } else if (gap.path().startsWith(pointer)) {
        gaps.add(new Gap(gap.path().substring(pointer.length() - 1), gap.reason()));
      }
    }
    if (image.files() == null) {
      // Not of /files itself: that there are none to be judged is known.
      gaps.add(new Gap("/files/privileged", unseen));
      gaps.add(new Gap("/files/secrets", unseen));
    }
    return new View<>(image, MADE, gaps);
  }

  private void single(Rule rule, Subject subject, @Nullable View<?> view, String pointer) {
    if (!scope.includes(rule, subject)) {
      return;
    }
    Outcome outcome =
        view == null
            ? Outcome.unknown(reasonFor(pointer))
            : ViewEvaluator.requested(surroundings, view).evaluate(rule.require());
    Judgement judgement =
        Judgements.of(
            rule,
            outcome,
            evidence -> evidence.origin() != null && evidence.origin().written(),
            List.of(ViewName.REQUESTED),
            null);
    add(rule, subject, judgement, outcome.evidence(), view == null ? null : view.facts());
  }

  private String reasonFor(String pointer) {
    return snapshot.gaps().stream()
        .filter(gap -> gap.covers(pointer))
        .map(Gap::reason)
        .findFirst()
        .orElse("it was not looked at");
  }

  private static Subject subject(Identity identity) {
    return new Subject(SubjectKind.CONTAINER, identity.name(), identity.id(), identity.key());
  }

  private void add(
      Rule rule,
      Subject subject,
      Judgement judgement,
      List<Evidence> evidence,
      @Nullable Object facts) {
    findings.add(
        new Finding(
            rule,
            subject,
            judgement,
            message(rule, judgement, evidence, facts),
            evidence,
            Fingerprint.of(rule, subject, evidence)));
  }

  private static String message(
      Rule rule, Judgement judgement, List<Evidence> evidence, @Nullable Object facts) {
    return switch (judgement.verdict()) {
      case FAIL -> rule.message().filled(actual(evidence), facts);
      case UNKNOWN -> "cannot tell: " + judgement.reason();
      case MANUAL -> "to be looked at: " + judgement.reason();
      default -> judgement.verdict().toString();
    };
  }

  private static String actual(List<Evidence> evidence) {
    // Several lists may name the same thing.
    return evidence.stream()
        .flatMap(each -> Stream.of(each.actual().split(", ", -1)))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Audited audited(Snapshot snapshot) {
    View<Host> host = snapshot.host();
    View<Engine> engine = snapshot.engine();
    return new Audited(
        host == null
            ? null
            : known(host.facts().name()) + " (" + known(host.facts().distribution()) + ")",
        engine == null
            ? null
            : known(engine.facts().version().engine()) + " at " + engine.facts().endpoint(),
        snapshot.containers().size());
  }

  private static String known(@Nullable String text) {
    return text == null ? "unknown" : text;
  }

  /** Every gap of the snapshot, with pointers from its root. */
  private static List<Gap> allGaps(Snapshot snapshot) {
    List<Gap> gaps = new ArrayList<>(snapshot.gaps());
    collect(gaps, "/host", snapshot.host());
    collect(gaps, "/engine", snapshot.engine());
    int index = 0;
    for (Container container : snapshot.containers()) {
      String pointer = "/containers/" + index++;
      collect(gaps, pointer + "/requested", container.requested());
      collect(gaps, pointer + "/enforced", container.enforced());
    }
    return gaps;
  }

  private static void collect(List<Gap> gaps, String pointer, @Nullable View<?> view) {
    if (view != null) {
      view.gaps().forEach(gap -> gaps.add(new Gap(pointer + gap.path(), gap.reason())));
    }
  }
}
