package plimsoll.layers;

/** An export that cannot be read to its end: what it holds is not known. */
public final class BadArchiveException extends Exception {
  private static final long serialVersionUID = 1L;

  BadArchiveException(String message) {
    super(message);
  }
}
