package plimsoll.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command line of dockerd, read by its own grammar: {@code --flag=value}, {@code --flag value},
 * {@code -Hvalue}.
 */
final class DaemonFlags {
  /**
   * Flags that take no separate word as their value; {@code --flag=false} is how they are switched
   * off.
   */
  private static final Set<String> SWITCHES =
      Set.of(
          "allow-direct-routing",
          "debug",
          "disable-legacy-registry",
          "experimental",
          "help",
          "icc",
          "init",
          "ip-forward",
          "ip-forward-no-drop",
          "ip-masq",
          "ip6tables",
          "iptables",
          "ipv6",
          "live-restore",
          "no-new-privileges",
          "raw-logs",
          "rootless",
          "selinux-enabled",
          "tls",
          "tlsverify",
          "userland-proxy",
          "validate",
          "version");

  private static final Map<Character, String> SHORT =
      Map.of(
          'H', "host",
          'D', "debug",
          'l', "log-level",
          'b', "bridge",
          'G', "group",
          'p', "pidfile",
          's', "storage-driver",
          'g', "data-root",
          'v', "version");

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * Reads a command line.
   *
   * @param arguments the words, the program's own name first
   */
  static DaemonFlags parse(List<String> arguments) {
    DaemonFlags flags = new DaemonFlags();
    for (int i = 1; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--") || !word.startsWith("-") || word.equals("-")) {
        continue;
      }
      String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
      boolean took =
          word.startsWith("--") ? flags.longFlag(word, next) : flags.shortFlags(word, next);
      i += took ? 1 : 0;
    }
    return flags;
  }

  private boolean longFlag(String word, String next) {
    int equals = word.indexOf('=');
    if (equals > 0) {
      add(word.substring(2, equals), word.substring(equals + 1));
      return false;
    }
    String name = word.substring(2);
    boolean takes = !SWITCHES.contains(name);
    add(name, takes ? next : "true");
    return takes;
  }

  /** Short flags may stand together, and a value may be glued to the last: {@code -DHunix:///x}. */
  private boolean shortFlags(String word, String next) {
    for (int i = 1; i < word.length(); i++) {
      String name = SHORT.getOrDefault(word.charAt(i), String.valueOf(word.charAt(i)));
      String rest = word.substring(i + 1);
      if (SWITCHES.contains(name)) {
        if (rest.startsWith("=")) {
          add(name, rest.substring(1));
          return false;
        }
        add(name, "true");
      } else {
        add(name, rest.isEmpty() ? next : rest.startsWith("=") ? rest.substring(1) : rest);
        return rest.isEmpty();
      }
    }
    return false;
  }

  private void add(String name, String value) {
    values.computeIfAbsent(name, flag -> new ArrayList<>()).add(value);
  }

  /** All values of a flag, in order; empty where it was not given. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The last value of a flag; null where it was not given. */
  @Nullable String last(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }
}
