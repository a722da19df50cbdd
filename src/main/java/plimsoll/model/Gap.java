package plimsoll.model;

/**
 * Something that could not be read.
 *
 * @param path what is missing: a JSON pointer into the view or snapshot that holds the gap, {@code
 *     ""} for all of it
 * @param reason why, and where something can be done about it, what
 */
public record Gap(String path, String reason) {

  /** Whether the gap leaves {@code pointer} unknown: it is at the pointer or above it. */
  public boolean covers(String pointer) {
    return Pointers.within(pointer, path);
  }
}
