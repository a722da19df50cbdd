package plimsoll.collect;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.ContainerProcesses.Member;
import plimsoll.model.Confinement;
import plimsoll.model.Confinement.KernelPaths;
import plimsoll.model.Container;
import plimsoll.model.ContainerProcess;
import plimsoll.model.Devices;
import plimsoll.model.Lifecycle;
import plimsoll.model.Mount;
import plimsoll.model.Networking;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.model.Seccomp;
import plimsoll.model.View;

/** What the kernel does to a container: to its first process, and to all others. */
final class EnforcedReader {
  private final HostFiles files;
  private final Cgroups cgroups;
  private final NamespaceReader namespaces;
  private final ContainerProcesses processes;
  private final Activities activities;
  private final EnforcedMounts mounts;
  private final Bundle bundle;
  private final Map<String, String> runtimes;

  /**
   * Runtimes that put a kernel of their own between the program and the host's: gVisor, Kata
   * Containers and other virtual machines.
   */
  private static final Pattern OWN_KERNEL =
      Pattern.compile("runsc|gvisor|kata|firecracker|nabla|inclavare|urunc|krun", CASE_INSENSITIVE);

  /**
   * Reads with what is the same for all containers.
   *
   * @param runtimes what the engine runs for each of its runtimes' names
   */
  EnforcedReader(
      HostFiles files,
      Cgroups cgroups,
      NamespaceReader namespaces,
      ContainerProcesses processes,
      EnforcedMounts mounts,
      Bundle bundle,
      Map<String, String> runtimes) {
    this.files = files;
    this.cgroups = cgroups;
    this.namespaces = namespaces;
    this.processes = processes;
    this.activities = new Activities(files, cgroups, processes);
    this.mounts = mounts;
    this.bundle = bundle;
    this.runtimes = runtimes;
  }

  /**
   * The container with its enforced view; one big gap where the process is gone or cannot be shown
   * to be the container's.
   */
  Container read(Container container, long pid) {
    String id = container.identity().id();
    String runtime = String.valueOf(container.requested().facts().runtime());
    if (OWN_KERNEL.matcher(runtimes.getOrDefault(runtime, runtime)).find()
        || OWN_KERNEL.matcher(runtime).find()) {
      return unknown(
          container,
          "the runtime "
              + runtime
              + " gives it a kernel of its own: what this host's kernel shows is not what the"
              + " program gets");
    }
    try {
      // One that has ended has no such file: that is the better reason.
      files.read("/proc/" + pid + "/stat");
      if (!processes.isInCgroup(id, pid) && !processes.isOfShim(id, pid)) {
        return unknown(
            container,
            "process "
                + pid
                + " is in no cgroup of this container and no child of its shim: the engine's"
                + " processes may not be this host's");
      }
      long living = files.living(pid);
      View<Confinement> view = new First(container, living).read();
      boolean host = Boolean.TRUE.equals(view.facts().namespaces().pid().host());
      List<Member> members = processes.of(id, pid, host);
      List<ContainerProcess> others =
          new OtherProcesses(files, namespaces, processes, container, living).read(pid, members);
      boolean hostNetwork = Boolean.TRUE.equals(view.facts().namespaces().network().host());
      return processes.isStill(pid) && hasMemory(living)
          ? activities.fill(container, pid, members, hostNetwork).withEnforced(view, others)
          : unknown(container, "process " + pid + " ended or moved while it was being read");
    } catch (IOException e) {
      return unknown(container, "process " + pid + " cannot be read: " + HostFiles.reason(e));
    }
  }

  /**
   * Whether a process still has memory of its own. One that is ending gives that back before it
   * leaves its cgroups and namespaces (exit(2) in the kernel), so that all that was read until now
   * was still the container's.
   */
  private boolean hasMemory(long pid) throws IOException {
    return files.table("/proc/" + pid + "/status").containsKey("VmSize");
  }

  private static Container unknown(Container container, String reason) {
    Provenance provenance = new Provenance();
    provenance.gap("", reason);
    return container.withEnforced(provenance.view(Confinement.EMPTY), List.of());
  }

  /** Programs whose work is to be the first process. */
  private static final Set<String> INITS =
      Set.of(
          "catatonit",
          "docker-init",
          "dumb-init",
          "init",
          "runit",
          "s6-svscan",
          "systemd",
          "tini",
          "tini-static");

  private final class First {
    private final Container container;
    private final Confinement asked;
    private final long pid;
    private final Map<String, String> status;
    private final Provenance provenance = new Provenance();

    First(Container container, long pid) throws IOException {
      this.container = container;
      this.asked = container.requested().facts();
      this.pid = pid;
      this.status = files.table("/proc/" + pid + "/status");
    }

