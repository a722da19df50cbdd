package plimsoll.finding;

import org.jspecify.annotations.Nullable;

/**
 * Where in a file something stands: the flag or key itself. All are counted from 1.
 *
 * @param file relative to the working directory
 * @param endColumn the column after its last character
 * @param note what to know about the place, such as which run it reaches; null for nothing
 */
public record Location(
    String file, int line, int column, int endLine, int endColumn, @Nullable String note) {
  /** For people and programs: {@code FILE:LINE:COLUMN}. */
  public String place() {
    return file + ":" + line + ":" + column;
  }
}
