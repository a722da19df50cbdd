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
      nodes.add(
          new Devices.Node(
              device.path("PathOnHost").asText(),
              Json.text(device, "PathInContainer"),
              Json.text(device, "CgroupPermissions")));
    }
    List<String> requests = new ArrayList<>();
    for (JsonNode request : hostConfig.path("DeviceRequests")) {
      List<String> words = new ArrayList<>(List.of(Json.text(request, "Driver", "any driver")));
      long count = request.path("Count").asLong(0);
      if (count != 0) {
        words.add(count < 0 ? "all" : Long.toString(count));
      }
      words.addAll(Json.texts(request.path("DeviceIDs")));
      request.path("Capabilities").forEach(all -> words.addAll(Json.texts(all)));
      requests.add(String.join(" ", words));
    }
    return new Devices(nodes, Json.texts(hostConfig.path("DeviceCgroupRules")), requests);
  }
}