    View<Confinement> read() {
      ProcessFacts facts = new ProcessFacts(files, "/proc/" + pid, status, provenance);
      List<Mount> mounted = List.of();
      Boolean readOnly = null;
      KernelPaths paths = KernelPaths.EMPTY;
      try {
        EnforcedMounts.Found found =
            mounts.read(
                mounts.table(pid, this::othersWithTheSameMounts), asked.mounts(), provenance);
        mounted = found.mounts();
        readOnly = found.readOnlyRoot();
        paths = found.kernelPaths();
      } catch (IOException e) {
        for (String pointer : List.of("/mounts", "/readOnlyRoot", "/kernelPaths")) {
          provenance.gap(pointer, HostFiles.reason(e));
        }
      }
      return provenance.view(
          new Confinement(
              null,
              facts.user(),
              facts.capabilities(asked.capabilities().added()),
              new Seccomp(facts.seccompMode(), null, null, allowsEverything()),
              facts.label(asked.label().apparmor()),
              facts.noNewPrivileges(),
              facts.namespaces(namespaces),
              mounted,
              readOnly,
              paths,
              devices(),
              new EnforcedLimits(files, cgroups, pid, asked.limits(), provenance).read(),
              Networking.EMPTY,
              lifecycle(),
              null,
              cgroup(),
              Map.of(),
              null,
              List.of(),
              Map.of(),
              List.of(),
              Map.of()));
    }

    private List<Long> othersWithTheSameMounts() {
      List<Long> pids = new ArrayList<>();
      String own = files.tryLink("/proc/" + pid + "/ns/mnt");
      for (Member member : processes.of(container.identity().id(), pid, false)) {
        if (own != null && own.equals(files.tryLink("/proc/" + member.pid() + "/ns/mnt"))) {
          pids.add(member.pid());
        }
      }
      return pids;
    }

    private @Nullable Boolean allowsEverything() {
      String pointer = "/seccomp/allowsEverything";
      Optional<String> file = bundle.file(container.identity().id());
      if (file.isEmpty()) {
        provenance.gap(pointer, "the container's OCI bundle is not where this version looks");
        return null;
      }
      provenance.origin(pointer, Origin.kernel(file.get(), "linux.seccomp"));
      try {
        return bundle.allowsEverything(file.get());
      } catch (IOException e) {
        provenance.gap(pointer, HostFiles.reason(e));
        return null;
      }
    }

    /** Rules for devices beyond those that every container has and those of the nodes asked for. */
    private Devices devices() {
      try {
        List<String> rules = new ArrayList<>();
        for (String rule : allowed()) {
          if (!DeviceRules.usual(rule) && !isAskedFor(rule)) {
            rules.add(rule);
          }
        }
        return new Devices(List.of(), rules, List.of());
      } catch (IOException e) {
        provenance.gap("/devices/cgroupRules", HostFiles.reason(e));
        return Devices.EMPTY;
      }
    }

    /** By the kernel, or where it has only a program to show, by what the runtime was told. */
    private List<String> allowed() throws IOException {
      Cgroups.Shown<List<String>> shown = cgroups.devices(pid);
      if (shown != null) {
        provenance.origin("/devices/cgroupRules", Origin.kernel(shown.file(), null));
        return shown.value() == null ? List.of() : shown.value();
      }
      Optional<String> file = bundle.file(container.identity().id());
      if (file.isEmpty()) {
        throw new IOException(
            "on cgroup version 2 the kernel does not show what devices are allowed, and the"
                + " container's OCI bundle is not where this version looks");
      }
      provenance.origin(
          "/devices/cgroupRules", Origin.kernel(file.get(), "linux.resources.devices"));
      return bundle.devices(file.get());
    }

    private boolean isAskedFor(String rule) {
      if (Boolean.TRUE.equals(asked.privileged()) || !asked.devices().requests().isEmpty()) {
        return true;
      }
      for (Devices.Node node : asked.devices().nodes()) {
        if (node.path().equals("/dev") || DeviceRules.isOf(rule, files, node)) {
          return true;
        }
      }
      return asked.devices().cgroupRules().stream().anyMatch(one -> DeviceRules.covers(one, rule));
    }

    private Lifecycle lifecycle() {
      String name = status.getOrDefault("Name", "");
      boolean init = INITS.contains(name);
      Origin origin = Origin.kernel("/proc/" + pid + "/status", "Name");
      provenance.origin(
          "/lifecycle/init", init ? origin.providedBy(name + ", its first process") : origin);
      return Lifecycle.EMPTY.withInit(init);
    }

    /** The cgroup it is in, where that is not the container's own; else what was asked for. */
    private @Nullable String cgroup() {
      provenance.origin("/cgroupParent", Origin.kernel("/proc/" + pid + "/cgroup", null));
      String id = container.identity().id();
      try {
        for (String path : new TreeSet<>(cgroups.limiting(pid).values())) {
          if (!path.contains(id)) {
            return path;
          }
        }
      } catch (IOException e) {
        provenance.gap("/cgroupParent", HostFiles.reason(e));
      }
      return asked.cgroupParent();
    }
  }
}
