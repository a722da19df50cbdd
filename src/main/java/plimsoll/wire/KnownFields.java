package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import plimsoll.model.Provenance;

/**
 * The fields of an inspected container that this version knows, so that one it does not know
 * becomes a named gap instead of vanishing. Field names are those of the Docker Engine API up to
 * 1.50.
 */
final class KnownFields {
  private KnownFields() {}

  /** Read into the model. */
  private static final Set<String> HOST_CONFIG_READ =
      Set.of(
          "Privileged",
          "CapAdd",
          "CapDrop",
          "SecurityOpt",
          "NetworkMode",
          "PidMode",
          "IpcMode",
          "UTSMode",
          "UsernsMode",
          "CgroupnsMode",
          "CgroupParent",
          "GroupAdd",
          "ReadonlyRootfs",
          "MaskedPaths",
          "ReadonlyPaths",
          "Devices",
          "DeviceCgroupRules",
          "DeviceRequests",
          "Memory",
          "MemorySwap",
          "MemoryReservation",
          "OomKillDisable",
          "OomScoreAdj",
          "NanoCpus",
          "CpuQuota",
          "CpuPeriod",
          "CpuShares",
          "CpusetCpus",
          "CpuRealtimeRuntime",
          "PidsLimit",
          "Ulimits",
          "BlkioWeight",
          "BlkioDeviceReadBps",
          "BlkioDeviceWriteBps",
          "BlkioDeviceReadIOps",
          "BlkioDeviceWriteIOps",
          "Annotations",
          "Binds",
          "Mounts",
          "Tmpfs",
          "VolumesFrom",
          "PortBindings",
          "PublishAllPorts",
          "ExtraHosts",
          "Links",
          "Init",
          "RestartPolicy",
          "LogConfig",
          "Runtime",
          "Sysctls");

  /** Known, and not a fact that any rule judges. */
  private static final Set<String> HOST_CONFIG_LEFT =
      Set.of(
          "AutoRemove",
          "BlkioWeightDevice",
          "Cgroup",
          "ConsoleSize",
          "ContainerIDFile",
          "CpuCount",
          "CpuPercent",
          "CpuRealtimePeriod",
          "CpusetMems",
          "Dns",
          "DnsOptions",
          "DnsSearch",
          "IOMaximumBandwidth",
          "IOMaximumIOps",
          "Isolation",
          "KernelMemory",
          "KernelMemoryTCP",
          "MemorySwappiness",
          "ShmSize",
          "StorageOpt",
          "VolumeDriver");

  private static final Set<String> CONFIG =
      Set.of(
          "ArgsEscaped",
          "AttachStderr",
          "AttachStdin",
          "AttachStdout",
          "Cmd",
          "Domainname",
          "Entrypoint",
          "Env",
          "ExposedPorts",
          "Healthcheck",
          "Hostname",
          "Image",
          "Labels",
          "MacAddress",
          "NetworkDisabled",
          "OnBuild",
          "OpenStdin",
          "Shell",
          "StdinOnce",
          "StopSignal",
          "StopTimeout",
          "Tty",
          "User",
          "Volumes",
          "WorkingDir");

  private static final String UNKNOWN =
      " is set, and this version of Plimsoll does not know the field: nothing was judged by it";

  /** Notes a gap for each field that says something and that this version does not know. */
  static void noteUnknown(JsonNode inspect, Provenance provenance) {
    for (var field : inspect.path("HostConfig").properties()) {
      if (!HOST_CONFIG_READ.contains(field.getKey())
          && !HOST_CONFIG_LEFT.contains(field.getKey())
          && Json.says(field.getValue())) {
        String name = "HostConfig." + field.getKey();
        provenance.gap("/unmapped/" + name, name + UNKNOWN);
      }
    }
    for (var field : inspect.path("Config").properties()) {
      if (!CONFIG.contains(field.getKey()) && Json.says(field.getValue())) {
        String name = "Config." + field.getKey();
        provenance.gap("/unmapped/" + name, name + UNKNOWN);
      }
    }
  }
}
