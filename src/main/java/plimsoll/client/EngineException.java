package plimsoll.client;

/** A call that gave no usable answer. */
public final class EngineException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String said;

  EngineException(String message) {
    this(message, 0, "");
  }

  EngineException(String message, int status, String said) {
    super(message);
    this.status = status;
    this.said = said;
  }

  /** The status it answered with; 0 where it did not answer. */
  public int status() {
    return status;
  }

  /** Its own words; empty where it did not answer. */
  public String said() {
    return said;
  }

  /** Whether the engine said that there is no such thing (any more). */
  public boolean notFound() {
    return status == 404;
  }
}
