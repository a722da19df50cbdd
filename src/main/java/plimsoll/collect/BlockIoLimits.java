package plimsoll.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import plimsoll.collect.Cgroups.Shown;
import plimsoll.model.Limits.Throttle;

/** What cgroups limit a process to in block input and output. */
final class BlockIoLimits {
  /** What weight a cgroup has by itself: version 1's own file, and all others. */
  private static final int V1_WEIGHT = 500;

  private static final int WEIGHT = 100;

  /** Kinds of {@link Throttle}, and their keys in {@code io.max}. */
  private static final SortedMap<String, String> THROTTLES =
      new TreeMap<>(
          Map.of(
              "read-bps",
              "rbps",
              "write-bps",
              "wbps",
              "read-iops",
              "riops",
              "write-iops",
              "wiops"));

  private final HostFiles files;
  private final Cgroups cgroups;

  BlockIoLimits(HostFiles files, Cgroups cgroups) {
    this.files = files;
    this.cgroups = cgroups;
  }

  /**
   * The weight of block input and output, 10 to 1000; null for the default.
   *
   * @param asked whether one was asked for: then the default is a value like any other, and a
   *     kernel that has no weights is an error
   */
  Shown<Integer> ioWeight(long pid, boolean asked) throws IOException {
    String controller = cgroups.legacy("blkio") ? "blkio" : "io";
    String path = cgroups.path(pid, controller, controller + ".weight");
    String bfq = cgroups.path(pid, controller, controller + ".bfq.weight");
    // Where there are both, version 2's own has no effect with that scheduler.
    for (String file : cgroups.legacy("blkio") ? List.of(path, bfq) : List.of(bfq, path)) {
      String text = files.tryRead(file);
      if (text != null) {
        // Version 2 writes "default 100", and lines for single devices below it.
        int number = Integer.parseInt(text.replaceFirst("(?s)(default )?([0-9]+).*", "$2"));
        boolean own = controller.equals("blkio") || file.endsWith("bfq.weight");
        int usual = file.equals(path) && own ? V1_WEIGHT : WEIGHT;
        int weight = own ? number : Weights.toBlkio(number);
        return new Shown<>(number == usual && !asked ? null : (Integer) weight, file, null);
      }
    }
    if (asked) {
      throw new IOException("this kernel has no weights for block input and output");
    }
    return new Shown<>(null, path, null);
  }

  /**
   * A hard limit on a device.
   *
   * @param kind as {@link Throttle} names it
   * @param device {@code MAJOR:MINOR}
   */
  Shown<Long> throttle(long pid, String kind, String device) throws IOException {
    for (Throttle throttle : throttlesIn(throttleFile(pid, kind), kind)) {
      if (throttle.kind().equals(kind) && throttle.device().equals(device)) {
        return new Shown<>(throttle.rate(), throttleFile(pid, kind), null);
      }
    }
    return new Shown<>(null, throttleFile(pid, kind), null);
  }

  /**
   * All hard limits, devices by {@code MAJOR:MINOR}. A cgroup without the controller has no file,
   * and no limit.
   */
  Shown<List<Throttle>> throttles(long pid) throws IOException {
    List<Throttle> all = new ArrayList<>();
    String file = "";
    for (String kind : cgroups.legacy("blkio") ? THROTTLES.keySet() : Set.of("read-bps")) {
      file = throttleFile(pid, kind);
      all.addAll(files.exists(file) ? throttlesIn(file, kind) : List.of());
    }
    return new Shown<>(all, file, null);
  }

  private String throttleFile(long pid, String kind) throws IOException {
    return cgroups.legacy("blkio")
        ? cgroups.path(pid, "blkio", "blkio.throttle." + kind.replace('-', '_') + "_device")
        : cgroups.path(pid, "io", "io.max");
  }

  /** A file of version 1 has lines {@code 8:0 1000} of one kind, that of version 2 of all kinds. */
  private List<Throttle> throttlesIn(String file, String kind) throws IOException {
    List<Throttle> throttles = new ArrayList<>();
    for (String line : files.read(file).split("\n")) {
      String[] words = line.strip().split(" +");
      if (cgroups.legacy("blkio") && words.length == 2) {
        throttles.add(new Throttle(kind, words[0], Long.parseLong(words[1])));
      } else if (!cgroups.legacy("blkio")) {
        THROTTLES.forEach((each, key) -> {
          for (String word : words) {
            if (word.startsWith(key + "=") && !word.endsWith("=max")) {
              throttles.add(
                  new Throttle(each, words[0], Long.parseLong(word.substring(key.length() + 1))));
            }
          }
        });
      }
    }
    return throttles;
  }
}
