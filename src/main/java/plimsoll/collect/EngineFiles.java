package plimsoll.collect;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Engine;
import plimsoll.model.HostFile.Role;

/**
 * Where the files that matter to an engine lie on this host: taken from its processes, its command
 * line and its configuration, else the usual places.
 */
final class EngineFiles {
  /** {@code systemd-analyze unit-paths}, without the folders of generators. */
  private static final List<String> UNIT_FOLDERS =
      List.of(
          "/etc/systemd/system.control",
          "/run/systemd/system.control",
          "/run/systemd/transient",
          "/etc/systemd/system",
          "/etc/systemd/system.attached",
          "/run/systemd/system",
          "/run/systemd/system.attached",
          "/usr/local/lib/systemd/system",
          "/usr/lib/systemd/system",
          "/lib/systemd/system");

  private static final List<String> PROGRAM_FOLDERS =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private static final Pattern UNIT = Pattern.compile("/([^/]+)\\.service(?:/|$)");
  private static final Pattern USER = Pattern.compile("/user@(\\d+)\\.service/");
  private static final int MAX_CERTIFICATES = 1000;

  private final HostFiles files;
  private final @Nullable DaemonProcess daemon;
  private final Set<Wanted> found = new LinkedHashSet<>();
  private final String cgroup;
  private final String home;
  private final boolean ofUser;

  /**
   * For an engine.
   *
   * @param daemon its process; null where it was not found
   */
  EngineFiles(HostFiles files, @Nullable DaemonProcess daemon) {
    this.files = files;
    this.daemon = daemon;
    String own = daemon == null ? null : files.tryRead(proc(daemon) + "/cgroup");
    this.cgroup = own == null ? "" : own;
    this.ofUser = user() != 0;
    this.home = home();
  }

  /**
   * A file to look at.
   *
   * @param group the group it is meant to belong to; null for none but root's
   */
  record Wanted(Role role, String path, @Nullable String group) {}

  /** The user the engine runs as; 0 for root, or where it was not found. */
  int user() {
    return effective("Uid");
  }

  /** Its group, likewise. */
  int group() {
    return effective("Gid");
  }

