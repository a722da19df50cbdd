package plimsoll.rule;

import java.util.Locale;

/** How bad a failed rule is; declared from least to worst. */
public enum Severity {
  /** Worth knowing. */
  INFO,
  /** Hardening that is missing and costs little. */
  LOW,
  /** A second mistake is needed to do harm. */
  MEDIUM,
  /** A compromised program can harm the host or other containers. */
  HIGH,
  /** A compromised program owns the host. */
  CRITICAL;

  /** The name on the command line, in rules and in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
