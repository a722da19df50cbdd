package plimsoll.collect;

import java.io.IOException;

/**
 * A process, told apart from a later one with the same id by when it started.
 *
 * @param startTime clock ticks after the machine started (proc(5), stat, field 22)
 */
record ProcessIdentity(long pid, String startTime) {

  static ProcessIdentity of(HostFiles files, long pid) throws IOException {
    return of(pid, fields(files.read("/proc/" + pid + "/stat")));
  }

  /** From what {@link #fields} made of its {@code stat}. */
  static ProcessIdentity of(long pid, String[] fields) {
    return new ProcessIdentity(pid, fields[19]);
  }

  /**
   * What follows the first two fields of {@code /proc/PID/stat}: the state, the parent, and so on.
   */
  static String[] fields(String stat) {
    // The second field is the name in parentheses and may hold anything, parentheses included.
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  /** Whether the id still means this process. */
  boolean stillThere(HostFiles files) {
    try {
      return equals(of(files, pid));
    } catch (IOException e) {
      return false;
    }
  }
}
