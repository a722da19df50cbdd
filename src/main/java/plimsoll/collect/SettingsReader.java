package plimsoll.collect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Endpoint;
import plimsoll.collect.Declarations.Declared;
import plimsoll.model.Engine.Settings;
import plimsoll.model.Network;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.wire.Json;

/**
 * The daemon's settings in force, merged from four tellers. What the engine reports of itself
 * ({@code docker info}, the bridge's options) is in force and wins; where a value was set, its
 * command line, then its configuration file, then its default explain it. What only the process can
 * tell is unknown where the process was not found.
 */
final class SettingsReader {
  private static final Set<String> ALWAYS_INSECURE = Set.of("127.0.0.0/8", "::1/128");

  private final JsonNode info;
  private final List<Network> networks;
  private final Endpoint endpoint;
  private final @Nullable DaemonProcess process;
  private final String whyNoProcess;
  private final Provenance provenance;
  private final Declarations declarations;
  private final @Nullable Listeners listeners;

  /**
   * Gathers the tellers.
   *
   * @param process what the daemon was told; null where it was not found
   * @param whyNoProcess why it was not found
   * @param listeners the TCP sockets it listens on; null where they could not be seen
   */
  SettingsReader(
      JsonNode info,
      List<Network> networks,
      Endpoint endpoint,
      @Nullable DaemonProcess process,
      String whyNoProcess,
      @Nullable Listeners listeners,
      Provenance provenance) {
    this.listeners = listeners;
    this.info = info;
    this.networks = networks;
    this.endpoint = endpoint;
    this.process = process;
    this.whyNoProcess = whyNoProcess;
    this.provenance = provenance;
    this.declarations = new Declarations(process, whyNoProcess, provenance);
  }

  Settings read(Set<String> securityOptions) {
    List<String> hosts = hosts();
    return new Settings(
        interContainerCommunication(),
        declarations.inForce(
            "/settings/liveRestore",
            "live-restore",
            Json.truth(info, "LiveRestoreEnabled"),
            "LiveRestoreEnabled"),
        declarations.declaredOr("/settings/userlandProxy", "userland-proxy", true),
        noNewPrivileges(securityOptions),
        usernsRemap(securityOptions),
        logLevel(),
        declarations.declaredOr("/settings/init", "init", false),
        insecureRegistries(),
        hosts,
        unprotected(hosts),
        securityOptions.isEmpty() ? null : has(securityOptions, "rootless"),
        declarations.declaredOr("/settings/iptables", "iptables", true),
        list(
            "storageOptions",
            "storage-opt",
            declarations.declaredList("storage-opt", "storage-opts")),
        list(
            "defaultUlimits",
            "default-ulimit",
            declarations.declaredNames("default-ulimit", "default-ulimits")),
        cgroupParent(),
        authorizationPlugins(),
        seccompProfile(securityOptions));
  }

  private List<String> list(String name, String key, List<Declared<String>> declared) {
    return declarations.values("/settings/" + name, key, declared);
  }

  private static boolean has(Set<String> securityOptions, String name) {
    return securityOptions.stream()
        .anyMatch(
            option -> option.equals("name=" + name) || option.startsWith("name=" + name + ","));
  }

  private @Nullable String cgroupParent() {
    Declared<String> declared = declarations.declared("cgroup-parent", value -> value);
    if (declared != null && !declared.value().isEmpty()) {
      provenance.origin("/settings/cgroupParent", declared.origin());
      return declared.value();
    }
    declarations.unlessUnknown("/settings/cgroupParent", "cgroup-parent", "");
    return null;
  }

  /** The engine reports those that it loaded, by name and address. */
  private List<String> authorizationPlugins() {
    String pointer = "/settings/authorizationPlugins";
    List<Declared<String>> declared =
        declarations.declaredList("authorization-plugin", "authorization-plugins");
    provenance.origin(
        pointer,
        declared.isEmpty() ? Origin.info("Plugins.Authorization") : declared.get(0).origin());
    return Json.texts(info.path("Plugins").path("Authorization"));
  }

  /** {@code name=seccomp,profile=default}, of newer engines {@code builtin}: the same thing. */
  private @Nullable String seccompProfile(Set<String> securityOptions) {
    Declared<String> declared = declarations.declared("seccomp-profile", value -> value);
    provenance.origin(
        "/settings/seccompProfile",
        declared == null ? Origin.info("SecurityOptions") : declared.origin());
    for (String option : securityOptions) {
      if (option.equals("name=seccomp") || option.startsWith("name=seccomp,")) {
        int profile = option.indexOf("profile=");
        String name = profile < 0 ? "default" : option.substring(profile + "profile=".length());
        return name.equals("builtin") ? "default" : name;
      }
    }
    return null;
  }

