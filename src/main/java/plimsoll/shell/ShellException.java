package plimsoll.shell;

/** A script that cannot be read. */
public final class ShellException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int offset;

  /** A mistake at an offset of the file. */
  public ShellException(String message, int offset) {
    super(message);
    this.offset = offset;
  }

  /** Where in the file. */
  public int offset() {
    return offset;
  }
}
