package plimsoll.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plimsoll.model.Volume;

/**
 * Volumes of the local driver that show something of the host: the driver hands {@code type},
 * {@code device} and {@code o} to mount(2), whatever they are.
 */
final class DisguisedVolume {
  private DisguisedVolume() {}

  /** Where the kernel's own file systems are usually mounted: a second mount shows the same. */
  private static final Map<String, String> KERNEL =
      Map.ofEntries(
          Map.entry("bpf", "/sys/fs/bpf"),
          Map.entry("cgroup", "/sys/fs/cgroup"),
          Map.entry("cgroup2", "/sys/fs/cgroup"),
          Map.entry("configfs", "/sys/kernel/config"),
          Map.entry("debugfs", "/sys/kernel/debug"),
          Map.entry("devtmpfs", "/dev"),
          Map.entry("efivarfs", "/sys/firmware/efi/efivars"),
          Map.entry("proc", "/proc"),
          Map.entry("pstore", "/sys/fs/pstore"),
          Map.entry("securityfs", "/sys/kernel/security"),
          Map.entry("sysfs", "/sys"),
          Map.entry("tracefs", "/sys/kernel/tracing"));

  static List<String> hostPaths(Volume volume) {
    String type = volume.options().getOrDefault("type", "");
    String device = volume.options().getOrDefault("device", "");
    List<String> options = List.of(volume.options().getOrDefault("o", "").split(","));
    List<String> paths = new ArrayList<>();
    if (device.startsWith("/") && (options.contains("bind") || options.contains("rbind"))) {
      paths.add(device);
    } else if (device.startsWith("/dev/")) {
      paths.add(device);
    }
    String kernel = KERNEL.get(type);
    if (kernel != null) {
      paths.add(kernel);
    }
    if (type.equals("overlay")) {
      for (String option : options) {
        String[] halves = option.split("=", 2);
        if (halves.length == 2 && List.of("lowerdir", "upperdir").contains(halves[0])) {
          for (String layer : halves[1].split(":")) {
            if (layer.startsWith("/")) {
              paths.add(layer);
            }
          }
        }
      }
    }
    return paths;
  }
}
