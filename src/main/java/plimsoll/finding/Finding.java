package plimsoll.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.rule.Rule;
import plimsoll.rule.Severity;
import plimsoll.rule.Waiver;

/**
 * What one rule says of one subject.
 *
 * @param message one sentence without the subject's name
 * @param evidence the facts that decided
 * @param fingerprint the same for as long as rule, subject and failing values are
 * @param waiver of a failure that was waived, who answers for it; null otherwise
 */
public record Finding(
    Rule rule,
    Subject subject,
    Judgement judgement,
    String message,
    List<Evidence> evidence,
    String fingerprint,
    @Nullable Waiver waiver) {

  /** Copies the list. */
  public Finding {
    evidence = List.copyOf(evidence);
  }

  /** One that nobody waives. */
  public Finding(
      Rule rule,
      Subject subject,
      Judgement judgement,
      String message,
      List<Evidence> evidence,
      String fingerprint) {
    this(rule, subject, judgement, message, evidence, fingerprint, null);
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
        fingerprint,
        who);
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
   * @param because how a failure came about; null for other verdicts
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
