package plimsoll.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Limits;
import plimsoll.model.Limits.Throttle;
import plimsoll.model.Limits.Ulimit;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/** What a process may use up, by its cgroups and by its own limits. */
final class EnforcedLimits {
  /** Names of {@code /proc/PID/limits} by those of {@code --ulimit}. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("core", "Max core file size"),
          Map.entry("cpu", "Max cpu time"),
          Map.entry("data", "Max data size"),
          Map.entry("fsize", "Max file size"),
          Map.entry("locks", "Max file locks"),
          Map.entry("memlock", "Max locked memory"),
          Map.entry("msgqueue", "Max msgqueue size"),
          Map.entry("nice", "Max nice priority"),
          Map.entry("nofile", "Max open files"),
          Map.entry("nproc", "Max processes"),
          Map.entry("rss", "Max resident set"),
          Map.entry("rtprio", "Max realtime priority"),
          Map.entry("rttime", "Max realtime timeout"),
          Map.entry("sigpending", "Max pending signals"),
          Map.entry("stack", "Max stack size"));

  private final HostFiles files;
  private final Cgroups cgroups;
  private final ProcessorLimits processors;
  private final BlockIoLimits blockIo;
  private final long pid;
  private final Limits requested;
  private final Provenance provenance;

  EnforcedLimits(
      HostFiles files, Cgroups cgroups, long pid, Limits requested, Provenance provenance) {
    this.files = files;
    this.cgroups = cgroups;
    this.processors = new ProcessorLimits(files, cgroups);
    this.blockIo = new BlockIoLimits(files, cgroups);
    this.pid = pid;
    this.requested = requested;
    this.provenance = provenance;
  }

  Limits read() {
    return new Limits(
        number("/limits/pids", () -> cgroups.pids(pid)), memory(), cpu(), io(), ulimits());
  }

  private Limits.Memory memory() {
    Long limit = number("/limits/memory/limit", () -> cgroups.memory(pid));
    // Without a limit on memory there is none on swap, whatever the file says.
    Long swap =
        limit == null ? null : number("/limits/memory/swap", () -> cgroups.swap(pid, limit));
    Integer adjust = null;
    String file = "/proc/" + pid + "/oom_score_adj";
    provenance.origin("/limits/memory/oomScoreAdjust", Origin.kernel(file, null));
    try {
      adjust = Integer.valueOf(files.read(file).strip());
    } catch (IOException | NumberFormatException e) {
      provenance.gap("/limits/memory/oomScoreAdjust", reason(e));
    }
    return new Limits.Memory(
        limit,
        swap,
        null,
        value("/limits/memory/oomKillDisabled", () -> cgroups.oomKillDisabled(pid)),
        adjust);
  }

  private Limits.Cpu cpu() {
    return new Limits.Cpu(
        value("/limits/cpu/cpus", () -> processors.cpus(pid)),
        value("/limits/cpu/shares", () -> processors.cpuShares(pid, requested.cpu().shares())),
        value("/limits/cpu/cpuset", () -> processors.cpuset(pid, requested.cpu().cpuset() != null)),
        null);
  }

  private Limits.BlockIo io() {
    boolean weighted = requested.io().weight() != null;
    Integer weight = value("/limits/io/weight", () -> blockIo.ioWeight(pid, weighted));
    List<Throttle> throttles = new ArrayList<>();
    for (Throttle throttle : requested.io().throttles()) {
      Long rate =
          value(
              "/limits/io/throttles",
              () -> blockIo.throttle(pid, throttle.kind(), files.deviceNumber(throttle.device())));
      if (rate != null) {
        throttles.add(new Throttle(throttle.kind(), throttle.device(), rate));
      }
    }
    if (requested.io().throttles().isEmpty()) {
      List<Throttle> unasked = value("/limits/io/throttles", () -> blockIo.throttles(pid));
      throttles.addAll(unasked == null ? List.of() : unasked);
    }
    return new Limits.BlockIo(weight, throttles);
  }

  /** Those that were asked for; the others are inherited, and nobody's choice. */
  private List<Ulimit> ulimits() {
    List<Ulimit> ulimits = new ArrayList<>();
    String file = "/proc/" + pid + "/limits";
    provenance.origin("/limits/ulimits", Origin.kernel(file, null));
    if (requested.ulimits().isEmpty()) {
      return ulimits;
    }
    try {
      String text = files.read(file);
      for (Ulimit asked : requested.ulimits()) {
        String name = NAMES.getOrDefault(asked.name(), asked.name());
        for (String line : text.split("\n")) {
          if (line.startsWith(name + " ")) {
            String[] columns = line.substring(name.length()).strip().split("\\s+");
            ulimits.add(new Ulimit(asked.name(), ulimit(columns[0]), ulimit(columns[1])));
          }
        }
      }
    } catch (IOException e) {
      provenance.gap("/limits/ulimits", HostFiles.reason(e));
    }
    return ulimits;
  }

  private static long ulimit(String text) {
    return text.equals("unlimited") ? -1 : Long.parseLong(text);
  }

  private interface Source<T> {
    Cgroups.Shown<T> read() throws IOException;
  }

  private @Nullable Long number(String pointer, Source<Long> source) {
    return value(pointer, source);
  }

  private <T> @Nullable T value(String pointer, Source<T> source) {
    try {
      Cgroups.Shown<T> shown = source.read();
      Origin origin = Origin.kernel(shown.file(), null);
      String ancestor = shown.ancestor();
      provenance.origin(
          pointer, ancestor == null ? origin : origin.providedBy("ancestor " + ancestor));
      return shown.value();
    } catch (IOException | NumberFormatException e) {
      provenance.gap(pointer, reason(e));
      return null;
    }
  }

  private static String reason(Exception e) {
    return e instanceof IOException io ? HostFiles.reason(io) : "not a number: " + e.getMessage();
  }
}
