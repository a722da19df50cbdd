package plimsoll.model;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a container's processes were seen doing.
 *
 * @param programs names of the programs that run, both those of their files and what they call
 *     themselves; null where it does not run
 * @param zombies children of the first process that have ended and that it has not waited for; null
 *     where it does not run
 * @param outOfMemoryKills how many processes the kernel has ended for want of memory since the
 *     container was started; of one that does not run, 1 if that is what ended it
 * @param replacedShim the program that keeps it running, where its file has been replaced or
 *     deleted since: so the container still runs what was there before an update. Null where it has
 *     not
 * @param health what its health check has found, as the engine's API says it ({@code unhealthy});
 *     null where it has none or does not run
 */
public record Activity(
    @Nullable SortedSet<String> programs,
    @Nullable Integer zombies,
    @Nullable Integer outOfMemoryKills,
    @Nullable String replacedShim,
    @Nullable String health) {
  /** Copies the set. */
  public Activity {
    programs = programs == null ? null : Lists.sorted(programs);
  }
}
