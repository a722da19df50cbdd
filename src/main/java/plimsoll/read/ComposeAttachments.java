package plimsoll.read;

import static plimsoll.read.RunFlag.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import plimsoll.yaml.YamlMap;

/**
 * What a service of a compose file is given of the host: ports, volumes, devices, networks, shares.
 */
final class ComposeAttachments {
  private final ComposeFlags flags;

  ComposeAttachments(ComposeFlags flags) {
    this.flags = flags;
  }

  void blockIo(YamlMap io) {
    Node weight = io.get("weight");
    if (weight != null) {
      flags.add(BLKIO_WEIGHT, flags.scalar(weight), io.key("weight"));
    }
    for (var kind :
        Map.of(
                "weight_device", BLKIO_WEIGHT_DEVICE,
                "device_read_bps", DEVICE_READ_BPS,
                "device_write_bps", DEVICE_WRITE_BPS,
                "device_read_iops", DEVICE_READ_IOPS,
                "device_write_iops", DEVICE_WRITE_IOPS)
            .entrySet()) {
      Node list = io.get(kind.getKey());
      for (Node node : list == null ? List.<Node>of() : flags.each(list)) {
        YamlMap device = flags.map(node);
        String rate = device.need(kind.getKey().startsWith("weight") ? "weight" : "rate");
        flags.add(kind.getValue(), device.need("path") + ":" + rate, node);
      }
    }
  }

  void port(Node node) {
    if (!(node instanceof MappingNode)) {
      flags.add(PUBLISH, flags.scalar(node), node);
      return;
    }
    YamlMap port = flags.map(node);
    String address = flags.optional(port, "host_ip");
    String published = flags.optional(port, "published");
    String protocol = flags.optional(port, "protocol");
    flags.add(
        PUBLISH,
        (address.isEmpty() ? "" : (address.contains(":") ? "[" + address + "]" : address) + ":")
            + (published.isEmpty() && address.isEmpty() ? "" : published + ":")
            + port.need("target")
            + (protocol.isEmpty() ? "" : "/" + protocol),
        node);
  }

  void volume(Node node) {
    if (!(node instanceof MappingNode)) {
      flags.add(VOLUME, flags.scalar(node), node);
      return;
    }
    YamlMap volume = flags.map(node);
    List<String> fields = new ArrayList<>();
    fields.add("type=" + volume.need("type"));
    flags.field(fields, "source", volume, "source");
    flags.field(fields, "target", volume, "target");
    flags.field(fields, "readonly", volume, "read_only");
    YamlMap bind = volume.map("bind");
    if (bind != null) {
      flags.field(fields, "bind-propagation", bind, "propagation");
    }
    YamlMap named = volume.map("volume");
    if (named != null) {
      flags.field(fields, "volume-nocopy", named, "nocopy");
      flags.field(fields, "volume-subpath", named, "subpath");
    }
    YamlMap tmpfs = volume.map("tmpfs");
    if (tmpfs != null) {
      flags.field(fields, "tmpfs-size", tmpfs, "size");
      Node mode = tmpfs.get("mode");
      if (mode != null) {
        // YAML reads 0755 as octal and 493 as decimal; the flag is octal.
        String text = flags.scalar(mode);
        fields.add(
            "tmpfs-mode="
                + (text.startsWith("0") || !text.matches("[0-9]{1,6}")
                    ? text.replaceFirst("^0o", "")
                    : Integer.toOctalString(Integer.parseInt(text))));
      }
    }
    flags.add(MOUNT, ComposeFlags.csv(fields), node);
  }

  /**
   * A secret or a config, which is mounted read-only.
   *
   * @param files the host's files that they are, by section and name; another comes from an
   *     environment variable, or is the engine's own
   */
  void file(Node node, String section, Map<String, String> files) {
    boolean detailed = node instanceof MappingNode;
    YamlMap map = detailed ? flags.map(node) : null;
    String name = map == null ? flags.scalar(node) : ComposeFlags.plain(map.need("source"));
    String target = map == null ? "" : flags.optional(map, "target");
    String file = files.get(section + "/" + name);
    if (file == null || file.isEmpty() || file.contains(":")) {
      return;
    }
    String place = target.isEmpty() ? name : target;
    flags.add(
        VOLUME,
        (file.matches("[/.~].*") ? file : "./" + file)
            + ":"
            + (place.startsWith("/") ? "" : section.equals("secrets") ? "/run/secrets/" : "/")
            + place
            + ":ro",
        node);
  }

