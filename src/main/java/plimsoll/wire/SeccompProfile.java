package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a seccomp profile comes to, in Docker's format or in that of an OCI bundle.
 *
 * <p>An entry with conditions (of arguments, capabilities, architectures, kernels) is not counted
 * on: a program chooses its arguments.
 */
public final class SeccompProfile {
  /**
   * Calls that the engines' own profiles keep from containers, as kernel exploits and escapes begin
   * with them. A filter that keeps none of them away protects from nothing.
   */
  private static final Set<String> DANGEROUS =
      Set.of(
          "add_key",
          "bpf",
          "finit_module",
          "init_module",
          "kexec_load",
          "keyctl",
          "mount",
          "open_by_handle_at",
          "perf_event_open",
          "pivot_root",
          "ptrace",
          "setns",
          "umount2",
          "unshare",
          "userfaultfd");

  /** What no profile that lists what it allows has, unless it lists all there is. */
  private static final List<String> NEVER_NEEDED = List.of("swapon", "kexec_file_load", "reboot");

  private final boolean allows;
  private final Set<String> exceptions = new HashSet<>();

  private SeccompProfile(JsonNode profile) {
    allows = letsThrough(profile.path("defaultAction").asText());
    for (JsonNode entry : profile.path("syscalls")) {
      if (letsThrough(entry.path("action").asText()) != allows && isAlways(entry)) {
        entry.path("names").forEach(name -> exceptions.add(name.asText()));
        if (entry.has("name")) {
          exceptions.add(entry.path("name").asText());
        }
      }
    }
  }

  /** Whether a profile lets through every system call that is worth keeping from a container. */
  public static boolean allowsEverything(JsonNode profile) {
    SeccompProfile read = new SeccompProfile(profile);
    return read.allows
        ? DANGEROUS.stream().noneMatch(read.exceptions::contains)
        : read.exceptions.containsAll(DANGEROUS) && read.exceptions.containsAll(NEVER_NEEDED);
  }

  /** Of a call that a tracer decides about, the program itself may be the tracer. */
  private static boolean letsThrough(String action) {
    return action.equals("SCMP_ACT_ALLOW")
        || action.equals("SCMP_ACT_LOG")
        || action.equals("SCMP_ACT_TRACE");
  }

  private static boolean isAlways(JsonNode entry) {
    return entry.path("args").isEmpty()
        && entry.path("includes").isEmpty()
        && entry.path("excludes").isEmpty();
  }
}
