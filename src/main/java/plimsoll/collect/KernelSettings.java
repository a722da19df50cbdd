package plimsoll.collect;

import org.jspecify.annotations.Nullable;
import plimsoll.model.Host.Kernel;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/** Settings of the kernel that make it harder to get out of a container. */
final class KernelSettings {
  private static final String SYSCTL = "/proc/sys/";

  private final HostFiles files;
  private final Provenance provenance;

  KernelSettings(HostFiles files, Provenance provenance) {
    this.files = files;
    this.provenance = provenance;
  }

  Kernel read() {
    return new Kernel(
        lockdown(),
        number("ptraceScope", "kernel/yama/ptrace_scope"),
        number("kptrRestrict", "kernel/kptr_restrict"),
        number("dmesgRestrict", "kernel/dmesg_restrict"),
        unprivilegedBpf(),
        unprivilegedUserNamespaces(),
        text("corePattern", SYSCTL + "kernel/core_pattern"));
  }

  private @Nullable String text(String name, String file) {
    String pointer = "/settings/" + name;
    String text = files.tryRead(file);
    if (text != null) {
      provenance.origin(pointer, Origin.kernel(file, null));
    }
    if (text == null && files.exists(file)) {
      provenance.gap(pointer, file + ": permission denied; run as root");
    }
    return text;
  }

  /** {@code none [integrity] confidentiality}. */
  private @Nullable String lockdown() {
    String modes = text("lockdown", "/sys/kernel/security/lockdown");
    int open = modes == null ? -1 : modes.indexOf('[');
    int close = modes == null ? -1 : modes.indexOf(']', Math.max(0, open));
    if (modes == null || open < 0 || close < 0) {
      if (!files.isFolder("/sys/kernel/security") || !files.exists("/sys/kernel/security/lsm")) {
        provenance.gap("/settings/lockdown", "securityfs is not mounted, which would tell");
      }
      return null;
    }
    return modes.substring(open + 1, close);
  }

  private @Nullable Integer number(String name, String setting) {
    String text = text(name, SYSCTL + setting);
    return text != null && text.matches("-?\\d{1,9}") ? Integer.valueOf(text) : null;
  }

  /** 1 and 2 refuse it; 1 until the machine restarts. */
  private @Nullable Boolean unprivilegedBpf() {
    Integer disabled = number("unprivilegedBpf", "kernel/unprivileged_bpf_disabled");
    return disabled == null ? null : disabled == 0;
  }

  /** Debian's switch, Ubuntu's restriction through AppArmor, and the number of them allowed. */
  private @Nullable Boolean unprivilegedUserNamespaces() {
    String name = "unprivilegedUserNamespaces";
    Integer restricted = number(name, "kernel/apparmor_restrict_unprivileged_userns");
    if (restricted != null && restricted == 1) {
      return false;
    }
    Integer clone = number(name, "kernel/unprivileged_userns_clone");
    if (clone != null && clone == 0) {
      return false;
    }
    Integer most = number(name, "user/max_user_namespaces");
    return most == null ? null : most > 0;
  }
}
