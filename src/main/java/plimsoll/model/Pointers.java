package plimsoll.model;

/** JSON pointers (RFC 6901) into facts. */
final class Pointers {
  private Pointers() {}

  /** Whether {@code pointer} is {@code top} or leads to something in it; {@code ""} has all. */
  static boolean within(String pointer, String top) {
    return pointer.startsWith(top)
        && (pointer.length() == top.length() || pointer.charAt(top.length()) == '/');
  }
}
