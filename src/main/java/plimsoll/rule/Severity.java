package plimsoll.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

  /** The severity of a name. */
  public static Optional<Severity> named(String name) {
    return Arrays.stream(values()).filter(severity -> severity.toString().equals(name)).findFirst();
  }

  /** The name on the command line, in rules and in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
