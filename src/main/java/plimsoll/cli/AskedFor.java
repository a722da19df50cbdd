package plimsoll.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import plimsoll.collect.Look;
import plimsoll.model.Container;
import plimsoll.model.Mount;
import plimsoll.model.Snapshot;
import plimsoll.model.Volume;
import plimsoll.read.CreateRequest;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;
import plimsoll.read.RunReader;
import plimsoll.read.RunReader.Described;

/** A container that is only asked for, amid what there is on the host. */
final class AskedFor {
  private AskedFor() {}

  /**
   * A snapshot with that container first, those it names after it, and the engine, volumes and
   * links of the host that say what it would reach.
   */
  static Snapshot with(CreateRequest request, RunLine line, Snapshot around) {
    String name = request.name() == null ? line.image().text() : request.name();
    Described described = RunReader.describe(request, name, null, null);
    List<Container> containers = new ArrayList<>(List.of(described.container()));
    containers.addAll(around.containers());
    List<Volume> volumes = new ArrayList<>(around.volumes());
    // Of a volume that is there already an engine takes no notice of what is typed about it.
    Set<String> there = volumes.stream().map(Volume::name).collect(Collectors.toSet());
    described.volumes().stream()
        .filter(volume -> !there.contains(volume.name()))
        .forEach(volumes::add);
    return new Snapshot(
        around.schema(),
        around.takenAt(),
        around.tool(),
        around.host(),
        around.engine(),
        containers,
        around.images(),
        around.networks(),
        volumes,
        around.gaps());
  }

  /**
   * What of the host and the engine has to be looked at to say what a line would reach.
   *
   * @param request what the line asks for; a profile adds nothing of the host to it
   */
  static Look look(CreateRequest request, RunLine line) {
    Described described = RunReader.describe(request, line.image().text(), null, null);
    List<String> paths = new ArrayList<>();
    for (Mount mount : described.container().requested().facts().mounts()) {
      paths.addAll(mount.hostPaths());
    }
    // A volume may be a bind mount in disguise.
    for (Volume volume : described.volumes()) {
      paths.addAll(volume.hostPaths());
    }
    return Look.at(named(line), paths);
  }

  /** Containers whose namespaces or volumes it takes. */
  private static List<String> named(RunLine line) {
    List<String> named = new ArrayList<>();
    for (Given given : line.all(RunFlag.VOLUMES_FROM)) {
      named.add(given.value().split(":", 2)[0]);
    }
    for (RunFlag flag : List.of(RunFlag.NETWORK, RunFlag.PID, RunFlag.IPC)) {
      for (Given given : line.all(flag)) {
        if (given.value().startsWith("container:")) {
          named.add(given.value().substring("container:".length()));
        }
      }
    }
    return named;
  }
}
