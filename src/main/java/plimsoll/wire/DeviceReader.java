package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import plimsoll.model.Devices;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/** {@code HostConfig.Devices}, {@code DeviceCgroupRules} and {@code DeviceRequests}. */
final class DeviceReader {
  private DeviceReader() {}

  static Devices read(JsonNode hostConfig, Provenance provenance) {
    provenance.origin("/devices/nodes", Origin.inspect("HostConfig.Devices"));
    provenance.origin("/devices/cgroupRules", Origin.inspect("HostConfig.DeviceCgroupRules"));
    provenance.origin("/devices/requests", Origin.inspect("HostConfig.DeviceRequests"));
    List<Devices.Node> nodes = new ArrayList<>();
    for (JsonNode device : hostConfig.path("Devices")) {
      String at = "[" + nodes.size() + "]";
      provenance.origin(
          "/devices/nodes/" + nodes.size(), Origin.inspect("HostConfig.Devices" + at));
      nodes.add(
          new Devices.Node(
              device.path("PathOnHost").asText(),
              Json.text(device, "PathInContainer"),
              Json.text(device, "CgroupPermissions")));
    }
    List<Devices.Request> requests = new ArrayList<>();
    for (JsonNode request : hostConfig.path("DeviceRequests")) {
      List<String> capabilities = new ArrayList<>();
      request
          .path("Capabilities")
          .forEach(set -> capabilities.add(String.join(",", Json.texts(set))));
      requests.add(
          new Devices.Request(
              request.path("Driver").asText(""),
              request.path("Count").asLong(0),
              Json.texts(request.path("DeviceIDs")),
              capabilities));
    }
    return new Devices(nodes, Json.texts(hostConfig.path("DeviceCgroupRules")), requests);
  }
}
