package plimsoll.read;

import static plimsoll.read.RunFlag.*;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plimsoll.read.RunLine.Given;
import plimsoll.wire.NetworkingReader;

/** Networks, names and ports. */
final class NetworkFlags {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final RunLine line;
  private final Fields fields;

  NetworkFlags(RunLine line, Fields fields) {
    this.line = line;
    this.fields = fields;
  }

  void apply() throws RunLineException {
    for (String list : List.of("Dns", "DnsOptions", "DnsSearch")) {
      fields.emptyList("HostConfig." + list);
    }
    fields.set("HostConfig.PortBindings", JSON.objectNode(), null);
    fields.texts(DNS, "HostConfig.Dns");
    fields.texts(DNS_OPTION, "HostConfig.DnsOptions");
    fields.texts(DNS_SEARCH, "HostConfig.DnsSearch");
    for (Given given : line.all(ADD_HOST)) {
      addHost(given);
    }
    fields.truth(PUBLISH_ALL, "HostConfig.PublishAllPorts");
    for (Given given : line.all(PUBLISH)) {
      Ports.publish(given, fields);
    }
    for (Given given : line.all(EXPOSE)) {
      Ports.expose(given, fields);
    }
    networks();
  }

  /** {@code NAME:ADDRESS} or {@code NAME=ADDRESS}; the engine is sent the colon. */
  private void addHost(Given given) throws RunLineException {
    String value = given.value();
    int at = value.indexOf('=') > 0 ? value.indexOf('=') : value.indexOf(':');
    if (at <= 0 || at == value.length() - 1) {
      throw Quantities.invalid(given, "bad format for add-host: \"" + value + "\"");
    }
    String address = value.substring(at + 1).replaceAll("^\\[(.*)\\]$", "$1");
    fields.add("HostConfig.ExtraHosts", value.substring(0, at) + ":" + address, given);
  }

  private void networks() throws RunLineException {
    List<Given> all = line.all(NETWORK);
    Given first = all.isEmpty() ? null : all.get(0);
    Map<String, String> options = first == null ? Map.of() : options(first);
    String mode = options.getOrDefault("name", "default");
    fields.set("HostConfig.NetworkMode", mode, first);
    ObjectNode endpoints = JSON.objectNode();
    ObjectNode endpoint = JSON.objectNode();
    if (first != null) {
      endpointOptions(endpoint, options);
    }
    endpointFlags(endpoint, mode);
    if (!endpoint.isEmpty()) {
      endpoints.set(mode, endpoint);
    }
    for (Given given : all.subList(Math.min(1, all.size()), all.size())) {
      Map<String, String> more = options(given);
      String name = more.getOrDefault("name", "");
      if (endpoints.has(name) || name.equals(mode)) {
        throw new RunLineException(
            given.word(), "network \"" + name + "\" is specified multiple times");
      }
      endpoints.set(name, endpointOptions(JSON.objectNode(), more));
      fields.places().put(NetworkingReader.FURTHER_NETWORKS + name, given.word());
      if (!endpoints.has(mode)) {
        endpoints.set(mode, JSON.objectNode());
      }
    }
    if (!endpoints.isEmpty()) {
      fields.body().putObject("NetworkingConfig").set("EndpointsConfig", endpoints);
    }
  }

