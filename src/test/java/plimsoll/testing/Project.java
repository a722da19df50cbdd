package plimsoll.testing;

import java.nio.file.Path;

/** The source tree the tests run in. */
public final class Project {
  private Project() {}

  /** Its top folder. */
  public static Path root() {
    return Path.of(System.getProperty("plimsoll.root", "")).toAbsolutePath();
  }
}
