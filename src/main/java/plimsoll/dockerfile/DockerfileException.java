package plimsoll.dockerfile;

/** A file that docker would not build, or whose commands cannot be read. */
public final class DockerfileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  DockerfileException(String message, int offset) {
    super(message);
    this.offset = offset;
  }

  /** Where in the file. */
  public int offset() {
    return offset;
  }
}
