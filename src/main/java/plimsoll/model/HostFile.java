package plimsoll.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A file of the host that decides what the engine does: who may change it, who may read it, and
 * whether the kernel records it. It stands for what its path leads to, symbolic links followed.
 *
 * @param role what it is to the engine
 * @param path the path by which the engine knows it
 * @param owner the user it belongs to, by name, by number where that has none
 * @param group the group, likewise
 * @param strangers who of owner and group is neither root nor, for an engine without root, the
 *     engine's own user: {@code user joe}, {@code group staff}; the group that the engine gives its
 *     socket to is no stranger to that
 * @param permissions one for each bit that is set: {@code owner-read}, {@code group-write}, {@code
 *     other-execute}, {@code setuid}, {@code setgid}, {@code sticky}. With an access control list
 *     the group's are those of its own entry, and what further entries allow in effect is {@code
 *     named-read}, {@code named-write}, {@code named-execute}
 * @param accessList the entries of its access control list that name somebody, {@code
 *     user:1000:rw-}
 * @param openParents folders above it in which others than root, or than the engine's own user, may
 *     put another file in its place
 * @param audited whether the kernel's audit records what is done to it, by whoever does it: writes
 *     and changes of its attributes; of a program that somebody starts it will do as well
 * @param auditRule the audit rule that is about it, whether or not it records all of that
 */
public record HostFile(
    Role role,
    String path,
    @Nullable String owner,
    @Nullable String group,
    SortedSet<String> strangers,
    SortedSet<String> permissions,
    List<String> accessList,
    List<String> openParents,
    @Nullable Boolean audited,
    @Nullable String auditRule) {

  /** Copies the collections. */
  public HostFile {
    strangers = Lists.sorted(strangers);
    permissions = Lists.sorted(permissions);
    accessList = Lists.copy(accessList);
    openParents = Lists.copy(openParents);
  }

  /** What a file is to the engine. */
  public enum Role {
    /** The systemd unit that starts the engine, and what is dropped in beside it. */
    SERVICE_UNIT,
    /** The systemd unit of the engine's socket, and what is dropped in beside it. */
    SOCKET_UNIT,
    /** The folder of the engine's configuration. */
    CONFIG_FOLDER,
    /** The engine's configuration, {@code daemon.json}. */
    CONFIG_FILE,
    /** {@code /etc/default/docker}: options for the engine on Debian and its relatives. */
    DEFAULT_FILE,
    /** {@code /etc/sysconfig/docker}: options for the engine on Red Hat and its relatives. */
    SYSCONFIG_FILE,
    /** A certificate for a registry, in {@code certs.d}. */
    REGISTRY_CERTIFICATE,
    /** A private key for a registry, in {@code certs.d}. */
    REGISTRY_KEY,
    /** Who may sign the certificates of those that call the engine. */
    TLS_CA,
    /** The engine's own certificate. */
    TLS_CERTIFICATE,
    /** The engine's private key. */
    TLS_KEY,
    /** A Unix socket on which the engine takes orders. */
    ENGINE_SOCKET,
    /** A Unix socket on which containerd takes orders. */
    CONTAINERD_SOCKET,
    /** Where the engine keeps images, containers and volumes. */
    DATA_ROOT,
    /** Where containerd keeps what lasts as long as it runs. */
    CONTAINERD_FOLDER,
    /** containerd's configuration. */
    CONTAINERD_CONFIG,
    /** The engine's program. */
    ENGINE_PROGRAM,
    /** containerd. */
    CONTAINERD_PROGRAM,
    /** containerd-shim, of containerd 1. */
    SHIM_PROGRAM,
    /** containerd-shim-runc-v1, of containerd 1. */
    SHIM_RUNC_V1_PROGRAM,
    /** containerd-shim-runc-v2. */
    SHIM_RUNC_V2_PROGRAM,
    /** An OCI runtime: runc. */
    RUNTIME_PROGRAM;

    /** Whether somebody runs it. */
    public boolean program() {
      return name().endsWith("_PROGRAM");
    }

    /** The name in rules and JSON. */
    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
