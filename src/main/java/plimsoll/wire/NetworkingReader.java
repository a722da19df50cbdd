package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Networking;
import plimsoll.model.Networking.Port;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/** Networks and ports, as configured rather than as they happen to be bound now. */
public final class NetworkingReader {
  /** Where an engine lists the networks of a container beside that of its network mode. */
  public static final String FURTHER_NETWORKS = "NetworkSettings.Networks.";

  private NetworkingReader() {}

  static Networking read(JsonNode inspect, Provenance provenance) {
    JsonNode hostConfig = inspect.path("HostConfig");
    String mode = hostConfig.path("NetworkMode").asText("");
    boolean unsaid = mode.isEmpty() || mode.equals("default");
    String own = unsaid ? "bridge" : mode;
    provenance.origin(
        "/networking/networks",
        unsaid
            ? Origin.byDefault("HostConfig.NetworkMode")
            : Origin.inspect("HostConfig.NetworkMode"));
    provenance.origin("/networking/ports", Origin.inspect("HostConfig.PortBindings"));
    provenance.origin(
        "/networking/publishAll",
        Json.says(hostConfig.path("PublishAllPorts"))
            ? Origin.inspect("HostConfig.PublishAllPorts")
            : Origin.byDefault("HostConfig.PublishAllPorts"));
    provenance.origin("/networking/extraHosts", Origin.inspect("HostConfig.ExtraHosts"));
    provenance.origin("/networking/links", Origin.inspect("HostConfig.Links"));
    List<String> networks =
        inspect.path("NetworkSettings").path("Networks").properties().stream()
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    for (int i = 0; i < networks.size(); i++) {
      if (!networks.get(i).equals(own)) {
        provenance.origin(
            "/networking/networks/" + i, Origin.inspect(FURTHER_NETWORKS + networks.get(i)));
      }
    }
    List<Port> ports = new ArrayList<>();
    List<String> names = new ArrayList<>();
    hostConfig.path("PortBindings").fieldNames().forEachRemaining(names::add);
    Collections.sort(names);
    for (String name : names) {
      for (JsonNode binding : hostConfig.path("PortBindings").path(name)) {
        provenance.origin(
            "/networking/ports/" + ports.size(), Origin.inspect("HostConfig.PortBindings." + name));
        ports.add(port(binding, name));
      }
    }
    return new Networking(
        networks,
        ports,
        hostConfig.path("PublishAllPorts").asBoolean(false),
        Json.texts(hostConfig.path("ExtraHosts")),
        Json.texts(hostConfig.path("Links")),
        List.of(),
        List.of(),
        List.of());
  }

  /** A host port is {@code ""}, {@code 8080} or {@code 8000-8010}. */
  private static Port port(JsonNode host, String containerPort) {
    String[] range = Json.text(host, "HostPort", "").split("-", 2);
    Integer first = number(range[0]);
    return new Port(
        Json.text(host, "HostIp", ""),
        first,
        range.length == 2 ? number(range[1]) : first,
        containerPort);
  }

  private static @Nullable Integer number(String text) {
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0
        ? (Integer) Integer.parseInt(text)
        : null;
  }
}
