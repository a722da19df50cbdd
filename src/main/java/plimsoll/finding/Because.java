package plimsoll.finding;

import java.util.Locale;

/** How a failure came about. */
public enum Because {
  /** Somebody asked for what is wrong. */
  WRITTEN,
  /** Nobody asked for what is missing. */
  OMITTED;

  /** The name in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