  /** A name, or {@code name=…,alias=…,ip=…}. */
  private Map<String, String> options(Given given) throws RunLineException {
    if (given.value().isBlank()) {
      throw new RunLineException(given.word(), "no name set for network");
    }
    if (line.dialect() == Dialect.PODMAN && !given.value().startsWith("container:")) {
      // NAME[:OPTION=VALUE,…], or a namespace by path.
      String value = given.value();
      return Map.of(
          "name", value.startsWith("ns:") ? "container:" + value : value.split(":", 2)[0]);
    }
    if (!given.value().contains("=")) {
      return Map.of("name", given.value());
    }
    Map<String, String> options = new java.util.LinkedHashMap<>();
    for (String part : Csv.split(given)) {
      String[] halves = part.split("=", 2);
      String key = halves[0].strip().toLowerCase(java.util.Locale.ROOT);
      if (halves.length < 2
          || !List.of(
                  "name",
                  "alias",
                  "ip",
                  "ip6",
                  "mac-address",
                  "link-local-ip",
                  "driver-opt",
                  "gw-priority")
              .contains(key)) {
        throw Quantities.invalid(given, "invalid field " + part);
      }
      options.merge(key, halves[1].strip(), (a, b) -> a + "," + b);
    }
    if (options.getOrDefault("name", "").isEmpty()) {
      throw Quantities.invalid(given, "network name/id is not specified");
    }
    return options;
  }

  private static ObjectNode endpointOptions(ObjectNode endpoint, Map<String, String> options) {
    list(endpoint, "Aliases", options.get("alias"));
    ObjectNode ipam = JSON.objectNode();
    if (options.containsKey("ip")) {
      ipam.put("IPv4Address", options.get("ip"));
    }
    if (options.containsKey("ip6")) {
      ipam.put("IPv6Address", options.get("ip6"));
    }
    list(ipam, "LinkLocalIPs", options.get("link-local-ip"));
    if (!ipam.isEmpty()) {
      endpoint.set("IPAMConfig", ipam);
    }
    if (options.containsKey("mac-address")) {
      endpoint.put("MacAddress", options.get("mac-address"));
    }
    String driver = options.get("driver-opt");
    if (driver != null) {
      ObjectNode map = endpoint.putObject("DriverOpts");
      for (String each : driver.split(",")) {
        String[] halves = each.split("=", 2);
        map.put(halves[0], halves.length == 2 ? halves[1] : "");
      }
    }
    if (options.containsKey("gw-priority")) {
      endpoint.put("GwPriority", options.get("gw-priority"));
    }
    return endpoint;
  }

  /** The flags without a network's name speak of the first network. */
  private void endpointFlags(ObjectNode endpoint, String mode) throws RunLineException {
    for (Given given : line.all(NETWORK_ALIAS)) {
      if (!isUserDefined(mode)) {
        throw new RunLineException(
            given.word(), "network-scoped aliases are only supported for user-defined networks");
      }
      endpoint.withArray("Aliases").add(given.value());
    }
    for (Given given : line.all(LINK)) {
      if (isUserDefined(mode)) {
        endpoint.withArray("Links").add(given.value());
      } else {
        fields.add("HostConfig.Links", given.value(), given);
      }
    }
    ObjectNode ipam =
        endpoint.path("IPAMConfig") instanceof ObjectNode there ? there : JSON.objectNode();
    Given ip = line.last(IP);
    if (ip != null) {
      ipam.put("IPv4Address", ip.value());
    }
    Given ip6 = line.last(IP6);
    if (ip6 != null) {
      ipam.put("IPv6Address", ip6.value());
    }
    for (Given given : line.all(LINK_LOCAL_IP)) {
      ipam.withArray("LinkLocalIPs").add(given.value());
    }
    if (!ipam.isEmpty()) {
      endpoint.set("IPAMConfig", ipam);
    }
    Given mac = line.last(MAC_ADDRESS);
    if (mac != null) {
      // Engines before API 1.44 read it here, later ones from the endpoint.
      fields.set("MacAddress", mac.value(), mac);
    }
  }

  private static boolean isUserDefined(String mode) {
    return !List.of("default", "bridge", "host", "none").contains(mode)
        && !mode.startsWith("container:");
  }

  private static void list(
      ObjectNode object, String name, @org.jspecify.annotations.Nullable String values) {
    if (values != null) {
      ArrayNode list = object.putArray(name);
      for (String value : new ArrayList<>(List.of(values.split(",")))) {
        list.add(value);
      }
    }
  }
}
