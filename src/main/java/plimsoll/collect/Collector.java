package plimsoll.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Endpoint;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;
import plimsoll.collect.EngineCollector.Found;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Host;
import plimsoll.model.Mount;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.model.Volume;

/** One look at a live host. */
public final class Collector {
  /** Places that containers and engines use and that are symbolic links on many hosts. */
  private static final List<String> USUAL_LINKS =
      List.of("/var/run", "/bin", "/sbin", "/lib", "/lib64", "/var/lock", "/var/lib/docker");

  private final HostFiles files;
  private final Clock clock;
  private final Snapshot.Tool tool;
  private @Nullable Found before;
  private @Nullable View<Host> host;

  /**
   * For a host.
   *
   * @param root where the host's {@code /} is
   */
  public Collector(Path root, Clock clock, Snapshot.Tool tool) {
    this.files = new HostFiles(root);
    this.clock = clock;
    this.tool = tool;
  }

  /**
   * A snapshot, and whether it is whole.
   *
   * @param engineAnswered whether the engine answered everything it was asked
   */
  public record Collected(Snapshot snapshot, boolean engineAnswered) {}

  /**
   * Takes a snapshot. It never fails: an engine that does not answer is the gap {@code /engine}.
   *
   * @param deadline how long one answer of the engine may take
   * @param look how much to look at
   * @param progress told what is being done
   */
  public Collected collect(
      Endpoint endpoint, Duration deadline, Look look, Consumer<String> progress) {
    Cgroups cgroups = Cgroups.read(files);
    List<Gap> gaps = new ArrayList<>();
    Found found = null;
    try (EngineClient client = new EngineClient(endpoint, deadline)) {
      found = new EngineCollector(client, endpoint, files, progress).collect(look, before);
      before = found;
      gaps.addAll(found.gaps());
    } catch (EngineException e) {
      gaps.add(new Gap("/engine", String.valueOf(e.getMessage())));
    }
    List<Container> containers = found == null ? List.of() : found.containers();
    progress.accept("asking the kernel about the host and " + containers.size() + " containers");
    Collection<String> paths = new TreeSet<>(look.paths());
    paths.addAll(paths(containers, found));
    List<Container> seen = found == null ? containers : enforced(found, cgroups, gaps);
    Snapshot snapshot =
        new Snapshot(
            Snapshot.SCHEMA,
            clock.instant(),
            tool,
            host(look, cgroups, paths, found),
            found == null ? null : found.engine(),
            seen,
            found == null ? List.of() : found.images(),
            found == null ? List.of() : found.networks(),
            found == null ? List.of() : found.volumes(),
            gaps);
    return new Collected(snapshot, found != null && found.answeredAll());
  }

  private View<Host> host(
      Look look, Cgroups cgroups, Collection<String> paths, @Nullable Found found) {
    View<Host> known = host;
    if (known == null || look.anew()) {
      known =
          new HostCollector(files)
              .collect(
                  cgroups,
                  paths,
                  sockets(found),
                  look.containers() == null ? new AroundEngine(files, found) : null);
      host = known;
    }
    return known;
  }

  private List<Container> enforced(Found found, Cgroups cgroups, List<Gap> gaps) {
    Engine engine = found.engine().facts();
    if (!engine.local()) {
      gaps.add(
          new Gap(
              "/containers",
              "the engine is not on this host: containers are judged by what was asked for alone,"
                  + " and nothing of what its kernel enforces; run Plimsoll there, on its Unix"
                  + " socket"));
      return found.containers();
    }
    Engine.Daemon daemon = engine.daemon();
    Long pid = daemon == null ? null : (Long) daemon.pid();
    ContainerProcesses processes = new ContainerProcesses(files, cgroups, found.execs());
    MountTable table;
    try {
      processes.scan(
          found.containers().stream()
              .map(container -> container.identity().id())
              .collect(Collectors.toSet()));
      table = mountsOf(pid);
    } catch (IOException e) {
      gaps.add(
          new Gap("/containers", "the kernel cannot be asked about them: " + HostFiles.reason(e)));
      return found.containers();
    }
    EnforcedReader reader =
        new EnforcedReader(
            files,
            cgroups,
            new NamespaceReader(files, pid),
            processes,
            new EnforcedMounts(files, table, engine.platform().rootDirectory()),
            new Bundle(files, found.execRoot()),
            found.runtimes());
    return found.containers().parallelStream()
        .map(container -> enforced(reader, container))
        .toList();
  }

  /** What the daemon sees mounted, else what this process does. */
  private MountTable mountsOf(@Nullable Long daemon) throws IOException {
    if (daemon != null) {
      try {
        return MountTable.read(files, daemon.toString());
      } catch (IOException e) {
        // Not root: this process's own will do.
      }
    }
    return MountTable.read(files, "self");
  }

  private static Container enforced(EnforcedReader reader, Container container) {
    @Nullable Long pid = container.identity().pid();
    return pid == null ? container : reader.read(container, pid);
  }

  private static Collection<String> paths(List<Container> containers, @Nullable Found found) {
    SortedSet<String> paths = new TreeSet<>(USUAL_LINKS);
    for (Container container : containers) {
      for (Mount mount : container.requested().facts().mounts()) {
        paths.addAll(mount.hostPaths());
      }
    }
    // A volume may be a bind mount in disguise.
    for (Volume volume : found == null ? List.<Volume>of() : found.volumes()) {
      paths.addAll(volume.hostPaths());
    }
    paths.addAll(sockets(found));
    String root = found == null ? null : found.engine().facts().platform().rootDirectory();
    if (root != null) {
      paths.add(root);
    }
    return paths;
  }

  private static Collection<String> sockets(@Nullable Found found) {
    return found == null ? List.of() : found.engine().facts().sockets();
  }
}
