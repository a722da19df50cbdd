package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Limits;
import plimsoll.model.Limits.BlockIo;
import plimsoll.model.Limits.Cpu;
import plimsoll.model.Limits.Memory;
import plimsoll.model.Limits.Ulimit;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/** The resource limits of a {@code HostConfig}. */
final class LimitsReader {
  /** In the order they are listed. */
  static final Map<String, String> THROTTLES =
      new TreeMap<>(
          Map.of(
              "BlkioDeviceReadBps", "read-bps",
              "BlkioDeviceWriteBps", "write-bps",
              "BlkioDeviceReadIOps", "read-iops",
              "BlkioDeviceWriteIOps", "write-iops"));

  private final JsonNode hostConfig;
  private final Provenance provenance;

  private LimitsReader(JsonNode hostConfig, Provenance provenance) {
    this.hostConfig = hostConfig;
    this.provenance = provenance;
  }

  static Limits read(JsonNode hostConfig, Provenance provenance) {
    LimitsReader reader = new LimitsReader(hostConfig, provenance);
    return new Limits(
        reader.limit("/limits/pids", "PidsLimit"),
        reader.memory(),
        reader.cpu(),
        reader.io(),
        reader.ulimits());
  }

  private Memory memory() {
    Long limit = limit("/limits/memory/limit", "Memory");
    Long withSwap = limit("/limits/memory/swap", "MemorySwap");
    Long swap;
    if (limit == null) {
      swap = null;
    } else if (withSwap != null) {
      swap = Math.max(0, withSwap - limit);
    } else {
      // 0 lets the engine allow as much swap again as memory; -1 asks for no limit.
      swap = hostConfig.path("MemorySwap").asLong(0) == 0 ? limit : null;
    }
    Long adjust = Json.number(hostConfig, "OomScoreAdj");
    origin("/limits/memory/reservation", "MemoryReservation");
    origin("/limits/memory/oomKillDisabled", "OomKillDisable");
    origin("/limits/memory/oomScoreAdjust", "OomScoreAdj");
    return new Memory(
        limit,
        swap,
        Json.positive(hostConfig, "MemoryReservation"),
        hostConfig.path("OomKillDisable").asBoolean(false),
        adjust == null ? 0 : adjust.intValue());
  }

  private Cpu cpu() {
    Double cpus = null;
    Long nano = Json.positive(hostConfig, "NanoCpus");
    Long quota = Json.positive(hostConfig, "CpuQuota");
    if (nano != null) {
      cpus = nano / 1e9;
      origin("/limits/cpu/cpus", "NanoCpus");
    } else {
      origin("/limits/cpu/cpus", "CpuQuota");
      if (quota != null) {
        Long period = Json.positive(hostConfig, "CpuPeriod");
        // As precise as NanoCpus, which says the same.
        cpus = Math.round(quota * 1e9 / (period == null ? 100_000.0 : period)) / 1e9;
      }
    }
    origin("/limits/cpu/shares", "CpuShares");
    origin("/limits/cpu/cpuset", "CpusetCpus");
    return new Cpu(
        cpus,
        Json.positive(hostConfig, "CpuShares"),
        Json.text(hostConfig, "CpusetCpus"),
        Json.positive(hostConfig, "CpuRealtimeRuntime"));
  }

  private BlockIo io() {
    Long weight = limit("/limits/io/weight", "BlkioWeight");
    List<Limits.Throttle> throttles = new ArrayList<>();
    for (var kind : THROTTLES.entrySet()) {
      for (JsonNode device : hostConfig.path(kind.getKey())) {
        origin("/limits/io/throttles", kind.getKey());
        throttles.add(
            new Limits.Throttle(
                kind.getValue(), device.path("Path").asText(), device.path("Rate").asLong()));
      }
    }
    return new BlockIo(weight == null ? null : weight.intValue(), throttles);
  }

  private List<Ulimit> ulimits() {
    List<Ulimit> ulimits = new ArrayList<>();
    for (JsonNode ulimit : hostConfig.path("Ulimits")) {
      ulimits.add(
          new Ulimit(
              ulimit.path("Name").asText(),
              ulimit.path("Soft").asLong(),
              ulimit.path("Hard").asLong()));
    }
    origin("/limits/ulimits", "Ulimits");
    return ulimits;
  }

  private @Nullable Long limit(String pointer, String field) {
    origin(pointer, field);
    return Json.positive(hostConfig, field);
  }

  private void origin(String pointer, String field) {
    String name = "HostConfig." + field;
    provenance.origin(
        pointer, Json.says(hostConfig.path(field)) ? Origin.inspect(name) : Origin.byDefault(name));
  }
}
