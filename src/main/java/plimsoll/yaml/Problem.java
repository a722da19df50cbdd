package plimsoll.yaml;

/**
 * A mistake in a file somebody wrote.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
public record Problem(String file, int line, int column, String message) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
