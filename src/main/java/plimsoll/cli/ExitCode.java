package plimsoll.cli;

/** Exit codes of every command but {@code secure-run}. */
final class ExitCode {
  /** Nothing at or above {@code --fail-on}. */
  static final int OK = 0;

  /** Something is. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  /**
   * An input that was named or needed could not be used, or an output could not be written. Wins
   * over 1.
   */
  static final int UNUSABLE = 3;

  private ExitCode() {}
}
