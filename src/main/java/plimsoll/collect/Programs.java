package plimsoll.collect;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.ContainerProcesses.Member;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Origin;
import plimsoll.model.View;

/** What runs in a container, by the names of the files and by what the programs call themselves. */
final class Programs {
  private static final int MOST = 500;

  private final SortedSet<String> names;

  private Programs(SortedSet<String> names) {
    this.names = names;
  }

  /**
   * Reads the names.
   *
   * @param init the first process
   * @param members the others
   */
  static Programs of(HostFiles files, long init, List<Member> members) {
    SortedSet<String> names = new TreeSet<>();
    add(names, files, init);
    members.stream().limit(MOST).forEach(member -> add(names, files, member.pid()));
    return new Programs(names);
  }

  private static void add(SortedSet<String> names, HostFiles files, long pid) {
    add(names, files.tryRead("/proc/" + pid + "/comm"));
    String file = files.tryLink("/proc/" + pid + "/exe");
    add(names, file == null ? null : file.replace(" (deleted)", "").replaceAll(".*/", ""));
  }

  private static void add(SortedSet<String> names, @Nullable String name) {
    if (name != null && !name.isEmpty()) {
      names.add(name);
    }
  }

  Container fill(Container container) {
    View<Confinement> requested = container.requested();
    Confinement facts = requested.facts();
    TreeMap<String, Origin> origins = new TreeMap<>();
    origins.put("/lifecycle/programs", Origin.kernel("/proc/PID/comm", null));
    return names.isEmpty()
        ? container
        : container.withRequested(
            requested.with(
                facts.filledIn(
                    facts.namespaces(), facts.lifecycle().withPrograms(names), facts.networking()),
                origins));
  }
}
