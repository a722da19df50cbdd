package plimsoll.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.rule.Rule;
import plimsoll.rule.Severity;

/**
 * What one rule says of one subject.
 *
 * @param message one sentence without the subject's name
 * @param evidence the facts that decided
 * @param fingerprint the same for as long as rule, subject and failing values are
 */
public record Finding(
    Rule rule,
    Subject subject,
    Judgement judgement,
    String message,
    List<Evidence> evidence,
    String fingerprint) {

  /** Copies the list. */
  public Finding {
    evidence = List.copyOf(evidence);
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
