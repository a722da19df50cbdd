package plimsoll.report.html;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import plimsoll.model.Capabilities;
import plimsoll.model.Devices.Node;
import plimsoll.model.Limits.Ulimit;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Namespaces.Namespace;
import plimsoll.model.Networking.Port;

/** Facts for people; empty where nothing is set. */
final class FactText {
  private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB");

  private FactText() {}

  static String of(Object value) {
    if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    if (value instanceof Collection<?> values) {
      return values.stream().map(FactText::of).collect(Collectors.joining(", "));
    }
    if (value instanceof Port port) {
      return (port.address().isEmpty() ? "" : port.address() + ":")
          + (port.hostPort() == null ? "any" : port.hostPort())
          + " to "
          + port.containerPort();
    }
    if (value instanceof Node node) {
      return node.path() + (node.permissions() == null ? "" : " " + node.permissions());
    }
    if (value instanceof Ulimit limit) {
      return limit.name() + " " + limit.soft() + ":" + limit.hard();
    }
    return String.valueOf(value);
  }

  static String capabilities(Object value) {
    if (!(value instanceof Collection<?> names) || names.isEmpty()) {
      return "";
    }
    List<String> missing = Capabilities.ALL.stream().filter(name -> !names.contains(name)).toList();
    if (missing.size() > names.size()) {
      return of(names);
    }
    String all = "all " + Capabilities.ALL.size();
    return missing.isEmpty() ? all : all + " but " + String.join(", ", missing);
  }

  static String namespace(Object value) {
    if (!(value instanceof Namespace namespace)) {
      return "";
    }
    Mode mode = namespace.mode();
    if (mode == null) {
      return Boolean.TRUE.equals(namespace.host()) ? "the host's" : "";
    }
    return switch (mode) {
      case HOST -> "the host's";
      case PRIVATE -> "its own";
      case SHAREABLE -> "its own, shareable";
      case NONE -> "its own, empty";
      case CONTAINER -> "that of container " + namespace.of();
    };
  }

  /** A number of bytes in the largest binary unit that leaves no more than one decimal. */
  static String bytes(Object value) {
    double rest = ((Number) value).doubleValue();
    int unit = 0;
    while (rest >= 1024 && unit < UNITS.size() - 1) {
      rest /= 1024;
      unit++;
    }
    String number = String.format(Locale.ROOT, "%.1f", rest).replaceFirst("\\.0$", "");
    return number + " " + UNITS.get(unit);
  }
}
