package plimsoll.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.ContainerProcesses.Member;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.ContainerProcess;
import plimsoll.model.ContainerProcess.Entry;
import plimsoll.model.Limits;
import plimsoll.model.Provenance;

/** Processes and threads of a container that are confined otherwise than its first process. */
final class OtherProcesses {
  private final HostFiles files;
  private final NamespaceReader namespaces;
  private final ContainerProcesses processes;
  private final Container container;
  private final long first;

  /**
   * Of one container.
   *
   * @param first its first process, or a thread of it that still runs
   */
  OtherProcesses(
      HostFiles files,
      NamespaceReader namespaces,
      ContainerProcesses processes,
      Container container,
      long first) {
    this.files = files;
    this.namespaces = namespaces;
    this.processes = processes;
    this.container = container;
    this.first = first;
  }

  /**
   * One of each kind.
   *
   * @param init the container's first process
   * @param others all others
   */
  List<ContainerProcess> read(long init, List<Member> others) throws IOException {
    List<Member> members = new ArrayList<>(List.of(new Member(init, Entry.INIT_TREE, null)));
    members.addAll(others);
    Signature signature = new Signature(files, "/proc/" + first);
    Set<@Nullable String> seen = new HashSet<>();
    seen.add(signature.of("/proc/" + first, Entry.INIT_TREE));
    seen.add(null);
    List<ContainerProcess> different = new ArrayList<>();
    for (Member member : members) {
      for (long thread : files.threads(member.pid())) {
        boolean leader = thread == member.pid();
        String folder = leader ? "/proc/" + thread : "/proc/" + member.pid() + "/task/" + thread;
        try {
          String kind = signature.of(folder, member.entry());
          if (seen.add(kind)) {
            ContainerProcess found = one(member, leader ? null : thread, folder);
            if (processes.isStill(member.pid())) {
              different.add(found);
            }
          }
        } catch (IOException e) {
          // It has ended: that is no drift.
        }
      }
    }
    return different;
  }

  private ContainerProcess one(Member member, @Nullable Long thread, String folder)
      throws IOException {
    Map<String, String> status = files.table(folder + "/status");
    Provenance provenance = new Provenance();
    ProcessFacts facts = new ProcessFacts(files, folder, status, provenance);
    Confinement asked = container.requested().facts();
    Confinement shown =
        Confinement.ofProcess(
            facts.user(),
            facts.capabilities(asked.capabilities().added()),
            facts.seccompMode(),
            facts.label(asked.label().apparmor()),
            facts.noNewPrivileges(),
            facts.namespaces(namespaces),
            Limits.EMPTY);
    String users = files.tryLink("/proc/" + first + "/ns/user");
    if (users != null && !users.equals(files.tryLink(folder + "/ns/user"))) {
      String own = "it is in a user namespace of its own, where capabilities mean something else";
      provenance.gap("/capabilities", own);
      provenance.gap("/user", own);
      provenance.gap("/namespaces/user", own);
    }
    return new ContainerProcess(
        member.pid(),
        thread,
        status.getOrDefault("Name", "?"),
        member.entry(),
        member.exec(),
        provenance.view(shown));
  }
}