  private @Nullable Boolean interContainerCommunication() {
    String pointer = "/settings/interContainerCommunication";
    String option = "com.docker.network.bridge.enable_icc";
    for (Network network : networks) {
      if (network.name().equals("bridge")) {
        String value = network.options().get(option);
        return declarations.inForce(
            pointer,
            "icc",
            value == null ? null : (Boolean) !value.equals("false"),
            "bridge " + option);
      }
    }
    // No default bridge, nothing to communicate over: unset, and the rule does not apply.
    provenance.origin(pointer, Origin.info("no network named bridge"));
    return null;
  }

  private @Nullable Boolean noNewPrivileges(Set<String> securityOptions) {
    String pointer = "/settings/noNewPrivileges";
    if (securityOptions.stream().anyMatch(option -> option.startsWith("name=no-new-privileges"))) {
      Declared<Boolean> declared = declarations.declaredTruth("no-new-privileges");
      provenance.origin(
          pointer, declared == null ? Origin.info("SecurityOptions") : declared.origin());
      return true;
    }
    return declarations.declaredOr(pointer, "no-new-privileges", false);
  }

  private Boolean usernsRemap(Set<String> securityOptions) {
    boolean remapped =
        securityOptions.stream()
            .anyMatch(o -> o.startsWith("name=userns") || o.startsWith("name=rootless"));
    Declared<String> declared = declarations.declared("userns-remap", value -> value);
    provenance.origin(
        "/settings/usernsRemap",
        declared != null && remapped
            ? declared.origin()
            : remapped ? Origin.info("SecurityOptions") : Origin.byDefault("userns-remap"));
    return remapped;
  }

  private @Nullable String logLevel() {
    String pointer = "/settings/logLevel";
    if (Boolean.TRUE.equals(Json.truth(info, "Debug"))) {
      Declared<Boolean> debug = declarations.declaredTruth("debug");
      provenance.origin(pointer, debug == null ? Origin.info("Debug") : debug.origin());
      return "debug";
    }
    Declared<String> level =
        declarations.declared("log-level", value -> value.toLowerCase(Locale.ROOT));
    if (level != null) {
      provenance.origin(pointer, level.origin());
      return level.value();
    }
    return declarations.unlessUnknown(pointer, "log-level", "info");
  }

  private List<String> insecureRegistries() {
    List<String> insecure = new ArrayList<>();
    JsonNode registries = info.path("RegistryConfig");
    for (String range : Json.texts(registries.path("InsecureRegistryCIDRs"))) {
      if (!ALWAYS_INSECURE.contains(range)) {
        insecure.add(range);
      }
    }
    for (Map.Entry<String, JsonNode> index : registries.path("IndexConfigs").properties()) {
      if (!index.getValue().path("Secure").asBoolean(true)) {
        insecure.add(index.getKey());
      }
    }
    List<Declared<String>> declared =
        declarations.declaredList("insecure-registry", "insecure-registries");
    provenance.origin(
        "/settings/insecureRegistries",
        declared.isEmpty() ? Origin.info("RegistryConfig") : declared.get(0).origin());
    return insecure;
  }

  private List<String> hosts() {
    String pointer = "/settings/hosts";
    List<Declared<String>> declared = declarations.declaredList("host", "hosts");
    if (!declared.isEmpty()) {
      provenance.origin(pointer, declared.get(0).origin());
      return declared.stream().map(Declared::value).toList();
    }
    String host = declarations.unlessUnknown(pointer, "host", "unix:///var/run/docker.sock");
    return host == null ? List.of() : List.of(host);
  }

  /**
   * TCP addresses without {@code tlsverify}: {@code tls} alone encrypts, but lets anybody in.
   * Judged by where the daemon really listens, which a unit of systemd may have decided; else by
   * what it was told.
   */
  private List<String> unprotected(List<String> hosts) {
    String pointer = "/settings/unprotectedHosts";
    if (process == null) {
      if (endpoint.socket() == null && endpoint.certificates() == null) {
        provenance.origin(pointer, Origin.info("answers at " + endpoint.address()));
        return List.of(endpoint.address());
      }
      provenance.gap(pointer, whyNoProcess);
      return List.of();
    }
    List<String> open = listeners == null ? null : listeners.ofEngine();
    if (listeners != null && open != null && open.isEmpty()) {
      provenance.origin(pointer, Origin.kernel(listeners.file(), null));
      return List.of();
    }
    Declared<Boolean> verify = declarations.declaredTruth("tlsverify");
    if (verify != null && verify.value()) {
      provenance.origin(pointer, verify.origin());
      return List.of();
    }
    if (process.configTrouble() != null) {
      provenance.gap(pointer, process.configTrouble());
      return List.of();
    }
    List<Declared<String>> declared = declarations.declaredList("host", "hosts");
    List<String> told = hosts.stream().filter(host -> host.startsWith("tcp://")).toList();
    if (told.isEmpty() && listeners != null && open != null) {
      // Handed over by systemd: the command line says fd:// only.
      provenance.origin(pointer, Origin.kernel(listeners.file(), null));
      return open;
    }
    provenance.origin(
        pointer, declared.isEmpty() ? Origin.byDefault("host") : declared.get(0).origin());
    return told;
  }
}
