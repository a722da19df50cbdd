package plimsoll.cli;

/** An input that was named cannot be used, or an output cannot be written: exit 3. */
final class UnusableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableException(String message) {
    super(message);
  }
}
