package plimsoll.collect;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Capabilities;
import plimsoll.model.Namespaces;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.model.Seccomp;
import plimsoll.model.SecurityLabel;
import plimsoll.model.User;

/** What the kernel shows of one process or thread by itself: who it is and what it may do. */
final class ProcessFacts {
  private final HostFiles files;
  private final String folder;
  private final Map<String, String> status;
  private final Provenance provenance;

  /**
   * Of a process or thread.
   *
   * @param folder {@code /proc/PID} or {@code /proc/PID/task/TID}
   */
  ProcessFacts(HostFiles files, String folder, Map<String, String> status, Provenance provenance) {
    this.files = files;
    this.folder = folder;
    this.status = status;
    this.provenance = provenance;
  }

  private String statusFile() {
    return folder + "/status";
  }

  private @Nullable String field(String pointer, String name) {
    provenance.origin(pointer, Origin.kernel(statusFile(), name));
    String value = status.get(name);
    if (value == null) {
      provenance.gap(pointer, statusFile() + " has no line " + name);
    }
    return value;
  }

  User user() {
    String ids = field("/user", "Uid");
    String groups = field("/user/gid", "Gid");
    try {
      UserMap users = UserMap.parse(files.read(folder + "/uid_map"));
      UserMap gids = UserMap.parse(files.read(folder + "/gid_map"));
      return ids == null || groups == null
          ? User.EMPTY
          : users.strongest(ids.split("\\s+")).withGid(gids.strongest(groups.split("\\s+")).uid());
    } catch (IOException e) {
      provenance.gap("/user", HostFiles.reason(e));
      return User.EMPTY;
    }
  }

  /**
   * Capabilities.
   *
   * @param added those that were asked for, {@code ALL} included
   */
  Capabilities capabilities(SortedSet<String> added) {
    String bounding = field("/capabilities/bounding", "CapBnd");
    String permitted = field("/capabilities/effective", "CapPrm");
    String ambient = status.getOrDefault("CapAmb", "0");
    provenance.origin("/capabilities/unrequested", Origin.kernel(statusFile(), "CapBnd"));
    if (bounding == null || permitted == null) {
      provenance.gap("/capabilities", statusFile() + " shows no capabilities");
      return Capabilities.EMPTY;
    }
    SortedSet<String> effective = new TreeSet<>(Capabilities.fromMask(permitted));
    effective.addAll(Capabilities.fromMask(ambient));
    SortedSet<String> all = Capabilities.fromMask(bounding);
    SortedSet<String> unrequested = new TreeSet<>(all);
    unrequested.removeAll(added.contains("ALL") ? Capabilities.ALL : added);
    SortedSet<String> none = new TreeSet<>();
    return new Capabilities(none, none, all, effective, unrequested);
  }

  Seccomp.@Nullable Mode seccompMode() {
    String mode = status.get("Seccomp");
    provenance.origin("/seccomp/mode", Origin.kernel(statusFile(), "Seccomp"));
    if (mode == null) {
      // A kernel built without seccomp has no such line.
      return Seccomp.Mode.DISABLED;
    }
    return switch (mode) {
      case "0" -> Seccomp.Mode.DISABLED;
      case "1" -> Seccomp.Mode.STRICT;
      case "2" -> Seccomp.Mode.FILTER;
      default -> {
        provenance.gap("/seccomp/mode", statusFile() + " shows the unknown seccomp mode " + mode);
        yield null;
      }
    };
  }

  @Nullable Boolean noNewPrivileges() {
    String value = field("/noNewPrivileges", "NoNewPrivs");
    return value == null ? null : (Boolean) value.equals("1");
  }

  Namespaces namespaces(NamespaceReader reader) {
    return new Namespaces(
        reader.read(folder, "network", "net", provenance),
        reader.read(folder, "pid", "pid", provenance),
        reader.read(folder, "ipc", "ipc", provenance),
        reader.read(folder, "uts", "uts", provenance),
        reader.read(folder, "user", "user", provenance),
        reader.read(folder, "cgroup", "cgroup", provenance));
  }

  /**
   * The AppArmor profile: {@code unconfined} for none, null where there is no AppArmor.
   *
   * @param asked the profile that was asked for, which may be one of a stack
   */
  SecurityLabel label(@Nullable String asked) {
    for (String file : List.of(folder + "/attr/apparmor/current", folder + "/attr/current")) {
      provenance.origin("/label/apparmor", Origin.kernel(file, null));
      // Without AppArmor the one is not there and reading the other is an error (EINVAL).
      String text = files.tryRead(file);
      if (text != null && !text.isEmpty()) {
        return new SecurityLabel(profile(text.replace("\0", ""), asked), null);
      }
    }
    return SecurityLabel.EMPTY;
  }

  /** {@code NAME (enforce)}, {@code unconfined}, or a stack {@code A//&B (enforce)}. */
  private static @Nullable String profile(String text, @Nullable String asked) {
    int mode = text.lastIndexOf(" (");
    String name = mode < 0 ? text : text.substring(0, mode);
    if (mode >= 0 && text.endsWith("(complain)")) {
      return "unconfined";
    }
    if (text.contains(":") && mode < 0) {
      // A label of SELinux or Smack.
      return null;
    }
    return asked != null && List.of(name.split("//&")).contains(asked) ? asked : name;
  }
}
