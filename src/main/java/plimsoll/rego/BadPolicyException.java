package plimsoll.rego;

/** A file that is no policy, or none that can be used here; the message says why. */
public final class BadPolicyException extends Exception {
  private static final long serialVersionUID = 1L;

  BadPolicyException(String message) {
    super(message);
  }
}
