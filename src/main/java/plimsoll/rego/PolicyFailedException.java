package plimsoll.rego;

/** A policy could not say anything; the message says why, as the end of a sentence about it. */
final class PolicyFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  PolicyFailedException(String message) {
    super(message);
  }
}
