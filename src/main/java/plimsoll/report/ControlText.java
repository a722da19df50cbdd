package plimsoll.report;

import plimsoll.rule.Control;

/** A benchmark's control for people. */
public final class ControlText {
  private ControlText() {}

  /** {@code CIS Docker 1.8: 5.5}. */
  public static String of(Control control) {
    return benchmark(control) + " " + control.version() + ": " + control.id();
  }

  /** The benchmark's name. */
  public static String benchmark(Control control) {
    return control.benchmark().equals("cis-docker") ? "CIS Docker" : control.benchmark();
  }
}
