package plimsoll.collect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.EngineFiles.Wanted;
import plimsoll.model.HostFile;
import plimsoll.model.HostFile.Role;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/** Who may do what with files of the host. */
final class FileFacts {
  private static final String[] BITS = {
    "other-execute", "other-write", "other-read",
    "group-execute", "group-write", "group-read",
    "owner-execute", "owner-write", "owner-read",
    "sticky", "setgid", "setuid"
  };
  private static final int STICKY = 01000;
  private static final int GROUP_WRITES = 0020;
  private static final int OTHERS_WRITE = 0002;

  private final HostFiles files;
  private final HostCommands commands;
  private final AuditRules audit;
  private final Set<Integer> users;
  private final Set<Integer> groups;
  private final Provenance provenance;

  /**
   * Gathers who is asked.
   *
   * @param user the user the engine runs as; 0 for root
   * @param group that user's group
   */
  FileFacts(
      HostFiles files,
      HostCommands commands,
      AuditRules audit,
      int user,
      int group,
      Provenance provenance) {
    this.files = files;
    this.commands = commands;
    this.audit = audit;
    this.users = user == 0 ? Set.of(0) : Set.of(0, user);
    this.groups = group == 0 ? Set.of(0) : Set.of(0, group);
    this.provenance = provenance;
  }

  /** What {@code stat} says of a file. */
  private record Stat(int mode, int uid, int gid, String owner, String group) {}

  /** Reads them, in this order; those that do not exist are left out. */
  List<HostFile> read(List<Wanted> wanted) {
    Map<Wanted, Object> found = new LinkedHashMap<>();
    Set<String> all = new LinkedHashSet<>();
    for (Wanted file : wanted) {
      try {
        found.put(file, stat(file.path()));
        all.add(file.path());
        all.addAll(parents(file.path()));
      } catch (NoSuchFileException e) {
        // Nothing that could be open to anybody.
      } catch (IOException e) {
        found.put(file, e);
      }
    }
    AccessLists lists = AccessLists.read(commands, all);
    List<HostFile> read = new ArrayList<>();
    found.forEach((file, stat) ->
        read.add(
            stat instanceof Stat known
                ? known(file, known, lists, "/files/" + read.size())
                : unknown(file, (IOException) stat, "/files/" + read.size())));
    return read;
  }

  private Stat stat(String path) throws IOException {
    Map<String, Object> facts =
        Files.readAttributes(files.at(path), "unix:mode,uid,gid,owner,group");
    return new Stat(
        number(facts.get("mode")),
        number(facts.get("uid")),
        number(facts.get("gid")),
        String.valueOf(facts.get("owner")),
        String.valueOf(facts.get("group")));
  }

  private static int number(@Nullable Object value) {
    return value instanceof Integer number ? number : -1;
  }

  private HostFile unknown(Wanted file, IOException why, String pointer) {
    provenance.origin(pointer, Origin.host(file.path()));
    for (String fact : List.of("owner", "group", "strangers", "permissions", "openParents")) {
      provenance.gap(pointer + "/" + fact, HostFiles.reason(why));
    }
    return new HostFile(
        file.role(),
        file.path(),
        null,
        null,
        new TreeSet<>(),
        new TreeSet<>(),
        List.of(),
        List.of(),
        null,
        audited(file, pointer).rule());
  }

  private HostFile known(Wanted file, Stat stat, AccessLists lists, String pointer) {
    provenance.origin(pointer, Origin.host(file.path()));
    AuditRules.Recorded recorded = audited(file, pointer);
    String trouble = lists.trouble(file.path());
    if (trouble != null) {
      provenance.gap(pointer + "/permissions", trouble);
      provenance.gap(pointer + "/accessList", trouble);
    }
    return new HostFile(
        file.role(),
        file.path(),
        stat.owner(),
        stat.group(),
        strangers(file, stat),
        permissions(stat, file.path(), lists),
        lists.named(file.path()),
        openParents(file.path(), lists),
        recorded.audited(),
        recorded.audited() == null ? null : recorded.rule());
  }

  private AuditRules.Recorded audited(Wanted file, String pointer) {
    AuditRules.Recorded recorded = audit.of(files.realPath(file.path()), file.role().program());
    provenance.origin(pointer + "/audited", Origin.kernel(audit.source(), recorded.rule()));
    if (recorded.audited() == null) {
      provenance.gap(pointer + "/audited", String.valueOf(recorded.rule()));
    }
    return recorded;
  }

  private SortedSet<String> strangers(Wanted file, Stat stat) {
    SortedSet<String> strangers = new TreeSet<>();
    if (!users.contains(stat.uid())) {
      strangers.add("user " + stat.owner());
    }
    boolean own = file.role() == Role.ENGINE_SOCKET && stat.group().equals(file.group());
    if (!groups.contains(stat.gid()) && !own) {
      strangers.add("group " + stat.group());
    }
    return strangers;
  }

  private static SortedSet<String> permissions(Stat stat, String path, AccessLists lists) {
    SortedSet<String> permissions = new TreeSet<>();
    for (int bit = 0; bit < BITS.length; bit++) {
      if ((stat.mode() & 1 << bit) != 0) {
        permissions.add(BITS[bit]);
      }
    }
    String group = lists.group(path);
    if (group != null) {
      permissions.removeIf(permission -> permission.startsWith("group-"));
      permissions.addAll(words("group-", group));
    }
    for (String entry : lists.named(path)) {
      permissions.addAll(words("named-", entry.substring(entry.lastIndexOf(':') + 1)));
    }
    return permissions;
  }

  private static List<String> words(String whose, String letters) {
    List<String> words = new ArrayList<>();
    for (String word : List.of("read", "write", "execute")) {
      if (letters.indexOf(word.equals("execute") ? 'x' : word.charAt(0)) >= 0) {
        words.add(whose + word);
      }
    }
    return words;
  }

  /** Folders above a path as it is written and as it really is, the root last. */
  private Set<String> parents(String path) {
    Set<String> parents = new LinkedHashSet<>();
    for (String way : Arrays.asList(path, files.realPath(path))) {
      for (int end = way.lastIndexOf('/'); end > 0; end = way.lastIndexOf('/', end - 1)) {
        parents.add(way.substring(0, end));
      }
    }
    parents.add("/");
    return parents;
  }

  /** Whether a group's entry lets it write; without one the mode is all there is. */
  private static boolean writes(@Nullable String group) {
    return group == null || group.contains("w");
  }

  private List<String> openParents(String path, AccessLists lists) {
    List<String> open = new ArrayList<>();
    for (String parent : parents(path)) {
      try {
        Stat stat = stat(parent);
        boolean kept = (stat.mode() & STICKY) != 0;
        boolean named =
            lists.named(parent).stream()
                .anyMatch(entry -> entry.substring(entry.lastIndexOf(':')).contains("w"));
        boolean byGroup =
            (stat.mode() & GROUP_WRITES) != 0
                && !groups.contains(stat.gid())
                && writes(lists.group(parent));
        if (!users.contains(stat.uid())
            || (!kept && ((stat.mode() & OTHERS_WRITE) != 0 || byGroup || named))) {
          open.add(parent);
        }
      } catch (AccessDeniedException e) {
        // Who may not even look at it does not judge it; the file itself is unknown then.
      } catch (IOException e) {
        // It has just gone.
      }
    }
    return open;
  }
}
