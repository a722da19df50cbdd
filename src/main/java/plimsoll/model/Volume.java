package plimsoll.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A volume of the engine.
 *
 * @param driver {@code local} or a plugin
 * @param options the driver's options; the local driver hands {@code type}, {@code device} and
 *     {@code o} to mount(2), whatever they are, so that a volume may be any host path or device
 */
public record Volume(String name, String driver, Map<String, String> options) {
  /** File systems of other machines, or of none: what they call a device is not a host's path. */
  private static final Set<String> ELSEWHERE =
      Set.of("cifs", "smb3", "smbfs", "nfs", "nfs4", "ceph", "glusterfs", "tmpfs", "ramfs");

  /** Where the kernel's own file systems are usually mounted: a second mount shows the same. */
  private static final Map<String, String> KERNEL =
      Map.ofEntries(
          Map.entry("binfmt_misc", "/proc/sys/fs/binfmt_misc"),
          Map.entry("bpf", "/sys/fs/bpf"),
          Map.entry("cgroup", "/sys/fs/cgroup"),
          Map.entry("cgroup2", "/sys/fs/cgroup"),
          Map.entry("configfs", "/sys/kernel/config"),
          Map.entry("debugfs", "/sys/kernel/debug"),
          Map.entry("devtmpfs", "/dev"),
          Map.entry("efivarfs", "/sys/firmware/efi/efivars"),
          Map.entry("fusectl", "/sys/fs/fuse/connections"),
          Map.entry("nfsd", "/proc/fs/nfsd"),
          Map.entry("proc", "/proc"),
          Map.entry("pstore", "/sys/fs/pstore"),
          Map.entry("resctrl", "/sys/fs/resctrl"),
          Map.entry("securityfs", "/sys/kernel/security"),
          Map.entry("selinuxfs", "/sys/fs/selinux"),
          Map.entry("smackfs", "/sys/fs/smackfs"),
          Map.entry("sysfs", "/sys"),
          Map.entry("tracefs", "/sys/kernel/tracing"));

  /** Copies the map. */
  public Volume {
    options = Lists.copy(options);
  }

  /**
   * The host's paths that it shows or is made from, unresolved: the kernel follows links and {@code
   * ..} in them.
   */
  public List<String> hostPaths() {
    String type = type();
    if (!driver.equals("local") || (ELSEWHERE.contains(type) && !isBind())) {
      return List.of();
    }
    List<String> paths = new ArrayList<>();
    String device = options.getOrDefault("device", "");
    if (device.startsWith("/")) {
      paths.add(device);
    } else if (isBind() && !device.isEmpty()) {
      // The engine's working directory is the root.
      paths.add("/" + device);
    }
    String kernel = KERNEL.get(type);
    if (kernel != null && !isBind()) {
      paths.add(kernel);
    }
    for (String option : flags()) {
      // The layers of an overlay, the members of an array, a journal.
      int equals = option.indexOf('=');
      if (equals > 0) {
        boolean layers = type.equals("overlay") && option.substring(0, equals).endsWith("dir");
        for (String path : option.substring(equals + 1).split("(?<!\\\\):")) {
          if (path.startsWith("/")) {
            paths.add(path.replace("\\:", ":"));
          } else if (layers && !path.isEmpty()) {
            paths.add("/" + path.replace("\\:", ":"));
          }
        }
      }
    }
    return paths;
  }

  /** Whether its device is a block device, or a place the kernel takes for one. */
  public boolean liesOnDevice() {
    return driver.equals("local")
        && !isBind()
        && !ELSEWHERE.contains(type())
        && !KERNEL.containsKey(type())
        && !type().equals("overlay")
        && options.getOrDefault("device", "").startsWith("/");
  }

  private String type() {
    return options.getOrDefault("type", "");
  }

  private List<String> flags() {
    return List.of(options.getOrDefault("o", "").split(","));
  }

  private boolean isBind() {
    return flags().contains("bind") || flags().contains("rbind");
  }
}
