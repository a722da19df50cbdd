package plimsoll.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Engine;

/**
 * What the daemon's process was told: its command line and its configuration file.
 *
 * @param config the configuration file's content; a missing node where there is no such file
 * @param configTrouble why the file's content cannot be taken for what is in force; null where it
 *     can
 */
record DaemonProcess(
    Engine.Daemon daemon, DaemonFlags flags, JsonNode config, @Nullable String configTrouble) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String DEFAULT_CONFIG = "/etc/docker/daemon.json";

  /**
   * Linux counts process times for user space in hundredths of a second on every architecture Java
   * runs on.
   */
  private static final int TICKS_PER_SECOND = 100;

  static DaemonProcess read(HostFiles files, long pid) throws IOException {
    ProcessIdentity before = ProcessIdentity.of(files, pid);
    List<String> words = List.of(files.read("/proc/" + pid + "/cmdline").split("\0"));
    DaemonFlags flags = DaemonFlags.parse(words);
    String named = flags.last("config-file");
    String path = named == null ? DEFAULT_CONFIG : named;
    String program = files.tryLink("/proc/" + pid + "/exe");
    boolean replaced = program != null && program.endsWith(HostFiles.REPLACED);
    Engine.Daemon daemon =
        new Engine.Daemon(
            pid,
            program == null ? null : program.replace(HostFiles.REPLACED, ""),
            path,
            program == null ? null : (Boolean) replaced);
    DaemonProcess read = readConfig(files, before, daemon, flags, path);
    if (!before.stillThere(files)) {
      throw new IOException("the daemon's process " + pid + " ended while it was being read");
    }
    return read;
  }

  private static DaemonProcess readConfig(
      HostFiles files,
      ProcessIdentity process,
      Engine.Daemon daemon,
      DaemonFlags flags,
      String path) {
    Path file = inItsMounts(files, process.pid(), path);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new DaemonProcess(daemon, flags, MissingNode.getInstance(), null);
    }
    try {
      JsonNode config = MAPPER.readTree(Files.readString(file));
      FileTime changed = Files.getLastModifiedTime(file);
      String trouble =
          changed.toInstant().isAfter(started(files, process))
              ? path + " was changed after the daemon started, and may not be in force: restart it"
              : null;
      return new DaemonProcess(daemon, flags, config, trouble);
    } catch (IOException e) {
      return new DaemonProcess(
          daemon,
          flags,
          MissingNode.getInstance(),
          e instanceof com.fasterxml.jackson.core.JacksonException
              ? path + " is not JSON"
              : HostFiles.reason(e));
    }
  }

  /** A path as the daemon sees it, which may have a mount namespace of its own. */
  private static Path inItsMounts(HostFiles files, long pid, String path) {
    String theirs = files.tryLink("/proc/" + pid + "/ns/mnt");
    String ours = files.tryLink("/proc/self/ns/mnt");
    return theirs == null || theirs.equals(ours)
        ? files.at(path)
        : files.at("/proc/" + pid + "/root" + path);
  }

  /**
   * The latest moment at which a process may have started: boot time and start are both cut to the
   * second.
   */
  private static Instant started(HostFiles files, ProcessIdentity process) throws IOException {
    for (String line : files.read("/proc/stat").split("\n")) {
      if (line.startsWith("btime ")) {
        long boot = Long.parseLong(line.substring(6).strip());
        return Instant.ofEpochSecond(
            boot + Long.parseLong(process.startTime()) / TICKS_PER_SECOND + 2);
      }
    }
    throw new IOException("/proc/stat does not say when the machine started");
  }
}
