package plimsoll.finding;

import java.util.Locale;

/** Which view of a subject something was seen in. */
public enum ViewName {
  /** What somebody asked for, or what a subject says of itself. */
  REQUESTED,
  /** What the kernel does. */
  ENFORCED;

  /** The name in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
