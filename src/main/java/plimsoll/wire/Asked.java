package plimsoll.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import plimsoll.model.Confinement;
import plimsoll.model.Mount;
import plimsoll.model.Namespaces;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Namespaces.Namespace;
import plimsoll.model.Networking.Port;
import plimsoll.model.Origin;
import plimsoll.model.Seccomp;
import plimsoll.model.View;

/** What of a view somebody asked for, in the spellings that requests and compose files share. */
final class Asked {
  private final View<Confinement> view;
  private final Confinement facts;

  Asked(View<Confinement> view) {
    this.view = view;
    this.facts = view.facts();
  }

  /** Whether somebody asked for the value at a pointer. */
  boolean isFor(String pointer) {
    Origin origin = view.originOf(pointer);
    return origin != null && origin.written();
  }

  /** Asked for itself, and not only a consequence of something else such as {@code Privileged}. */
  private boolean byOption(String pointer) {
    Origin origin = view.originOf(pointer);
    return isFor(pointer) && origin != null && "HostConfig.SecurityOpt".equals(origin.field());
  }

  List<String> securityOptions() {
    List<String> options = new ArrayList<>();
    Seccomp seccomp = facts.seccomp();
    if (byOption("/seccomp") && seccomp.profile() != null) {
      switch (seccomp.profile()) {
        case ENGINE_DEFAULT -> options.add("seccomp=builtin");
        case UNCONFINED -> options.add("seccomp=unconfined");
        case CUSTOM -> options.add("seccomp=" + seccomp.content());
      }
    }
    if (byOption("/label/apparmor")) {
      options.add("apparmor=" + facts.label().apparmor());
    }
    if (byOption("/label/selinux") && facts.label().selinux() != null) {
      for (String label : facts.label().selinux().split(",(?=disable|[a-z]+:)")) {
        options.add("label=" + label);
      }
    }
    if (byOption("/noNewPrivileges")) {
      options.add("no-new-privileges=" + facts.noNewPrivileges());
    }
    return options;
  }

  /** By the field of {@code HostConfig}. */
  Map<String, String> namespaceModes() {
    Map<String, String> modes = new LinkedHashMap<>();
    Namespaces namespaces = facts.namespaces();
    if (isFor("/namespaces/network")) {
      List<String> networks = facts.networking().networks();
      modes.put(
          "NetworkMode",
          namespaces.network().mode() == Mode.PRIVATE && !networks.isEmpty()
              ? networks.get(0)
              : mode(namespaces.network()));
    }
    put(modes, "/namespaces/pid", "PidMode", namespaces.pid());
    put(modes, "/namespaces/ipc", "IpcMode", namespaces.ipc());
    put(modes, "/namespaces/uts", "UTSMode", namespaces.uts());
    put(modes, "/namespaces/user", "UsernsMode", namespaces.user());
    put(modes, "/namespaces/cgroup", "CgroupnsMode", namespaces.cgroup());
    return modes;
  }

  private void put(Map<String, String> modes, String pointer, String field, Namespace namespace) {
    if (isFor(pointer) && namespace.mode() != null) {
      modes.put(field, mode(namespace));
    }
  }

  private static String mode(Namespace namespace) {
    return namespace.mode() == Mode.CONTAINER
        ? "container:" + namespace.of()
        : String.valueOf(namespace.mode());
  }

  /** Networks beside the one that {@code NetworkMode} names. */
  List<String> furtherNetworks() {
    List<String> networks = facts.networking().networks();
    return networks.size() < 2 ? List.of() : networks.subList(1, networks.size());
  }

  /** Whether {@code SOURCE:DESTINATION:OPTIONS} can say it. */
  static boolean fitsShortForm(Mount mount) {
    String source = mount.volume() == null ? mount.source() : mount.volume();
    return source != null
        && !source.contains(":")
        && !mount.destination().contains(":")
        && Set.of("bind", "volume").contains(mount.type());
  }

  static String shortForm(Mount mount) {
    List<String> options = new ArrayList<>();
    if (mount.readOnly()) {
      options.add("ro");
    }
    String propagation = mount.propagation();
    if (mount.type().equals("bind") && propagation != null && !isDefault(mount, propagation)) {
      options.add(propagation);
    }
    return (mount.volume() == null ? mount.source() : mount.volume())
        + ":"
        + mount.destination()
        + (options.isEmpty() ? "" : ":" + String.join(",", options));
  }

  private static boolean isDefault(Mount mount, String propagation) {
    return propagation.equals("/".equals(mount.source()) ? "rslave" : "rprivate");
  }

  static String tmpfsOptions(Mount mount) {
    TreeSet<String> options = new TreeSet<>(mount.options());
    if (mount.readOnly()) {
      options.add("ro");
    }
    return String.join(",", options);
  }

  /** {@code ""}, {@code 8080} or {@code 8000-8010}. */
  static String hostPort(Port port) {
    if (port.hostPort() == null) {
      return "";
    }
    return port.hostPort().equals(port.lastHostPort())
        ? port.hostPort().toString()
        : port.hostPort() + "-" + port.lastHostPort();
  }
}
