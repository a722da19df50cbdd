package plimsoll.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.ContainerProcesses.Member;
import plimsoll.model.Activity;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Gap;
import plimsoll.model.Networking;
import plimsoll.model.Networking.Port;
import plimsoll.model.Origin;
import plimsoll.model.View;

/** What containers' processes do, seen from outside: nothing is run in a container. */
final class Activities {
  private static final int MOST = 500;

  /** The kernel's own first one (net/ipv4/af_inet.c). */
  private static final int FIRST_OF_CLIENTS = 32768;

  private static final Pattern KILLS = Pattern.compile("(?m)^oom_kill ([0-9]{1,9})$");

  private final HostFiles files;
  private final Cgroups cgroups;
  private final ContainerProcesses processes;

  Activities(HostFiles files, Cgroups cgroups, ContainerProcesses processes) {
    this.files = files;
    this.cgroups = cgroups;
    this.processes = processes;
  }

  /**
   * The container, knowing what its processes do.
   *
   * @param init the first process
   * @param members the others
   * @param hostNetwork whether it has the host's network
   */
  Container fill(Container container, long init, List<Member> members, boolean hostNetwork) {
    SortedSet<String> names = new TreeSet<>();
    List<Long> pids =
        LongStream.concat(LongStream.of(init), members.stream().limit(MOST).mapToLong(Member::pid))
            .boxed()
            .toList();
    pids.forEach(pid -> addNames(names, pid));
    if (names.isEmpty()) {
      return container;
    }
    Map<String, Origin> origins = new TreeMap<>();
    origins.put("/lifecycle/activity", Origin.kernel("/proc/PID/stat", null));
    origins.put("/lifecycle/activity/programs", Origin.kernel("/proc/PID/comm", null));
    View<Confinement> requested = container.requested();
    Confinement facts = requested.facts();
    Activity told = facts.lifecycle().activity();
    List<Gap> gaps = new ArrayList<>();
    Activity activity =
        new Activity(
            names,
            processes.zombies(init),
            outOfMemoryKills(init, origins),
            replacedShim(container.identity().id(), init, origins),
            told == null ? null : told.health());
    Networking networking =
        hostNetwork
            ? facts.networking().listening(listening(pids, origins, gaps))
            : facts.networking();
    return container.withRequested(
        requested
            .with(
                facts.filledIn(
                    facts.namespaces(), facts.lifecycle().withActivity(activity), networking),
                origins)
            .withGaps(gaps));
  }

  /**
   * Ports of the host that processes listen on. A UDP socket without a peer may be that of a client
   * that waits for its answer: the kernel gives those ports of a range that servers keep clear of.
   */
  private List<Port> listening(List<Long> pids, Map<String, Origin> origins, List<Gap> gaps) {
    String pointer = "/networking/listening";
    try {
      List<Long> there = pids.stream().filter(this::hasDescriptors).toList();
      if (there.isEmpty()) {
        return List.of();
      }
      origins.put(pointer, Origin.kernel(OpenSockets.table(there, "tcp"), null));
      String range = files.tryRead("/proc/sys/net/ipv4/ip_local_port_range");
      int clients =
          range == null || !range.matches("(?s)[0-9]{1,5}\\s.*")
              ? FIRST_OF_CLIENTS
              : Integer.parseInt(range.split("\\s")[0]);
      OpenSockets sockets = new OpenSockets(files);
      return Stream.concat(
              sockets.tcp(there).stream(),
              sockets.udp(there).stream().filter(address -> address.port() < clients))
          .map(address ->
              new Port(
                  address.host(),
                  address.port(),
                  address.port(),
                  address.port() + "/" + address.protocol()))
          .distinct()
          .sorted(Comparator.comparing(Port::hostPort).thenComparing(Port::toString))
          .toList();
    } catch (IOException e) {
      gaps.add(new Gap(pointer, HostFiles.reason(e)));
      return List.of();
    }
  }

  /** One that has ended meanwhile has none, and is no reason not to know of the others. */
  private boolean hasDescriptors(long pid) {
    return Files.isDirectory(files.at("/proc/" + pid + "/fd"));
  }

  private void addNames(SortedSet<String> names, long pid) {
    addName(names, files.tryRead("/proc/" + pid + "/comm"));
    String file = files.tryLink("/proc/" + pid + "/exe");
    addName(
        names, file == null ? null : file.replace(HostFiles.REPLACED, "").replaceAll(".*/", ""));
  }

  private static void addName(SortedSet<String> names, @Nullable String name) {
    if (name != null && !name.isEmpty()) {
      names.add(name);
    }
  }

  /** Version 1 counts in another file than version 2; kernels before 4.13 do not count. */
  private @Nullable Integer outOfMemoryKills(long init, Map<String, Origin> origins) {
    try {
      String path =
          cgroups.path(
              init, "memory", cgroups.file("memory", "memory.oom_control", "memory.events"));
      origins.put("/lifecycle/activity/outOfMemoryKills", Origin.kernel(path, "oom_kill"));
      Matcher kills = KILLS.matcher(files.read(path));
      return kills.find() ? Integer.valueOf(kills.group(1)) : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** The kernel says so in the link to a program whose file is not there any more. */
  private @Nullable String replacedShim(String id, long init, Map<String, Origin> origins) {
    Long shim = processes.shim(id, init);
    String program = shim == null ? null : files.tryLink("/proc/" + shim + "/exe");
    if (program == null || !program.endsWith(HostFiles.REPLACED)) {
      return null;
    }
    origins.put("/lifecycle/activity/replacedShim", Origin.kernel("/proc/" + shim + "/exe", null));
    return program.substring(0, program.length() - HostFiles.REPLACED.length());
  }
}
