package plimsoll.finding;

import java.util.Locale;

/** What a rule says of a subject. */
public enum Verdict {
  /** The requirement is met. */
  PASS,
  /** It is not. */
  FAIL,
  /** It could not be told; never a pass. */
  UNKNOWN,
  /** The rule has nothing to say of this subject. */
  NOT_APPLICABLE,
  /** No program can tell: a person has to look. */
  MANUAL,
  /** It is not met, and somebody answers for that. */
  WAIVED;

  /** The name in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
