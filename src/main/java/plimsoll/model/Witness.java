package plimsoll.model;

import java.util.List;

/** Who can testify to what is enforced, field by field of {@link Confinement}. */
public enum Witness {
  /** Files of the kernel show it for a running process. */
  KERNEL,
  /** Only the engine knows: an enforced view says nothing about it. */
  ENGINE;

  /** Pointers the kernel testifies to, with all below them. */
  private static final List<String> KERNEL_FIELDS =
      List.of(
          "/user/uid",
          "/user/hostUid",
          "/capabilities/bounding",
          "/capabilities/effective",
          "/capabilities/unrequested",
          "/seccomp/mode",
          "/noNewPrivileges",
          "/namespaces/network/host",
          "/namespaces/pid/host",
          "/namespaces/ipc/host",
          "/namespaces/uts/host",
          "/namespaces/user/host",
          "/namespaces/cgroup/host",
          "/readOnlyRoot",
          "/limits/pids",
          "/limits/memory/limit");

  /** The witness of the field at a JSON pointer into {@link Confinement}. */
  public static Witness of(String pointer) {
    for (String field : KERNEL_FIELDS) {
      if (pointer.equals(field) || pointer.startsWith(field + "/")) {
        return KERNEL;
      }
    }
    return ENGINE;
  }
}
