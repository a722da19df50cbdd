package plimsoll.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.model.ContainerProcess.Entry;
import plimsoll.model.ContainerProcess.Exec;
import plimsoll.wire.ExecReader.Started;

/**
 * Which processes of the host belong to which container: those in the container's cgroup, and those
 * that live in its PID namespace without being in it.
 */
final class ContainerProcesses {
  /** As engines name containers' cgroups: {@code /docker/ID}, {@code docker-ID.scope}. */
  private static final Pattern ID = Pattern.compile("(?<![^/:-])[^/:.-]+(?=[/:.]|$)");

  private final HostFiles files;
  private final Cgroups cgroups;
  private final Map<String, List<Long>> byNamespace = new HashMap<>();
  private final Map<String, List<Long>> byContainer = new HashMap<>();
  private final Map<Long, Long> parents = new HashMap<>();
  private final Set<Long> ended = new HashSet<>();
  private final Map<Long, ProcessIdentity> identities = new HashMap<>();
  private final Map<String, List<Started>> execs;

  /**
   * Reads nothing yet.
   *
   * @param execs what the engine says it started in containers later, by the container's id
   */
  ContainerProcesses(HostFiles files, Cgroups cgroups, Map<String, List<Started>> execs) {
    this.files = files;
    this.cgroups = cgroups;
    this.execs = execs;
  }

  /**
   * A process.
   *
   * @param entry how it got there
   * @param exec what was asked for, where the engine started it in a running container
   */
  record Member(long pid, Entry entry, @Nullable Exec exec) {}

  /**
   * Looks at every process once.
   *
   * @param ids of the containers
   */
  void scan(Set<String> ids) throws IOException {
    for (long pid : files.processes()) {
      try {
        String stat = files.read("/proc/" + pid + "/stat");
        String[] fields = ProcessIdentity.fields(stat);
        parents.put(pid, Long.valueOf(fields[1]));
        if (fields[0].equals("Z")) {
          ended.add(pid);
        }
        identities.put(pid, ProcessIdentity.of(pid, fields));
        String namespace = files.tryLink("/proc/" + pid + "/ns/pid");
        if (namespace == null) {
          // One that has exited has none of its own any more.
          namespace = files.tryLink("/proc/" + pid + "/ns/pid_for_children");
        }
        if (namespace != null) {
          byNamespace.computeIfAbsent(namespace, link -> new ArrayList<>()).add(pid);
        }
        String id = containerOf(pid, ids);
        if (id != null) {
          byContainer.computeIfAbsent(id, container -> new ArrayList<>()).add(pid);
        }
      } catch (IOException e) {
        // It has ended, or may not be looked at.
      }
    }
  }

  /**
   * Whether an id still means the process that {@link #scan} saw under it, in the same cgroups.
   * What is read of one is worth nothing if the id was another's meanwhile.
   */
  boolean isStill(long pid) {
    ProcessIdentity identity = identities.get(pid);
    return identity != null && identity.stillThere(files) && cgroups.isStillWhereItWas(pid);
  }

  /** The container whose cgroup a process is in; null for none of them. */
  private @Nullable String containerOf(long pid, Set<String> ids) throws IOException {
    for (String cgroup : new HashSet<>(cgroups.memberships(pid).values())) {
      Matcher id = ID.matcher(cgroup);
      while (id.find()) {
        if (ids.contains(id.group())) {
          return id.group();
        }
      }
    }
    return null;
  }

  /** Whether a process is in the cgroup of a container. */
  boolean isInCgroup(String id, long pid) {
    return byContainer.getOrDefault(id, List.of()).contains(pid);
  }

  /**
   * All processes of a container but its first.
   *
   * @param host whether it has the host's PID namespace, which says nothing about who belongs to it
   */
  List<Member> of(String id, long init, boolean host) {
    Set<Long> pids = new HashSet<>(byContainer.getOrDefault(id, List.of()));
    Set<Long> inCgroup = Set.copyOf(pids);
    String namespace = files.tryLink("/proc/" + init + "/ns/pid");
    List<Long> inNamespace =
        namespace == null ? List.of() : byNamespace.getOrDefault(namespace, List.of());
    if (!host) {
      pids.addAll(inNamespace);
    }
    pids.remove(init);
    List<Member> members = new ArrayList<>();
    for (long pid : pids) {
      boolean nested = !inNamespace.contains(pid) && inCgroup.contains(pid) && !host;
      if (descends(pid, init)) {
        members.add(new Member(pid, nested ? Entry.NESTED : Entry.INIT_TREE, null));
      } else {
        members.add(later(id, pid, inCgroup.contains(pid)));
      }
    }
    members.sort(java.util.Comparator.comparingLong(Member::pid));
    return members;
  }

  /** A process that is no descendant of the container's first. */
  private Member later(String id, long pid, boolean inCgroup) {
    for (Started started : execs.getOrDefault(id, List.of())) {
      if (descends(pid, started.pid())) {
        Entry entry = started.healthCheck() ? Entry.HEALTH_CHECK : Entry.EXEC;
        return new Member(pid, entry, started.exec());
      }
    }
    // An exec that began after the engine was asked is a child of the shim as well.
    Entry entry = !inCgroup ? Entry.JOINED : isOfShim(id, pid) ? Entry.EXEC : Entry.ENTERED;
    return new Member(pid, entry, null);
  }

  private boolean descends(long pid, long ancestor) {
    Long at = pid;
    for (int depth = 0; at != null && at > 1 && depth < 1000; depth++) {
      if (at == ancestor) {
        return true;
      }
      at = parents.get(at);
    }
    return false;
  }

  /** Whether a process was started by the shim of a container, whatever cgroup it is in now. */
  boolean isOfShim(String id, long pid) {
    return shim(id, pid) != null;
  }

  /** The shim of a container, if it started a process; null if not. */
  @Nullable Long shim(String id, long pid) {
    Long parent = parents.get(pid);
    String command = parent == null ? null : files.tryRead("/proc/" + parent + "/cmdline");
    return command != null && List.of(command.split("\0")).contains(id) ? parent : null;
  }

  /**
   * How many children of a process have ended, both when all were looked at and now, and still wait
   * for it to ask how.
   */
  int zombies(long parent) {
    int zombies = 0;
    for (long pid : ended) {
      String stat =
          Long.valueOf(parent).equals(parents.get(pid))
              ? files.tryRead("/proc/" + pid + "/stat")
              : null;
      if (stat != null && ProcessIdentity.fields(stat)[0].equals("Z")) {
        zombies++;
      }
    }
    return zombies;
  }
}
