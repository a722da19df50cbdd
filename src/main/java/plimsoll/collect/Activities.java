package plimsoll.collect;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.ContainerProcesses.Member;
import plimsoll.model.Activity;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Origin;
import plimsoll.model.View;

/** What containers' processes do, seen from outside: nothing is run in a container. */
final class Activities {
  private static final int MOST = 500;
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
   */
  Container fill(Container container, long init, List<Member> members) {
    SortedSet<String> names = new TreeSet<>();
    addNames(names, init);
    members.stream().limit(MOST).forEach(member -> addNames(names, member.pid()));
    if (names.isEmpty()) {
      return container;
    }
    Map<String, Origin> origins = new TreeMap<>();
    origins.put("/lifecycle/activity", Origin.kernel("/proc/PID/stat", null));
    origins.put("/lifecycle/activity/programs", Origin.kernel("/proc/PID/comm", null));
    Activity activity =
        new Activity(
            names,
            processes.zombies(init),
            outOfMemoryKills(init, origins),
            replacedShim(container.identity().id(), init, origins));
    View<Confinement> requested = container.requested();
    Confinement facts = requested.facts();
    return container.withRequested(
        requested.with(
            facts.filledIn(
                facts.namespaces(), facts.lifecycle().withActivity(activity), facts.networking()),
            origins));
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
