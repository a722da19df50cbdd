package plimsoll.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The files of a host with cgroup version 2 as a kernel shows them, for processes that do what real
 * ones will not on demand.
 */
public final class FakeHost {
  private static final String MOUNTS =
      """
      20 1 8:1 / / rw - ext4 /dev/sda1 rw
      30 20 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw
      """;
  private static final String[] NAMESPACES = {"net", "pid", "ipc", "uts", "user", "cgroup", "mnt"};

  private final Path root;

  /** In an empty folder. */
  public FakeHost(Path root) throws IOException {
    this.root = root;
    file("/proc/self/mountinfo", MOUNTS);
    link("/proc/self/ns/mnt", "mnt:[1]");
    file("/proc/2/comm", "kthreadd\n");
    for (String kind : NAMESPACES) {
      link("/proc/2/ns/" + kind, kind + ":[1]");
    }
  }

  /** Where it lies. */
  public Path root() {
    return root;
  }

  /** Writes a file. */
  public void file(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  /** Makes a symbolic link. */
  public void link(String path, String target) throws IOException {
    Path link = root.resolve(path.substring(1));
    Files.createDirectories(Objects.requireNonNull(link.getParent()));
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(target));
  }

  /**
   * A process that is confined as an engine confines a container that asks for nothing.
   *
   * @param folder {@code /proc/PID} or {@code /proc/PID/task/TID}
   * @param parent its parent process
   * @param container the container's id
   * @param lines of its status that are otherwise than usual
   */
  public void process(String folder, long parent, String container, Map<String, String> lines)
      throws IOException {
    Map<String, String> status = new TreeMap<>();
    status.put("Name", "sleep");
    status.put("State", "S (sleeping)");
    status.put("VmSize", "4404 kB");
    status.put("Uid", "0\t0\t0\t0");
    status.put("Gid", "0\t0\t0\t0");
    status.put("CapPrm", "00000000a80425fb");
    status.put("CapBnd", "00000000a80425fb");
    status.put("CapAmb", "0000000000000000");
    status.put("NoNewPrivs", "0");
    status.put("Seccomp", "2");
    status.putAll(lines);
    StringBuilder text = new StringBuilder("Umask:\t0022\n");
    status.forEach((name, value) -> text.append(name).append(":\t").append(value).append('\n'));
    file(folder + "/status", text.toString());
    file(folder + "/stat", "7 (a ) (b) S " + parent + " 0".repeat(17) + " 4711 0\n");
    file(folder + "/cgroup", "0::/system.slice/docker-" + container + ".scope\n");
    file(folder + "/uid_map", "0 0 4294967295\n");
    file(folder + "/gid_map", "0 0 4294967295\n");
    file(folder + "/oom_score_adj", "0\n");
    file(folder + "/limits", "Limit  Soft Limit  Hard Limit  Units\n");
    file(folder + "/mountinfo", "40 1 0:50 / / rw - overlay overlay rw\n");
    for (String kind : NAMESPACES) {
      link(folder + "/ns/" + kind, kind + ":[2]");
    }
    if (!folder.contains("/task/")) {
      String pid = folder.substring(folder.lastIndexOf('/') + 1);
      Files.createDirectories(root.resolve(folder.substring(1)).resolve("task").resolve(pid));
    }
  }

  /** What the kernel still shows of a thread that has exited before the others of its process. */
  public void exits(String folder) throws IOException {
    Path there = root.resolve(folder.substring(1));
    for (String kind : NAMESPACES) {
      Files.delete(there.resolve("ns").resolve(kind));
    }
    Files.delete(there.resolve("mountinfo"));
    String status = Files.readString(there.resolve("status"));
    Files.writeString(
        there.resolve("status"),
        status
            .replaceAll("State:.*", "State:\tZ (zombie)")
            .replaceAll("VmSize:.*\n", "")
            .replaceAll("(Cap...):.*", "$1:\t0000000000000000"));
  }
}
