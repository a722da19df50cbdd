package plimsoll.finding;

import java.util.Locale;

/** How a verdict came about. */
public enum Because {
  /** Somebody asked for what is wrong. */
  WRITTEN,
  /** Nobody asked for what is missing. */
  OMITTED,
  /** It is unknown because what should have judged it could not: a policy that failed. */
  ERROR;

  /** The name in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
