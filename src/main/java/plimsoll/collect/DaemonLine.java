package plimsoll.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Endpoint;
import plimsoll.client.Endpoint.BadEndpointException;
import plimsoll.model.Engine;
import plimsoll.model.Network;
import plimsoll.model.Provenance;
import plimsoll.model.View;

/**
 * The engine that a command line of dockerd would start, on a host without a {@code daemon.json}:
 * what it would say of itself is worked out from its flags and the documented defaults.
 */
public final class DaemonLine {
  private final DaemonFlags flags;
  private final JsonNode config;

  private DaemonLine(DaemonFlags flags, JsonNode config) {
    this.flags = flags;
    this.config = config;
  }

  /**
   * Reads a command line.
   *
   * @param words its words, {@code dockerd} first
   */
  public static View<Engine> read(List<String> words) {
    return read(DaemonFlags.parse(words), MissingNode.getInstance(), null);
  }

  /**
   * Reads a configuration file, for a daemon that is told nothing else.
   *
   * @param config its content
   * @param file its name, for origins
   */
  public static View<Engine> ofFile(JsonNode config, String file) {
    return read(DaemonFlags.parse(List.of("dockerd")), config, file);
  }

  private static View<Engine> read(DaemonFlags flags, JsonNode config, @Nullable String file) {
    DaemonLine line = new DaemonLine(flags, config);
    DaemonProcess process =
        new DaemonProcess(new Engine.Daemon(0, null, file, null), flags, config, null);
    try {
      Endpoint endpoint = Endpoint.of("unix:///var/run/docker.sock", null, "default");
      return new EngineReader(endpoint, process, "", null, null, new Provenance())
          .read(line.version(), line.info(), line.networks());
    } catch (BadEndpointException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a flag, or the key of that name, says last; null where neither is there. */
  private @Nullable String last(String flag) {
    String last = flags.last(flag);
    JsonNode key = config.path(flag);
    return last != null || !key.isValueNode() || key.isNull() ? last : key.asText();
  }

  private boolean on(String flag, boolean otherwise) {
    String last = last(flag);
    return last == null ? otherwise : Declarations.truth(last);
  }

  private @Nullable String or(String flag, @Nullable String otherwise) {
    String last = last(flag);
    return last == null ? otherwise : last;
  }

  private ObjectNode version() {
    return JsonNodeFactory.instance.objectNode().put("Experimental", on("experimental", false));
  }

  private ObjectNode info() {
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    info.put("LiveRestoreEnabled", on("live-restore", false)).put("Debug", on("debug", false));
    info.put("LoggingDriver", or("log-driver", "json-file"));
    info.put("DefaultRuntime", or("default-runtime", "runc"));
    info.put("DockerRootDir", or("data-root", "/var/lib/docker"));
    info.putObject("Swarm").put("LocalNodeState", "inactive");
    info.put("Driver", or("storage-driver", "overlay2"));
    var options =
        info.putArray("SecurityOptions")
            .add("name=seccomp,profile=" + or("seccomp-profile", "default"));
    var plugins = info.putObject("Plugins").putArray("Authorization");
    flags.all("authorization-plugin").forEach(plugins::add);
    config.path("authorization-plugins").forEach(plugin -> plugins.add(plugin.asText()));
    if (on("no-new-privileges", false)) {
      options.add("name=no-new-privileges");
    }
    if (last("userns-remap") != null) {
      options.add("name=userns");
    }
    if (on("rootless", false)) {
      options.add("name=rootless");
    }
    ObjectNode registries = info.putObject("RegistryConfig");
    var ranges = registries.putArray("InsecureRegistryCIDRs").add("127.0.0.0/8");
    ObjectNode named = registries.putObject("IndexConfigs");
    List<String> insecure = new ArrayList<>(flags.all("insecure-registry"));
    config.path("insecure-registries").forEach(registry -> insecure.add(registry.asText()));
    for (String registry : insecure) {
      if (registry.contains("/")) {
        ranges.add(registry);
      } else {
        named.putObject(registry).put("Secure", false);
      }
    }
    return info;
  }

  private List<Network> networks() {
    return "none".equals(last("bridge"))
        ? List.of()
        : List.of(
            new Network(
                "bridge",
                "bridge",
                "bridge",
                false,
                Map.of("com.docker.network.bridge.enable_icc", String.valueOf(on("icc", true)))));
  }
}
