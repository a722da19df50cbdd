package plimsoll.collect;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.Cgroups.Shown;

/** What cgroups limit a process to in processor time and processors. */
final class ProcessorLimits {
  private final HostFiles files;
  private final Cgroups cgroups;

  ProcessorLimits(HostFiles files, Cgroups cgroups) {
    this.files = files;
    this.cgroups = cgroups;
  }

  /** How many processors' worth of time at most. */
  Shown<Double> cpus(long pid) throws IOException {
    if (!cgroups.legacy("cpu")) {
      return cgroups.smallest(
          pid,
          "cpu",
          "cpu.max",
          text -> {
            String[] parts = text.split(" ");
            return parts[0].equals("max")
                ? null
                : (Double) (Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]));
          });
    }
    Shown<Double> found = new Shown<>(null, cgroups.path(pid, "cpu", "cpu.cfs_quota_us"), null);
    String own = cgroups.own(pid, "cpu");
    for (String at = own; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      String folder = cgroups.mounted("cpu").point() + at;
      boolean inherited = !at.equals(own);
      String file = folder + "/cpu.cfs_quota_us";
      long quota = Long.parseLong(inherited ? cgroups.shared(file) : files.read(file).strip());
      if (quota > 0) {
        double cpus =
            (double) quota / Long.parseLong(files.read(folder + "/cpu.cfs_period_us").strip());
        if (found.value() == null || cpus < found.value()) {
          found = new Shown<>(cpus, file, inherited ? at.substring(1) : null);
        }
      }
    }
    return found;
  }

  /**
   * The relative weight as Docker counts it; null for the default.
   *
   * @param asked what was asked for: runtimes translate it for version 2 in two ways
   */
  Shown<Long> cpuShares(long pid, @Nullable Long asked) throws IOException {
    String path = cgroups.path(pid, "cpu", cgroups.file("cpu", "cpu.shares", "cpu.weight"));
    long value = Long.parseLong(files.read(path).strip());
    if (cgroups.legacy("cpu")) {
      return new Shown<>(value == 1024 ? null : (Long) value, path, null);
    }
    if (asked != null && Weights.isOfShares(value, asked)) {
      return new Shown<>(asked, path, null);
    }
    return new Shown<>(value == 100 ? null : (Long) Weights.toShares(value), path, null);
  }

  /**
   * The processors it may run on; null for all there are.
   *
   * @param asked whether it was restricted at all
   */
  Shown<String> cpuset(long pid, boolean asked) throws IOException {
    String path =
        cgroups.path(pid, "cpuset", cgroups.file("cpuset", "cpuset.cpus", "cpuset.cpus.effective"));
    String cpus = files.tryRead(path);
    String online = files.tryRead("/sys/devices/system/cpu/online");
    boolean all = cpus == null || cpus.isEmpty() || (!asked && cpus.equals(online));
    return new Shown<>(all ? null : cpus, path, null);
  }
}
