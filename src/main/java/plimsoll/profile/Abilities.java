package plimsoll.profile;

import org.jspecify.annotations.Nullable;

/**
 * What the host and the image can do.
 *
 * @param memory whether memory can be limited
 * @param swap whether swap is counted, so that it can be limited
 * @param pids whether processes can be limited
 * @param cpu whether processor time can be limited
 * @param processors how many there are
 * @param init whether the engine has a program for {@code --init}
 * @param seccomp whether the engine filters system calls
 * @param lsm whether AppArmor or SELinux confines containers
 * @param logDriver the logging driver of containers that name none; null where it is not known
 * @param engine the engine's major version; 0 where it is not known
 * @param imageUser whom the image runs as, {@code ""} for root; null where the image is not there
 */
public record Abilities(
    boolean memory,
    boolean swap,
    boolean pids,
    boolean cpu,
    int processors,
    boolean init,
    boolean seccomp,
    boolean lsm,
    @Nullable String logDriver,
    int engine,
    @Nullable String imageUser) {

  /** Everything, and an image that runs as root: for a line that nobody runs here. */
  public static final Abilities ALL =
      new Abilities(true, true, true, true, 1024, true, true, true, "json-file", 99, "");
}
