package plimsoll.gate;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import plimsoll.read.RunFlag;
import plimsoll.shell.Unknowns;

/**
 * What stands in for the value of a flag of which nothing is known: something that the client takes
 * and that says something of each fact the flag may decide, so that each of them becomes a gap.
 */
final class StandIns {
  /** Stands where an unknown path begins. */
  static final String PATH = "/unresolved";

  private static final String BIND = PATH + ":" + PATH;

  private static final Map<RunFlag, List<String>> VALUES =
      Map.ofEntries(
          entry(RunFlag.PID, List.of("host")),
          entry(RunFlag.UTS, List.of("host")),
          entry(RunFlag.IPC, List.of("host")),
          entry(RunFlag.USERNS, List.of("host")),
          entry(RunFlag.CGROUPNS, List.of("host")),
          entry(RunFlag.NETWORK, List.of("host")),
          entry(
              RunFlag.SECURITY_OPT,
              List.of(
                  "seccomp=unconfined",
                  "apparmor=unconfined",
                  "label=disable",
                  "no-new-privileges",
                  "systempaths=unconfined")),
          entry(RunFlag.VOLUME, List.of(BIND)),
          entry(RunFlag.MOUNT, List.of("type=bind,source=" + PATH + ",target=" + PATH)),
          entry(RunFlag.DEVICE_CGROUP_RULE, List.of("a *:* rwm")),
          entry(RunFlag.SYSCTL, List.of("net.unresolved=1")),
          entry(RunFlag.ULIMIT, List.of("core=1")),
          entry(RunFlag.MEMORY_SWAP, List.of("-1")));

  /**
   * Flags whose values have one place together: beside a known one, what stands in for another
   * could not be told from it.
   */
  static final Set<RunFlag> TOGETHER = Set.of(RunFlag.SECURITY_OPT, RunFlag.DEVICE_CGROUP_RULE);

  private StandIns() {}

  /** The values; none where the flag decides nothing that is judged. */
  static List<String> of(RunFlag flag) {
    return VALUES.getOrDefault(flag, List.of());
  }

  /** Whether a value may be anything, though the client takes what stands in for its parts. */
  static boolean isAnything(RunFlag flag, String value) {
    return flag == RunFlag.VOLUME
        && value.indexOf(':') < 0
        && !value.isEmpty()
        && Unknowns.isOne(value.charAt(0));
  }
}
