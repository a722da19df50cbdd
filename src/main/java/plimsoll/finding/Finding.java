package plimsoll.finding;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plimsoll.rule.Condition;
import plimsoll.rule.Rule;
import plimsoll.rule.Severity;
import plimsoll.rule.Waiver;

/**
 * What one rule says of one subject.
 *
 * @param message one sentence without the subject's name
 * @param evidence the facts that decided
 * @param print the same for as long as rule, subject and failing values are
 * @param location where in a file it was written, or would have been; null where it was not found
 *     in a file
 * @param waiver of a failure that was waived, who answers for it; null otherwise
 */
public record Finding(
    Rule rule,
    Subject subject,
    Judgement judgement,
    String message,
    List<Evidence> evidence,
    Fingerprint print,
    @Nullable Location location,
    @Nullable Waiver waiver) {

  /** Copies the list. */
  public Finding {
    evidence = List.copyOf(evidence);
  }

  /** One that nobody waives, and that was not found in a file. */
  public Finding(
      Rule rule,
      Subject subject,
      Judgement judgement,
      String message,
      List<Evidence> evidence,
      Fingerprint print) {
    this(rule, subject, judgement, message, evidence, print, null, null);
  }

  /** The same of a subject by another name. */
  public Finding of(Subject other) {
    return new Finding(rule, other, judgement, message, evidence, print, location, waiver);
  }

  /** The same, which is found at a place in a file. */
  public Finding at(Location place) {
    return new Finding(rule, subject, judgement, message, evidence, print, place, waiver);
  }

  /**
   * One part of it alone, at its own place: one capability of several.
   *
   * @param part what is wrong there, and nothing else
   * @param own the part's fingerprint
   */
  public Finding alone(Evidence part, Fingerprint own, Location place) {
    return new Finding(
        rule,
        subject,
        judgement,
        rule.require() instanceof Condition.Policy
            ? message.replace(joined(Evidence::expected, "; "), part.expected())
            : message.replace(joined(Evidence::actual, ", "), part.actual()),
        List.of(part),
        own,
        place,
        waiver);
  }

  private String joined(Function<Evidence, String> what, String separator) {
    return evidence.stream().map(what).distinct().collect(Collectors.joining(separator));
  }

  /** The same failure, which somebody answers for. */
  public Finding waivedBy(Waiver who) {
    return new Finding(
        rule,
        subject,
        new Judgement(
            Verdict.WAIVED,
            judgement.severity(),
            judgement.because(),
            judgement.confirmed(),
            judgement.views(),
            judgement.reason()),
        message,
        evidence,
        print,
        location,
        who);
  }

  /** The same for as long as rule, subject and failing values are; 32 hexadecimal digits. */
  public String fingerprint() {
    return print.text();
  }

  /** How bad it is. */
  public Severity severity() {
    return judgement.severity();
  }

  /** What the rule says. */
  public Verdict verdict() {
    return judgement.verdict();
  }

  /**
   * A verdict and how far it reaches.
   *
   * @param because how a failure came about, or that nothing could be judged; null otherwise
   * @param confirmed whether the kernel shows the same; false where it shows otherwise or could not
   *     be asked; null where it is no witness
   * @param views the views that decided
   * @param reason why it is unknown or does not apply; null for other verdicts
   */
  public record Judgement(
      Verdict verdict,
      Severity severity,
      @Nullable Because because,
      @Nullable Boolean confirmed,
      List<ViewName> views,
      @Nullable String reason) {
    /** Copies the list. */
    public Judgement {
      views = List.copyOf(views);
    }
  }
}
