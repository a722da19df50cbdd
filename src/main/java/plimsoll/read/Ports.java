package plimsoll.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.read.RunLine.Given;

/**
 * {@code --publish [[ADDRESS:]HOST:]CONTAINER[/PROTOCOL]} and {@code --expose}, ranges included.
 */
final class Ports {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern SPEC =
      Pattern.compile(
          "(?:(?:(\\[[0-9a-fA-F:.%]*\\]|[^:]*):)?([0-9-]*):)?([0-9]+(?:-[0-9]+)?)(?:/([a-zA-Z]+))?");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?");

  private Ports() {}

  /** A range of port numbers. */
  private record Range(int first, int last) {
    static Range of(Given given, String text) throws RunLineException {
      Matcher matcher = RANGE.matcher(text);
      if (!matcher.matches() || text.length() > 11) {
        throw invalid(given, text);
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      if (first > last || last > 65_535) {
        throw invalid(given, text);
      }
      return new Range(first, last);
    }

    int size() {
      return last - first + 1;
    }
  }

  private static RunLineException invalid(Given given, String what) {
    return Quantities.invalid(given, "invalid port: " + what);
  }

  static void publish(Given given, Fields fields) throws RunLineException {
    String spec = given.value().contains("=") ? longForm(given) : given.value();
    Matcher matcher = SPEC.matcher(spec);
    if (!matcher.matches()) {
      throw invalid(given, spec);
    }
    String address = matcher.group(1) == null ? "" : matcher.group(1).replaceAll("^\\[|\\]$", "");
    Range inside = Range.of(given, matcher.group(3));
    String hostText = matcher.group(2) == null ? "" : matcher.group(2);
    Range host = hostText.isEmpty() ? null : Range.of(given, hostText);
    boolean oneOfMany = host != null && inside.size() == 1 && host.size() > 1;
    if (host != null && host.size() != inside.size() && !oneOfMany) {
      throw invalid(given, "invalid ranges specified for container and host Ports: " + spec);
    }
    for (int i = 0; i < inside.size(); i++) {
      String port = inside.first() + i + "/" + protocol(given, matcher.group(4));
      String hostPort =
          host == null ? "" : oneOfMany ? hostText : Integer.toString(host.first() + i);
      fields.putInto("ExposedPorts", port, JSON.objectNode(), given);
      bind(fields, port, address, hostPort, given);
    }
  }

  private static void bind(
      Fields fields, String port, String address, String hostPort, Given given) {
    ObjectNode binding = JSON.objectNode().put("HostIp", address).put("HostPort", hostPort);
    ArrayNode bindings =
        fields.body().path("HostConfig").path("PortBindings").path(port) instanceof ArrayNode there
            ? there
            : JSON.arrayNode();
    fields.putInto("HostConfig.PortBindings", port, bindings.add(binding), given);
  }

  private static String protocol(Given given, @org.jspecify.annotations.Nullable String text)
      throws RunLineException {
    String protocol = text == null ? "tcp" : text.toLowerCase(Locale.ROOT);
    if (!List.of("tcp", "udp", "sctp").contains(protocol)) {
      throw Quantities.invalid(given, "invalid proto: " + text);
    }
    return protocol;
  }

  /** {@code published=8080,target=80,protocol=tcp}. */
  private static String longForm(Given given) throws RunLineException {
    String published = "";
    String target = "";
    String protocol = "tcp";
    for (String part : Csv.split(given)) {
      String[] halves = part.split("=", 2);
      if (halves.length < 2) {
        throw Quantities.invalid(given, "invalid field: " + part);
      }
      switch (halves[0]) {
        case "published", "source", "src" -> published = halves[1];
        case "target", "destination", "dst" -> target = halves[1];
        case "protocol" -> protocol = halves[1];
        case "mode" -> {}
        default -> throw Quantities.invalid(given, "invalid field key: " + halves[0]);
      }
    }
    return published + ":" + target + "/" + protocol;
  }

  static void expose(Given given, Fields fields) throws RunLineException {
    String[] halves = given.value().split("/", 2);
    if (halves[0].contains(":")) {
      throw new RunLineException(
          given.word(), "invalid port format for --expose: " + given.value());
    }
    Range range = Range.of(given, halves[0]);
    String protocol = protocol(given, halves.length == 2 ? halves[1] : null);
    for (int port = range.first(); port <= range.last(); port++) {
      fields.putInto("ExposedPorts", port + "/" + protocol, JSON.objectNode(), given);
    }
  }
}