  void device(Node node) {
    if (!(node instanceof MappingNode)) {
      flags.add(DEVICE, flags.scalar(node), node);
      return;
    }
    YamlMap device = flags.map(node);
    String target = flags.optional(device, "target");
    String permissions = flags.optional(device, "permissions");
    String source = device.need("source");
    flags.add(
        DEVICE,
        source
            + ":"
            + (target.isEmpty() ? source : target)
            + (permissions.isEmpty() ? "" : ":" + permissions),
        node);
  }

  /** {@code all}, or a list of requests. */
  void gpus(Node value) {
    if (value instanceof ScalarNode) {
      flags.add(GPUS, flags.scalar(value), value);
    } else {
      flags.each(value).forEach(this::deviceRequest);
    }
  }

  private void deviceRequest(Node node) {
    YamlMap request = flags.map(node);
    List<String> fields = new ArrayList<>();
    flags.field(fields, "driver", request, "driver");
    flags.field(fields, "count", request, "count");
    Node ids = request.get("device_ids");
    if (ids != null) {
      fields.add(
          "device=" + String.join(",", flags.each(ids).stream().map(flags::scalar).toList()));
    } else if (request.get("count") == null) {
      fields.add("count=all");
    }
    Node capabilities = request.get("capabilities");
    if (capabilities != null) {
      fields.add(
          "capabilities="
              + String.join(",", flags.each(capabilities).stream().map(flags::scalar).toList()));
    }
    flags.add(GPUS, ComposeFlags.csv(fields), node);
  }

  void networks(Node value) {
    if (!(value instanceof MappingNode)) {
      flags.each(value).forEach(node -> flags.add(NETWORK, "name=" + flags.scalar(node), node));
      return;
    }
    YamlMap networks = flags.map(value);
    for (String name : networks.names()) {
      Node node = networks.get(name);
      List<String> fields = new ArrayList<>(List.of("name=" + name));
      if (node instanceof MappingNode) {
        YamlMap options = flags.map(node);
        Node aliases = options.get("aliases");
        for (Node alias : aliases == null ? List.<Node>of() : flags.each(aliases)) {
          fields.add("alias=" + flags.scalar(alias));
        }
        flags.field(fields, "ip", options, "ipv4_address");
        flags.field(fields, "ip6", options, "ipv6_address");
        flags.field(fields, "mac-address", options, "mac_address");
        Node local = options.get("link_local_ips");
        for (Node address : local == null ? List.<Node>of() : flags.each(local)) {
          fields.add("link-local-ip=" + flags.scalar(address));
        }
      }
      flags.add(NETWORK, ComposeFlags.csv(fields), networks.key(name));
    }
  }

  /** What compose itself takes of {@code deploy}: resources. */
  void deploy(YamlMap deploy) {
    YamlMap resources = deploy.map("resources");
    YamlMap limits = resources == null ? null : resources.map("limits");
    if (limits != null) {
      fromDeploy(limits, "cpus", CPUS);
      fromDeploy(limits, "memory", MEMORY);
      fromDeploy(limits, "pids", PIDS_LIMIT);
    }
    YamlMap reservations = resources == null ? null : resources.map("reservations");
    if (reservations != null) {
      fromDeploy(reservations, "memory", MEMORY_RESERVATION);
      Node devices = reservations.get("devices");
      if (devices != null) {
        flags.each(devices).forEach(this::deviceRequest);
      }
    }
  }

  private void fromDeploy(YamlMap map, String key, RunFlag flag) {
    Node node = map.get(key);
    if (node != null) {
      flags.add(flag, flags.scalar(node), map.key(key));
    }
  }
}
