package plimsoll.collect;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operating system, as os-release(5) tells.
 *
 * @param name for people
 * @param containerSystem the name again, where it is a system made to run containers and little
 *     else; null for others
 */
record SystemRelease(@Nullable String name, @Nullable String containerSystem) {
  /** By {@code ID}, or {@code ID/VARIANT_ID}. */
  private static final Set<String> FOR_CONTAINERS =
      Set.of(
          "balena-os",
          "bottlerocket",
          "burmilla",
          "coreos",
          "cos",
          "fedora/coreos",
          "fedora/iot",
          "flatcar",
          "k3os",
          "kairos",
          "opensuse-microos",
          "photon",
          "rancheros",
          "rhcos",
          "sl-micro",
          "sle-micro",
          "talos",
          "ubuntu-core");

  static SystemRelease read(HostFiles files) {
    Map<String, String> release = new HashMap<>();
    String text = files.tryRead("/etc/os-release");
    if (text == null) {
      text = files.tryRead("/usr/lib/os-release");
    }
    for (String line : text == null ? new String[0] : text.split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        release.put(
            line.substring(0, equals),
            line.substring(equals + 1).strip().replaceAll("^[\"']|[\"']$", ""));
      }
    }
    String name = release.get("PRETTY_NAME");
    String id = release.getOrDefault("ID", "");
    boolean forContainers =
        FOR_CONTAINERS.contains(id)
            || FOR_CONTAINERS.contains(id + "/" + release.getOrDefault("VARIANT_ID", ""));
    return new SystemRelease(name, forContainers ? (name == null ? id : name) : null);
  }
}
