package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import plimsoll.model.Networking;
import plimsoll.model.Networking.Port;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/** Networks and ports, as configured rather than as they happen to be bound now. */
final class NetworkingReader {
  private NetworkingReader() {}

  static Networking read(JsonNode inspect, Provenance provenance) {
    JsonNode hostConfig = inspect.path("HostConfig");
    provenance.origin("/networking/networks", Origin.inspect("NetworkSettings.Networks"));
    provenance.origin("/networking/ports", Origin.inspect("HostConfig.PortBindings"));
    provenance.origin("/networking/publishAll", Origin.inspect("HostConfig.PublishAllPorts"));
    provenance.origin("/networking/extraHosts", Origin.inspect("HostConfig.ExtraHosts"));
    provenance.origin("/networking/links", Origin.inspect("HostConfig.Links"));
    List<String> networks = new ArrayList<>();
    inspect
        .path("NetworkSettings")
        .path("Networks")
        .properties()
        .forEach(network -> networks.add(network.getKey()));
    List<Port> ports = new ArrayList<>();
    for (var binding : hostConfig.path("PortBindings").properties()) {
      for (JsonNode host : binding.getValue()) {
        ports.add(
            new Port(Json.text(host, "HostIp", ""), Json.text(host, "HostPort"), binding.getKey()));
      }
    }
    return new Networking(
        networks,
        ports,
        Json.truth(hostConfig, "PublishAllPorts"),
        Json.texts(hostConfig.path("ExtraHosts")),
        Json.texts(hostConfig.path("Links")));
  }
}
