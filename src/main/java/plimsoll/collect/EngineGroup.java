package plimsoll.collect;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Host;

/**
 * Who is in a group: those that its line names, and those whose own group it is, which that line
 * does not name.
 */
final class EngineGroup {
  private static final String FROM_FILES = "files|compat|systemd|\\[.*\\]";

  private final HostFiles files;

  EngineGroup(HostFiles files) {
    this.files = files;
  }

  /**
   * Reads it.
   *
   * @return null where there is no such group
   * @throws IOException if the accounts cannot be read
   */
  Host.@Nullable Group read(String name) throws IOException {
    String line = line("group", name);
    if (line == null) {
      return null;
    }
    String[] fields = line.split(":", -1);
    SortedSet<String> members = new TreeSet<>();
    for (String member : fields.length > 3 ? fields[3].split(",") : new String[0]) {
      if (!member.isBlank()) {
        members.add(member.strip());
      }
    }
    String number = fields.length > 2 ? fields[2] : "";
    for (String user : files.read("/etc/passwd").split("\n")) {
      String[] account = user.split(":", -1);
      if (account.length > 3 && account[3].equals(number)) {
        members.add(account[0]);
      }
      if (account.length > 3 && account[2].equals("0")) {
        members.remove(account[0]);
      }
    }
    return new Host.Group(name, members);
  }

  /** Its line in the file, else what a directory says where the host asks one. */
  private @Nullable String line(String database, String name) throws IOException {
    if (elsewhere(database)) {
      try {
        String found = files.commands().run("getent", List.of(database, name)).strip();
        return found.isEmpty() ? null : found;
      } catch (HostCommands.MissingException e) {
        throw e;
      } catch (IOException e) {
        // getent fails where there is no such group; the file is asked once more.
      }
    }
    for (String line : files.read("/etc/" + database).split("\n")) {
      if (line.startsWith(name + ":")) {
        return line;
      }
    }
    return null;
  }

  private boolean elsewhere(String database) {
    String sources = files.tryRead("/etc/nsswitch.conf");
    for (String line : sources == null ? new String[0] : sources.split("\n")) {
      if (line.startsWith(database + ":")) {
        for (String source : line.substring(database.length() + 1).strip().split("\\s+")) {
          if (!source.matches(FROM_FILES)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
