package plimsoll.collect;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Endpoint;
import plimsoll.model.Engine;
import plimsoll.model.Network;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.model.View;
import plimsoll.wire.Json;

/** The facts about an engine, from what it says of itself and what its daemon was told. */
final class EngineReader {
  /** Limits by the field of {@code GET /info} that says whether the host has what they need. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "MemoryLimit", "memory",
          "SwapLimit", "swap",
          "CpuCfsQuota", "cpus",
          "CPUShares", "cpu-shares",
          "CPUSet", "cpuset-cpus",
          "PidsLimit", "pids-limit");

  private final Endpoint endpoint;
  private final @Nullable DaemonProcess process;
  private final String whyNoProcess;
  private final @Nullable Listeners listeners;
  private final Engine.@Nullable Swarm swarm;
  private final Provenance provenance;

  /**
   * Gathers who is asked.
   *
   * @param process what the daemon was told; null where it was not found
   * @param whyNoProcess why it was not found
   * @param listeners the TCP sockets it listens on; null where they could not be seen
   * @param swarm the swarm it is in; null for none
   */
  EngineReader(
      Endpoint endpoint,
      @Nullable DaemonProcess process,
      String whyNoProcess,
      @Nullable Listeners listeners,
      Engine.@Nullable Swarm swarm,
      Provenance provenance) {
    this.listeners = listeners;
    this.swarm = swarm;
    this.endpoint = endpoint;
    this.process = process;
    this.whyNoProcess = whyNoProcess;
    this.provenance = provenance;
  }

  /**
   * Reads them.
   *
   * @param version what {@code GET /version} answered
   * @param info what {@code GET /info} answered; a missing node for nothing
   */
  View<Engine> read(JsonNode version, JsonNode info, List<Network> networks) {
    TreeSet<String> options = new TreeSet<>(Json.texts(info.path("SecurityOptions")));
    Engine.Settings settings =
        new SettingsReader(info, networks, endpoint, process, whyNoProcess, listeners, provenance)
            .read(options);
    if (info.isMissingNode()) {
      provenance.gap("/settings", "the engine did not answer GET /info");
      provenance.gap("/securityOptions", "the engine did not answer GET /info");
      provenance.gap("/contents", "the engine did not answer GET /info");
      provenance.gap("/unsupported", "the engine did not answer GET /info");
    }
    return provenance.view(
        new Engine(
            endpoint.address(),
            endpoint.local(),
            version(version),
            process == null ? null : process.daemon(),
            options,
            platform(info),
            settings,
            sockets(settings, process),
            unsupported(info),
            contents(info),
            swarm));
  }

  private Engine.Version version(JsonNode version) {
    provenance.origin("/version", Origin.info("GET /version"));
    return new Engine.Version(
        product(version),
        Json.text(version, "Version"),
        Json.text(version, "ApiVersion"),
        component(version, "containerd"),
        component(version, "runc"),
        Json.text(version, "BuildTime"),
        version.isEmpty() ? null : (Boolean) version.path("Experimental").asBoolean(false));
  }

  private static @Nullable String product(JsonNode version) {
    for (JsonNode component : version.path("Components")) {
      if (component.path("Name").asText().contains("Podman")) {
        return "podman";
      }
    }
    return version.isEmpty() ? null : "docker";
  }

  private static @Nullable String component(JsonNode version, String name) {
    for (JsonNode component : version.path("Components")) {
      if (component.path("Name").asText().equals(name)) {
        return Json.text(component, "Version");
      }
    }
    return null;
  }

  private static Engine.Platform platform(JsonNode info) {
    List<String> runtimes = new ArrayList<>();
    info.path("Runtimes").properties().forEach(runtime -> runtimes.add(runtime.getKey()));
    return new Engine.Platform(
        Json.text(info, "CgroupDriver"),
        Json.text(info, "Driver"),
        Json.text(info, "DockerRootDir"),
        Json.text(info, "DefaultRuntime"),
        runtimes,
        Json.text(info, "CgroupVersion"),
        Json.text(info, "LoggingDriver"),
        Json.text(info.path("Swarm"), "LocalNodeState"));
  }

  private static List<String> unsupported(JsonNode info) {
    List<String> unsupported = new ArrayList<>();
    LIMITS.forEach((field, limit) -> {
      if (info.path(field).isBoolean() && !info.path(field).booleanValue()) {
        unsupported.add(limit);
      }
    });
    unsupported.sort(null);
    return unsupported;
  }

  private Engine.@Nullable Contents contents(JsonNode info) {
    provenance.origin("/contents", Origin.info("GET /info"));
    return info.isMissingNode()
        ? null
        : new Engine.Contents(
            info.path("Containers").asInt(),
            info.path("ContainersStopped").asInt(),
            info.path("Images").asInt());
  }

  private SortedSet<String> sockets(Engine.Settings settings, @Nullable DaemonProcess process) {
    SortedSet<String> sockets = new TreeSet<>();
    Path asked = endpoint.socket();
    if (asked != null) {
      sockets.add(asked.toString());
    }
    for (String host : settings.hosts()) {
      if (host.startsWith("unix://")) {
        sockets.add(host.substring("unix://".length()));
      }
    }
    if (process != null) {
      String containerd = process.flags().last("containerd");
      String execRoot = process.flags().last("exec-root");
      sockets.add(
          containerd != null
              ? containerd
              : (execRoot == null ? "/var/run/docker" : execRoot) + "/containerd/containerd.sock");
    }
    return sockets;
  }
}
