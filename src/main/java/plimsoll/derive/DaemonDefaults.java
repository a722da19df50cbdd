package plimsoll.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Namespaces;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Namespaces.Namespace;
import plimsoll.model.Origin;
import plimsoll.model.Seccomp;
import plimsoll.model.SecurityLabel;
import plimsoll.model.User;
import plimsoll.model.View;

/** What a container that says nothing gets from its daemon. */
final class DaemonDefaults {
  private final View<Confinement> view;
  private final @Nullable View<Engine> engine;
  private final Map<String, Origin> origins = new TreeMap<>();
  private final List<Gap> gaps = new ArrayList<>();

  private DaemonDefaults(View<Confinement> view, @Nullable View<Engine> engine) {
    this.view = view;
    this.engine = engine;
  }

  static Container apply(Container container, @Nullable View<Engine> engine) {
    return container.withRequested(new DaemonDefaults(container.requested(), engine).apply());
  }

  private View<Confinement> apply() {
    Confinement was = view.facts();
    Namespace userNamespace = userNamespace(was.namespaces().user());
    Confinement now =
        was.deriving(
            user(was.user(), userNamespace),
            seccomp(was.seccomp()),
            noNewPrivileges(was.noNewPrivileges()),
            withUser(was.namespaces(), userNamespace),
            was.mounts());
    return view.with(now.withLabel(label(was)), origins).withGaps(gaps);
  }

  private Namespace userNamespace(Namespace asked) {
    if (engine == null) {
      // Described rather than collected: what is not written takes the engine's documented default.
      if (asked.host() == null) {
        origins.put("/namespaces/user", Origin.assumed("userns-remap of the daemon"));
      }
      return asked.mode() == Mode.PRIVATE ? asked : asked.withHost(true);
    }
    if (engine.gapAt("/settings/usernsRemap").isPresent()) {
      if (asked.host() == null) {
        gaps.add(new Gap("/namespaces/user", "whether the daemon remaps users is unknown"));
      }
      return asked;
    }
    boolean remaps = Boolean.TRUE.equals(engine.facts().settings().usernsRemap());
    if (engine.facts().hasSecurityOption("rootless")) {
      // Even --userns host is the rootless engine's own user namespace.
      origins.put("/namespaces/user", Origin.daemon("rootless"));
      return asked.withHost(false);
    }
    if (!remaps) {
      if (asked.mode() != Mode.HOST) {
        origins.put("/namespaces/user", Origin.byDefault("userns-remap of the daemon"));
      }
      return asked.withHost(true);
    }
    if (asked.mode() == Mode.HOST) {
      return asked;
    }
    origins.put("/namespaces/user", Origin.daemon("userns-remap"));
    return Namespace.of(Mode.PRIVATE);
  }

  /** Without a user namespace of its own, an id inside is the same id on the host. */
  private User user(User was, Namespace userNamespace) {
    Long uid = was.uid();
    Long base = Boolean.TRUE.equals(userNamespace.host()) ? (Long) 0L : remapBase();
    if (uid == null || base == null || userNamespace.host() == null) {
      gaps.add(
          new Gap(
              "/user/hostUid",
              uid == null
                  ? "the user is a name: only the image's /etc/passwd knows its number"
                  : "which id of the host it is mapped to is not known"));
      return was;
    }
    origins.put("/user/hostUid", orDefault(view.originOf("/user/uid"), "Config.User"));
    return new User(was.spec(), uid, base + uid, was.gid(), was.groups());
  }

  /**
   * With userns-remap the engine keeps its data under {@code UID.GID}, the ids that 0 is mapped to.
   */
  private @Nullable Long remapBase() {
    String directory = engine == null ? null : engine.facts().platform().rootDirectory();
    String last = directory == null ? "" : directory.substring(directory.lastIndexOf('/') + 1);
    return last.matches("[0-9]{1,10}\\.[0-9]{1,10}")
        ? (Long) Long.parseLong(last.substring(0, last.indexOf('.')))
        : null;
  }

  private Seccomp seccomp(Seccomp was) {
    if (engine == null
        || was.profile() != Seccomp.Profile.ENGINE_DEFAULT
        || engine.gapAt("/securityOptions").isPresent()) {
      return was;
    }
    boolean offered = engine.facts().hasSecurityOption("seccomp");
    boolean unconfined =
        engine.facts().securityOptions().contains("name=seccomp,profile=unconfined");
    if (offered && !unconfined) {
      return was;
    }
    origins.put(
        "/seccomp",
        unconfined
            ? Origin.daemon("seccomp-profile=unconfined")
            : Origin.byDefault("an engine without seccomp support"));
    return new Seccomp(Seccomp.Mode.DISABLED, Seccomp.Profile.UNCONFINED, null, true);
  }

  /** An engine with AppArmor gives a container that says nothing its own profile. */
  private SecurityLabel label(Confinement was) {
    SecurityLabel label = was.label();
    boolean engines =
        engine != null && engine.facts().hasSecurityOption("apparmor") && label.apparmor() == null;
    return engines ? new SecurityLabel("docker-default", label.selinux()) : label;
  }

  private @Nullable Boolean noNewPrivileges(@Nullable Boolean asked) {
    Origin origin = view.originOf("/noNewPrivileges");
    if (engine == null || (origin != null && origin.written())) {
      return asked;
    }
    var gap = engine.gapAt("/settings/noNewPrivileges");
    if (gap.isPresent()) {
      gaps.add(
          new Gap(
              "/noNewPrivileges",
              "the container leaves it to the daemon's default, which is unknown: "
                  + gap.get().reason()));
      return asked;
    }
    if (Boolean.TRUE.equals(engine.facts().settings().noNewPrivileges())) {
      origins.put("/noNewPrivileges", Origin.daemon("no-new-privileges"));
      return true;
    }
    return asked;
  }

  private static Namespaces withUser(Namespaces was, Namespace user) {
    return new Namespaces(was.network(), was.pid(), was.ipc(), was.uts(), user, was.cgroup());
  }

  private static Origin orDefault(@Nullable Origin origin, String field) {
    return origin == null ? Origin.byDefault(field) : origin;
  }
}