  private int effective(String name) {
    try {
      String line =
          daemon == null ? "" : files.table(proc(daemon) + "/status").getOrDefault(name, "");
      String[] ids = line.split("\\s+");
      return ids.length == 4 ? Integer.parseInt(ids[1]) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * All of them, whether or not they exist.
   *
   * @param engine what it says of itself; null where none answered, for the usual places
   * @param runtimes what each OCI runtime runs
   */
  List<Wanted> find(@Nullable Engine engine, Map<String, String> runtimes) {
    units();
    configuration();
    certificates();
    sockets(engine == null ? List.of("/run/docker.sock") : engine.sockets());
    String root = engine == null ? null : engine.platform().rootDirectory();
    add(Role.DATA_ROOT, root == null ? "/var/lib/docker" : root);
    add(Role.CONTAINERD_FOLDER, "/run/containerd");
    programs(runtimes);
    return List.copyOf(found);
  }

  private static String proc(DaemonProcess daemon) {
    return "/proc/" + daemon.daemon().pid();
  }

  private void add(Role role, String path) {
    found.add(new Wanted(role, path, null));
  }

  private String home() {
    DaemonProcess process = daemon;
    String environment = process == null ? null : files.tryRead(proc(process) + "/environ");
    for (String variable : environment == null ? new String[0] : environment.split("\0")) {
      if (variable.startsWith("HOME=/")) {
        return variable.substring("HOME=".length());
      }
    }
    return "/root";
  }

  /** The first unit of that name that systemd would find, and what is dropped in beside it. */
  private void units() {
    Matcher unit = UNIT.matcher(cgroup.replaceAll("/user@\\d+\\.service", ""));
    String name = unit.find() ? unit.group(1) : "docker";
    // A shell's session or a container is no unit of the engine's own.
    String engine = name.contains("docker") || name.contains("podman") ? name : "docker";
    List<String> folders = new ArrayList<>(UNIT_FOLDERS);
    if (ofUser || USER.matcher(cgroup).find()) {
      folders =
          List.of(
              home + "/.config/systemd/user",
              "/etc/systemd/user",
              "/run/systemd/user",
              home + "/.local/share/systemd/user",
              "/usr/lib/systemd/user");
    }
    unit(Role.SERVICE_UNIT, engine + ".service", folders);
    unit(Role.SOCKET_UNIT, engine + ".socket", folders);
  }

  private void unit(Role role, String name, List<String> folders) {
    for (String folder : folders) {
      if (files.exists(folder + "/" + name)) {
        add(role, folder + "/" + name);
        break;
      }
    }
    for (String folder : folders) {
      for (String file : below(folder + "/" + name + ".d")) {
        if (file.endsWith(".conf")) {
          add(role, file);
        }
      }
    }
  }

  private void configuration() {
    String file = daemon == null ? null : daemon.daemon().configFile();
    String usual = ofUser ? home + "/.config/docker" : "/etc/docker";
    add(Role.CONFIG_FOLDER, usual);
    if (file == null) {
      add(Role.CONFIG_FILE, usual + "/daemon.json");
    } else {
      add(Role.CONFIG_FOLDER, file.substring(0, Math.max(1, file.lastIndexOf('/'))));
      add(Role.CONFIG_FILE, file);
    }
    add(Role.DEFAULT_FILE, "/etc/default/docker");
    add(Role.SYSCONFIG_FILE, "/etc/sysconfig/docker");
    for (String registry : below(usual + "/certs.d")) {
      for (String certificate : below(registry)) {
        add(
            certificate.endsWith(".key") ? Role.REGISTRY_KEY : Role.REGISTRY_CERTIFICATE,
            certificate);
      }
    }
  }

  private void certificates() {
    DaemonProcess process = daemon;
    if (process == null) {
      return;
    }
    boolean tls = on(process, "tls") || on(process, "tlsverify");
    certificate(process, tls, Role.TLS_CA, "tlscacert", "ca.pem");
    certificate(process, tls, Role.TLS_CERTIFICATE, "tlscert", "cert.pem");
    certificate(process, tls, Role.TLS_KEY, "tlskey", "key.pem");
  }

  private void certificate(
      DaemonProcess process, boolean tls, Role role, String setting, String usual) {
    String named = told(process, setting);
    if (named != null && named.startsWith("/")) {
      add(role, named);
    } else if (tls) {
      add(role, home + "/.docker/" + usual);
    }
  }

  private static boolean on(DaemonProcess process, String setting) {
    String value = told(process, setting);
    return value != null && Declarations.truth(value);
  }

  private static @Nullable String told(DaemonProcess process, String setting) {
    String flag = process.flags().last(setting);
    JsonNode value = process.config().path(setting);
    return flag != null || !value.isValueNode() ? flag : value.asText();
  }

  /** The group the engine gives its socket to. */
  String socketGroup() {
    String group = daemon == null ? null : told(daemon, "group");
    return group == null || group.isEmpty() ? "docker" : group;
  }

  private void sockets(Collection<String> known) {
    Set<String> sockets = new LinkedHashSet<>(known);
    sockets.add("/run/containerd/containerd.sock");
    for (String socket : sockets) {
      if (!files.exists(socket)) {
        continue;
      }
      boolean containerd = socket.endsWith("containerd.sock");
      found.add(
          new Wanted(
              containerd ? Role.CONTAINERD_SOCKET : Role.ENGINE_SOCKET,
              files.realPath(socket),
              containerd ? null : socketGroup()));
    }
  }

  private void programs(Map<String, String> runtimes) {
    String engine = daemon == null ? null : daemon.daemon().executable();
    Set<String> containerd = new LinkedHashSet<>();
    Set<String> configured = new LinkedHashSet<>();
    Set<String> shims = new LinkedHashSet<>();
    running(containerd, configured, shims);
    program(Role.ENGINE_PROGRAM, engine == null ? Set.of() : Set.of(engine), "dockerd");
    program(Role.CONTAINERD_PROGRAM, containerd, "containerd");
    shim(Role.SHIM_PROGRAM, shims, "containerd-shim");
    shim(Role.SHIM_RUNC_V1_PROGRAM, shims, "containerd-shim-runc-v1");
    shim(Role.SHIM_RUNC_V2_PROGRAM, shims, "containerd-shim-runc-v2");
    Set<String> names = new LinkedHashSet<>(runtimes.values());
    names.add("runc");
    for (String name : names) {
      program(
          Role.RUNTIME_PROGRAM,
          name.startsWith("/") ? Set.of(files.realPath(name)) : Set.of(),
          name);
    }
    if (configured.isEmpty()) {
      configured.add("/etc/containerd/config.toml");
    }
    configured.forEach(file -> add(Role.CONTAINERD_CONFIG, file));
  }

  private void shim(Role role, Set<String> running, String name) {
    program(
        role, running.stream().filter(path -> path.endsWith("/" + name)).collect(toSet()), name);
  }

  /** The programs of running processes, else those in the usual folders. */
  private void program(Role role, Set<String> running, String name) {
    running.forEach(path -> add(role, path));
    if (running.isEmpty() && !name.contains("/")) {
      for (String folder : PROGRAM_FOLDERS) {
        if (files.exists(folder + "/" + name)) {
          add(role, files.realPath(folder + "/" + name));
          return;
        }
      }
    }
  }

  private void running(Set<String> containerd, Set<String> configured, Set<String> shims) {
    try {
      for (long pid : files.processes()) {
        String name = String.valueOf(files.tryRead("/proc/" + pid + "/comm"));
        String program =
            name.startsWith("containerd") ? files.tryLink("/proc/" + pid + "/exe") : null;
        if (program == null || !files.exists(program)) {
          // Gone, replaced since, or in a container of its own.
          continue;
        }
        if (name.startsWith("containerd-shim")) {
          shims.add(program);
        } else if (name.equals("containerd")) {
          containerd.add(program);
          String line = files.tryRead("/proc/" + pid + "/cmdline");
          String config = configOf(line == null ? new String[0] : line.split("\0"));
          if (config != null) {
            configured.add(config);
          }
        }
      }
    } catch (IOException e) {
      // Without /proc the usual places are all there is.
    }
  }

  private static @Nullable String configOf(String[] words) {
    for (int i = 1; i < words.length; i++) {
      if (words[i].startsWith("--config=")) {
        return words[i].substring("--config=".length());
      }
      if ((words[i].equals("--config") || words[i].equals("-c")) && i + 1 < words.length) {
        return words[i + 1];
      }
    }
    return null;
  }

  /** What lies in a folder, sorted; nothing where it is none or may not be read. */
  private List<String> below(String folder) {
    List<String> below = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(files.at(folder))) {
      for (Path entry : entries) {
        if (below.size() < MAX_CERTIFICATES) {
          below.add(folder + "/" + entry.getFileName());
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    below.sort(null);
    return below;
  }
}
