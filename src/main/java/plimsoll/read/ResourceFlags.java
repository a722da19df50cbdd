package plimsoll.read;

import static plimsoll.read.RunFlag.*;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import plimsoll.read.RunLine.Given;

/** Limits, devices and what else is counted. */
final class ResourceFlags {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Set<String> ULIMITS =
      Set.of(
          "core",
          "cpu",
          "data",
          "fsize",
          "locks",
          "memlock",
          "msgqueue",
          "nice",
          "nofile",
          "nproc",
          "rss",
          "rtprio",
          "rttime",
          "sigpending",
          "stack");

  private final RunLine line;
  private final Fields fields;

  ResourceFlags(RunLine line, Fields fields) {
    this.line = line;
    this.fields = fields;
  }

  void apply() throws RunLineException {
    memory();
    processor();
    blockIo();
    // What podman allows a container that says nothing (containers.conf(5)).
    fields.set("HostConfig.PidsLimit", line.dialect() == Dialect.PODMAN ? 2048 : 0, null);
    fields.number(PIDS_LIMIT, "HostConfig.PidsLimit");
    fields.emptyList("HostConfig.Ulimits");
    // One of a name, the last; in the order of names.
    Map<String, Given> ulimits = new TreeMap<>();
    for (Given given : line.all(ULIMIT)) {
      ulimits.put(ulimit(given).path("Name").asText(), given);
    }
    for (Given given : ulimits.values()) {
      fields.add("HostConfig.Ulimits", ulimit(given), given);
    }
    for (Given given : line.all(STORAGE_OPT)) {
      int equals = given.value().indexOf('=');
      if (equals <= 0) {
        throw new RunLineException(given.word(), "invalid storage option");
      }
      fields.putInto(
          "HostConfig.StorageOpt",
          given.value().substring(0, equals),
          given.value().substring(equals + 1),
          given);
    }
  }

  private void memory() throws RunLineException {
    fields.bytes(MEMORY, "HostConfig.Memory");
    fields.bytes(MEMORY_RESERVATION, "HostConfig.MemoryReservation");
    fields.bytes(KERNEL_MEMORY, "HostConfig.KernelMemory");
    fields.bytes(SHM_SIZE, "HostConfig.ShmSize");
    fields.number(
        MEMORY_SWAP,
        "HostConfig.MemorySwap",
        given -> given.value().equals("-1") ? -1 : Quantities.bytes(given));
    fields.set("HostConfig.MemorySwappiness", -1, null);
    fields.number(MEMORY_SWAPPINESS, "HostConfig.MemorySwappiness");
    Given swappiness = line.last(MEMORY_SWAPPINESS);
    long percent = swappiness == null ? -1 : Quantities.whole(swappiness);
    if (swappiness != null && (percent < -1 || percent > 100)) {
      throw new RunLineException(
          swappiness.word(),
          "invalid value: " + swappiness.value() + ". Valid memory swappiness range is 0-100");
    }
    fields.set("HostConfig.OomKillDisable", false, null);
    fields.truth(OOM_KILL_DISABLE, "HostConfig.OomKillDisable");
    fields.number(OOM_SCORE_ADJ, "HostConfig.OomScoreAdj");
  }

  private void processor() throws RunLineException {
    fields.number(CPUS, "HostConfig.NanoCpus", Quantities::nanoCpus);
    fields.number(CPU_SHARES, "HostConfig.CpuShares");
    fields.number(CPU_QUOTA, "HostConfig.CpuQuota");
    fields.number(CPU_PERIOD, "HostConfig.CpuPeriod");
    fields.number(CPU_RT_PERIOD, "HostConfig.CpuRealtimePeriod");
    fields.number(CPU_RT_RUNTIME, "HostConfig.CpuRealtimeRuntime");
    fields.number(CPU_COUNT, "HostConfig.CpuCount");
    fields.number(CPU_PERCENT, "HostConfig.CpuPercent");
    fields.text(CPUSET_CPUS, "HostConfig.CpusetCpus");
    fields.text(CPUSET_MEMS, "HostConfig.CpusetMems");
  }

  private void blockIo() throws RunLineException {
    fields.number(
        BLKIO_WEIGHT,
        "HostConfig.BlkioWeight",
        given -> {
          long value = Quantities.whole(given);
          if (value < 0 || value > 65_535) {
            throw Quantities.invalid(given, "value out of range");
          }
          return value;
        });
    fields.emptyList("HostConfig.BlkioWeightDevice");
    for (Given given : line.all(BLKIO_WEIGHT_DEVICE)) {
      fields.add("HostConfig.BlkioWeightDevice", rated(given, "Weight", false), given);
    }
    rates(DEVICE_READ_BPS, "HostConfig.BlkioDeviceReadBps", true);
    rates(DEVICE_WRITE_BPS, "HostConfig.BlkioDeviceWriteBps", true);
    rates(DEVICE_READ_IOPS, "HostConfig.BlkioDeviceReadIOps", false);
    rates(DEVICE_WRITE_IOPS, "HostConfig.BlkioDeviceWriteIOps", false);
    fields.bytes(IO_MAXBANDWIDTH, "HostConfig.IOMaximumBandwidth");
    fields.number(IO_MAXIOPS, "HostConfig.IOMaximumIOps");
  }

  private void rates(RunFlag flag, String field, boolean bytes) throws RunLineException {
    fields.emptyList(field);
    for (Given given : line.all(flag)) {
      fields.add(field, rated(given, "Rate", bytes), given);
    }
  }

  /** {@code DEVICE:RATE}. */
  private static ObjectNode rated(Given given, String name, boolean bytes) throws RunLineException {
    int colon = given.value().indexOf(':');
    if (colon < 0 || !given.value().startsWith("/dev/")) {
      throw Quantities.invalid(given, "bad format: it is /dev/PATH:NUMBER");
    }
    String rate = given.value().substring(colon + 1);
    ObjectNode device = JSON.objectNode().put("Path", given.value().substring(0, colon));
    if (bytes) {
      return device.put(name, Quantities.bytes(given, rate));
    }
    if (!rate.matches("[0-9]{1,18}")) {
      throw Quantities.invalid(given, "the rate must be a positive whole number");
    }
    return device.put(name, Long.parseLong(rate));
  }

  /** {@code NAME=SOFT[:HARD]}. */
  private static ObjectNode ulimit(Given given) throws RunLineException {
    String[] halves = given.value().split("=", 2);
    String[] limits = halves.length == 2 ? halves[1].split(":", -1) : new String[0];
    if (limits.length < 1 || limits.length > 2) {
      throw Quantities.invalid(given, "it is NAME=SOFT[:HARD]");
    }
    if (!ULIMITS.contains(halves[0])) {
      throw Quantities.invalid(given, "invalid ulimit type: " + halves[0]);
    }
    try {
      long soft = Long.parseLong(limits[0]);
      long hard = limits.length == 2 ? Long.parseLong(limits[1]) : soft;
      if (soft > hard && hard != -1) {
        throw Quantities.invalid(
            given, "ulimit soft limit must be less than or equal to hard limit");
      }
      return JSON.objectNode().put("Name", halves[0]).put("Soft", soft).put("Hard", hard);
    } catch (NumberFormatException e) {
      throw Quantities.invalid(given, "a limit is a whole number");
    }
  }
}
