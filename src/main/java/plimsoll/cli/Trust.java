package plimsoll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Who may decide what passes: as root, only root. A file that somebody else can change, or replace
 * by way of a folder above it, is refused.
 */
enum Trust {
  /** As root: only root. */
  OWNERS,
  /** Whoever may change the repository that is judged, whatever its files belong to. */
  REPOSITORY;

  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int STICKY = 01000;

  /**
   * Refuses what somebody else could have written, if that matters: if this process is root's.
   *
   * @param what the file, or a folder of such
   */
  void require(Path what) throws UnusableException {
    if (this == REPOSITORY) {
      return;
    }
    try {
      if (owner(Path.of("/proc/self")) != 0) {
        return;
      }
      Path real = what.toRealPath();
      check(what, real, true);
      for (Path above = real.getParent(); above != null; above = above.getParent()) {
        check(what, above, false);
      }
    } catch (IOException e) {
      throw new UnusableException("cannot use " + what + ": " + Target.reason(e));
    }
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static void check(Path what, Path path, boolean itself)
      throws IOException, UnusableException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    // In a sticky folder nobody can move what belongs to another.
    boolean open = (mode & WRITABLE_BY_OTHERS) != 0 && (itself || (mode & STICKY) == 0);
    if (owner(path) != 0 || open) {
      throw new UnusableException(
          "will not use "
              + what
              + ": "
              + path
              + (open ? " can be written to by others than root" : " does not belong to root")
              + "; whoever can write it decides what passes (chown root, chmod go-w, or run it"
              + " without root)");
    }
  }
}
