package plimsoll.collect;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.EngineClient.EngineException;
import plimsoll.collect.EngineCollector.Found;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Mount;
import plimsoll.model.Snapshot;

/** One look at a live host. */
public final class Collector {
  /** Places that containers and engines use and that are symbolic links on many hosts. */
  private static final List<String> USUAL_LINKS =
      List.of("/var/run", "/bin", "/sbin", "/lib", "/lib64", "/var/lock", "/var/lib/docker");

  private final HostFiles files;
  private final Clock clock;
  private final Snapshot.Tool tool;

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
   */
  public Collected collect(Endpoint endpoint, Duration deadline) {
    Cgroups cgroups = Cgroups.read(files);
    List<Gap> gaps = new ArrayList<>();
    Found found = null;
    try (EngineClient client = new EngineClient(endpoint, deadline)) {
      found = new EngineCollector(client, endpoint, files).collect();
      gaps.addAll(found.gaps());
    } catch (EngineException e) {
      gaps.add(new Gap("/engine", String.valueOf(e.getMessage())));
    }
    List<Container> containers = found == null ? List.of() : found.containers();
    Snapshot snapshot =
        new Snapshot(
            Snapshot.SCHEMA,
            clock.instant(),
            tool,
            new HostCollector(files).collect(cgroups, paths(containers, found)),
            found == null ? null : found.engine(),
            found == null ? containers : enforced(found, cgroups),
            found == null ? List.of() : found.images(),
            found == null ? List.of() : found.networks(),
            found == null ? List.of() : found.volumes(),
            gaps);
    return new Collected(snapshot, found != null && found.answeredAll());
  }

  private List<Container> enforced(Found found, Cgroups cgroups) {
    Engine engine = found.engine().facts();
    if (!engine.local()) {
      return found.containers();
    }
    Engine.Daemon daemon = engine.daemon();
    EnforcedReader reader =
        new EnforcedReader(
            files, cgroups, new NamespaceReader(files, daemon == null ? null : daemon.pid()));
    return found.containers().stream().map(container -> enforced(reader, container)).toList();
  }

  private static Container enforced(EnforcedReader reader, Container container) {
    @Nullable Long pid = container.identity().pid();
    return pid == null ? container : container.withEnforced(reader.read(container, pid));
  }

  private static Collection<String> paths(List<Container> containers, @Nullable Found found) {
    SortedSet<String> paths = new TreeSet<>(USUAL_LINKS);
    for (Container container : containers) {
      for (Mount mount : container.requested().facts().mounts()) {
        if (mount.source() != null && mount.source().startsWith("/")) {
          paths.add(mount.source());
        }
      }
    }
    if (found != null) {
      paths.addAll(found.engine().facts().sockets());
    }
    return paths;
  }
}
