package plimsoll.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.read.RunFlag;
import plimsoll.rule.Severity;

/**
 * A hardening profile: flags that are added unless somebody says otherwise, and what is refused.
 *
 * @param name its file's name, or the path it was read from
 * @param title what it is for
 * @param level what an audit of its containers finds at worst, {@code leaves} aside; null where it
 *     promises nothing
 * @param refuse what was written is refused where it fails a rule this bad or worse; null for
 *     nothing
 * @param accept rules whose failure it is made for, by id, with the reason
 * @param forbid rules whose failure is refused however bad it is, by id, with the reason
 * @param leaves rules that only the engine or the host can satisfy, by id, with the reason
 * @param loopback whether ports are published on loopback unless an address is given
 * @param flags what is added, in order
 */
public record Profile(
    String name,
    String title,
    @Nullable Severity level,
    @Nullable Severity refuse,
    Map<String, String> accept,
    Map<String, String> forbid,
    Map<String, String> leaves,
    boolean loopback,
    List<Setting> flags) {
  /** Those that come with Plimsoll, by name; the first is the one unless told. */
  public static final List<String> NAMES =
      List.of("restricted", "baseline", "web", "batch", "database", "none");

  /** Copies the collections. */
  public Profile {
    accept = Map.copyOf(accept);
    forbid = Map.copyOf(forbid);
    leaves = Map.copyOf(leaves);
    flags = List.copyOf(flags);
  }

  /**
   * A flag with its value.
   *
   * @param value as on the command line; {@code same} for a memory-swap that equals the memory
   * @param from the name of the profile that has it, which may be one this extends
   */
  public record Setting(RunFlag flag, String value, String from) {

    /** What it is about, where a flag may be given for several things: {@code /tmp}. */
    String about() {
      return Hardening.about(flag, value);
    }
  }

  /** Whether a failure of what somebody wrote is refused. */
  public boolean refuses(String rule, Severity severity) {
    return refuse != null
        && (severity.compareTo(refuse) >= 0 || forbid.containsKey(rule))
        && !accept.containsKey(rule);
  }
}
