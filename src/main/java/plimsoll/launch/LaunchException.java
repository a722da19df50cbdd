package plimsoll.launch;

/** The container could not be started as asked; the exit code is docker's for that. */
public final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int code;

  /**
   * It does not start.
   *
   * @param code see {@link #code()}
   */
  public LaunchException(String message, int code) {
    super(message);
    this.code = code;
  }

  /**
   * What docker exits with: 125 engine or usage, 126 cannot execute, 127 not found, 1 for a few
   * more.
   */
  public int code() {
    return code;
  }
}
