package plimsoll.model;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Linux capabilities (capabilities(7)), by name in upper case without the {@code CAP_} prefix.
 *
 * @param added what was asked for by name, {@code ALL} included; empty where the view is not a
 *     request
 * @param dropped what was taken away by name, {@code ALL} included
 * @param bounding all that any program in the container can ever hold
 * @param effective what the first process holds or can take up now: permitted and ambient; empty in
 *     a request
 * @param unrequested of {@code bounding}, what is there only because nobody took it away
 */
public record Capabilities(
    SortedSet<String> added,
    SortedSet<String> dropped,
    SortedSet<String> bounding,
    SortedSet<String> effective,
    SortedSet<String> unrequested) {

  /** Every capability, in the order of its number in {@code linux/capability.h}. */
  public static final List<String> ALL =
      List.of(
          "CHOWN",
          "DAC_OVERRIDE",
          "DAC_READ_SEARCH",
          "FOWNER",
          "FSETID",
          "KILL",
          "SETGID",
          "SETUID",
          "SETPCAP",
          "LINUX_IMMUTABLE",
          "NET_BIND_SERVICE",
          "NET_BROADCAST",
          "NET_ADMIN",
          "NET_RAW",
          "IPC_LOCK",
          "IPC_OWNER",
          "SYS_MODULE",
          "SYS_RAWIO",
          "SYS_CHROOT",
          "SYS_PTRACE",
          "SYS_PACCT",
          "SYS_ADMIN",
          "SYS_BOOT",
          "SYS_NICE",
          "SYS_RESOURCE",
          "SYS_TIME",
          "SYS_TTY_CONFIG",
          "MKNOD",
          "LEASE",
          "AUDIT_WRITE",
          "AUDIT_CONTROL",
          "SETFCAP",
          "MAC_OVERRIDE",
          "MAC_ADMIN",
          "SYSLOG",
          "WAKE_ALARM",
          "BLOCK_SUSPEND",
          "AUDIT_READ",
          "PERFMON",
          "BPF",
          "CHECKPOINT_RESTORE");

  /** What Docker Engine leaves to a container that says nothing. */
  public static final Set<String> ENGINE_DEFAULT =
      Set.of(
          "CHOWN",
          "DAC_OVERRIDE",
          "FSETID",
          "FOWNER",
          "MKNOD",
          "NET_RAW",
          "SETGID",
          "SETUID",
          "SETFCAP",
          "SETPCAP",
          "NET_BIND_SERVICE",
          "SYS_CHROOT",
          "KILL",
          "AUDIT_WRITE");

  private static final SortedSet<String> NONE = Lists.sorted(null);

  /** Nothing known. */
  public static final Capabilities EMPTY = new Capabilities(NONE, NONE, NONE, NONE, NONE);

  /** Copies the sets. */
  public Capabilities {
    added = Lists.sorted(added);
    dropped = Lists.sorted(dropped);
    bounding = Lists.sorted(bounding);
    effective = Lists.sorted(effective);
    unrequested = Lists.sorted(unrequested);
  }

  /** Folds a capability's name as engines do: case does not matter, {@code CAP_} may be there. */
  public static String normalise(String name) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    return upper.startsWith("CAP_") ? upper.substring(4) : upper;
  }

  /**
   * What the engine makes of a request: {@code --cap-add ALL} minus what is dropped by name, else
   * {@code --cap-drop ALL} leaves what is added by name, else the default set, changed one by one.
   */
  public static Capabilities requested(
      Collection<String> add, Collection<String> drop, boolean privileged) {
    SortedSet<String> added = new TreeSet<>(add.stream().map(Capabilities::normalise).toList());
    SortedSet<String> dropped = new TreeSet<>(drop.stream().map(Capabilities::normalise).toList());
    SortedSet<String> bounding = new TreeSet<>();
    if (privileged) {
      bounding.addAll(ALL);
    } else if (added.contains("ALL")) {
      bounding.addAll(ALL);
      bounding.removeAll(dropped);
    } else {
      if (!dropped.contains("ALL")) {
        bounding.addAll(ENGINE_DEFAULT);
        bounding.removeAll(dropped);
      }
      bounding.addAll(added);
    }
    SortedSet<String> unrequested = new TreeSet<>(bounding);
    unrequested.removeAll(added);
    return new Capabilities(added, dropped, bounding, NONE, unrequested);
  }

  /**
   * The names in a mask as {@code /proc/PID/status} shows it: hexadecimal, bit n is capability n.
   */
  public static SortedSet<String> fromMask(String hexadecimal) {
    long mask = Long.parseUnsignedLong(hexadecimal.strip(), 16);
    SortedSet<String> names = new TreeSet<>();
    for (int bit = 0; bit < Long.SIZE; bit++) {
      if ((mask >>> bit & 1) == 1) {
        names.add(bit < ALL.size() ? ALL.get(bit) : "CAPABILITY_" + bit);
      }
    }
    return names;
  }
}
