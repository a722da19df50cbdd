package plimsoll.collect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Endpoint;
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

  /**
   * Gathers the tellers.
   *
   * @param process what the daemon was told; null where it was not found
   * @param whyNoProcess why it was not found
   */
  SettingsReader(
      JsonNode info,
      List<Network> networks,
      Endpoint endpoint,
      @Nullable DaemonProcess process,
      String whyNoProcess,
      Provenance provenance) {
    this.info = info;
    this.networks = networks;
    this.endpoint = endpoint;
    this.process = process;
    this.whyNoProcess = whyNoProcess;
    this.provenance = provenance;
  }

  /** A value that was set, and where. */
  private record Declared<T>(T value, Origin origin) {}

  Settings read(Set<String> securityOptions) {
    List<String> hosts = hosts();
    return new Settings(
        interContainerCommunication(),
        inForce(
            "/settings/liveRestore",
            "live-restore",
            Json.truth(info, "LiveRestoreEnabled"),
            "LiveRestoreEnabled"),
        declaredOr("/settings/userlandProxy", "userland-proxy", true),
        noNewPrivileges(securityOptions),
        usernsRemap(securityOptions),
        logLevel(),
        declaredOr("/settings/init", "init", false),
        insecureRegistries(),
        hosts,
        unprotected(hosts));
  }

  private @Nullable Boolean interContainerCommunication() {
    String pointer = "/settings/interContainerCommunication";
    String option = "com.docker.network.bridge.enable_icc";
    for (Network network : networks) {
      if (network.name().equals("bridge")) {
        String value = network.options().get(option);
        return inForce(
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
      Declared<Boolean> declared = declaredTruth("no-new-privileges");
      provenance.origin(
          pointer, declared == null ? Origin.info("SecurityOptions") : declared.origin());
      return true;
    }
    return declaredOr(pointer, "no-new-privileges", false);
  }

  private Boolean usernsRemap(Set<String> securityOptions) {
    boolean remapped =
        securityOptions.stream()
            .anyMatch(o -> o.startsWith("name=userns") || o.startsWith("name=rootless"));
    Declared<String> declared = declared("userns-remap", value -> value);
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
      Declared<Boolean> debug = declaredTruth("debug");
      provenance.origin(pointer, debug == null ? Origin.info("Debug") : debug.origin());
      return "debug";
    }
    Declared<String> level = declared("log-level", value -> value.toLowerCase(Locale.ROOT));
    if (level != null) {
      provenance.origin(pointer, level.origin());
      return level.value();
    }
    return unlessUnknown(pointer, "log-level", "info");
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
    List<Declared<String>> declared = declaredList("insecure-registry", "insecure-registries");
    provenance.origin(
        "/settings/insecureRegistries",
        declared.isEmpty() ? Origin.info("RegistryConfig") : declared.get(0).origin());
    return insecure;
  }

  private List<String> hosts() {
    String pointer = "/settings/hosts";
    List<Declared<String>> declared = declaredList("host", "hosts");
    if (!declared.isEmpty()) {
      provenance.origin(pointer, declared.get(0).origin());
      return declared.stream().map(Declared::value).toList();
    }
    String host = unlessUnknown(pointer, "host", "unix:///var/run/docker.sock");
    return host == null ? List.of() : List.of(host);
  }

  /** TCP addresses without {@code tlsverify}: {@code tls} alone encrypts, but lets anybody in. */
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
    Declared<Boolean> verify = declaredTruth("tlsverify");
    if (verify != null && verify.value()) {
      provenance.origin(pointer, verify.origin());
      return List.of();
    }
    if (process.configTrouble() != null) {
      provenance.gap(pointer, process.configTrouble());
      return List.of();
    }
    List<Declared<String>> declared = declaredList("host", "hosts");
    provenance.origin(
        pointer, declared.isEmpty() ? Origin.byDefault("host") : declared.get(0).origin());
    return hosts.stream().filter(host -> host.startsWith("tcp://")).toList();
  }

  /**
   * What the engine reports to be in force, explained by where it was set; unknown where the engine
   * is silent.
   */
  private @Nullable Boolean inForce(
      String pointer, String key, @Nullable Boolean reported, String reportedBy) {
    Declared<Boolean> declared = declaredTruth(key);
    if (reported == null) {
      if (declared == null) {
        provenance.gap(pointer, "the engine does not report " + reportedBy);
        return null;
      }
      provenance.origin(pointer, declared.origin());
      return declared.value();
    }
    boolean explained = declared != null && declared.value().equals(reported);
    boolean byDefault = declared == null && process != null && process.configTrouble() == null;
    provenance.origin(
        pointer,
        explained && declared != null
            ? declared.origin()
            : byDefault ? Origin.byDefault(key) : Origin.info(reportedBy));
    return reported;
  }

  private @Nullable Boolean declaredOr(String pointer, String key, boolean otherwise) {
    Declared<Boolean> declared = declaredTruth(key);
    if (declared != null) {
      provenance.origin(pointer, declared.origin());
      return declared.value();
    }
    return unlessUnknown(pointer, key, otherwise);
  }

  /** The default of a setting that nobody declared, where all who could have were asked. */
  private <T> @Nullable T unlessUnknown(String pointer, String key, T otherwise) {
    String trouble = process == null ? whyNoProcess : process.configTrouble();
    if (trouble != null) {
      provenance.gap(pointer, trouble);
      return null;
    }
    provenance.origin(pointer, Origin.byDefault(key));
    return otherwise;
  }

  private @Nullable Declared<Boolean> declaredTruth(String key) {
    return declared(key, SettingsReader::truth);
  }

  /** A switch's value as Go reads it. */
  static boolean truth(String value) {
    return !Set.of("0", "f", "F", "false", "FALSE", "False").contains(value);
  }

  /**
   * A setting's value on the command line, else in the file if that is in force; null where it is
   * in neither.
   */
  private <T> @Nullable Declared<T> declared(String key, Function<String, T> convert) {
    DaemonProcess daemon = process;
    if (daemon == null) {
      return null;
    }
    String flag = daemon.flags().last(key);
    if (flag != null) {
      return new Declared<>(convert.apply(flag), Origin.commandLine("--" + key));
    }
    JsonNode value = daemon.config().path(key);
    if (value.isValueNode() && !value.isNull() && daemon.configTrouble() == null) {
      return new Declared<>(convert.apply(value.asText()), fromFile(daemon, key));
    }
    return null;
  }

  private List<Declared<String>> declaredList(String flag, String key) {
    List<Declared<String>> all = new ArrayList<>();
    DaemonProcess daemon = process;
    if (daemon != null) {
      for (String value : daemon.flags().all(flag)) {
        all.add(new Declared<>(value, Origin.commandLine("--" + flag)));
      }
      if (daemon.configTrouble() == null) {
        for (String value : Json.texts(daemon.config().path(key))) {
          all.add(new Declared<>(value, fromFile(daemon, key)));
        }
      }
    }
    return all;
  }

  private static Origin fromFile(DaemonProcess daemon, String key) {
    String file = daemon.daemon().configFile();
    return Origin.configFile(file == null ? "daemon.json" : file, key);
  }
}
