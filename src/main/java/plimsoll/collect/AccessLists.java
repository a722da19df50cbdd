package plimsoll.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * POSIX access control lists of files, which the mode does not show: with one, the group's bits are
 * the most that anybody named in it may get.
 */
final class AccessLists {
  private final Map<String, List<String>> entries;
  private final @Nullable String trouble;
  private final Set<String> troubled;

  private AccessLists(
      Map<String, List<String>> entries, @Nullable String trouble, Set<String> troubled) {
    this.entries = entries;
    this.trouble = trouble;
    this.troubled = troubled;
  }

  /** Asks for all at once; where nothing can read them, {@code ls} tells which files have one. */
  static AccessLists read(HostCommands commands, Collection<String> paths) {
    if (paths.isEmpty()) {
      return new AccessLists(Map.of(), null, Set.of());
    }
    List<String> arguments = new ArrayList<>(List.of("-n", "-p", "--"));
    arguments.addAll(paths);
    try {
      return new AccessLists(parse(commands.run("getfacl", arguments)), null, Set.of());
    } catch (HostCommands.MissingException e) {
      return listed(commands, paths);
    } catch (IOException e) {
      return new AccessLists(Map.of(), String.valueOf(e.getMessage()), Set.copyOf(paths));
    }
  }

  private static AccessLists listed(HostCommands commands, Collection<String> paths) {
    List<String> arguments = new ArrayList<>(List.of("-ldn", "--"));
    arguments.addAll(paths);
    try {
      Set<String> with = new java.util.HashSet<>();
      for (String line : commands.run("ls", arguments).split("\n")) {
        if (line.length() > 10 && line.charAt(10) == '+') {
          // What stands before " -> " may end with another file's name as well: then both count.
          paths.stream()
              .filter(path -> line.endsWith(" " + path) || line.contains(" " + path + " -> "))
              .forEach(with::add);
        }
      }
      return new AccessLists(
          Map.of(), "it has an access control list, and getfacl is not installed", with);
    } catch (IOException e) {
      return new AccessLists(Map.of(), String.valueOf(e.getMessage()), Set.copyOf(paths));
    }
  }

  /** {@code # file: PATH}, entries, an empty line; what is in effect follows an entry it limits. */
  static Map<String, List<String>> parse(String printed) {
    Map<String, List<String>> all = new HashMap<>();
    List<String> entries = new ArrayList<>();
    for (String line : printed.split("\n")) {
      if (line.startsWith("# file: ")) {
        entries = new ArrayList<>();
        all.put(unescape(line.substring("# file: ".length())), entries);
      } else if (!line.startsWith("#") && !line.isBlank() && !line.startsWith("default:")) {
        entries.add(line.split("\\s", 2)[0]);
      }
    }
    return all;
  }

  /** Unusual characters are written as {@code \\ooo}. */
  private static String unescape(String name) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      String octal = i + 4 <= name.length() ? name.substring(i + 1, i + 4) : "";
      if (name.charAt(i) == '\\' && octal.matches("[0-7]{3}")) {
        plain.append((char) Integer.parseInt(octal, 8));
        i += 3;
      } else {
        plain.append(name.charAt(i));
      }
    }
    return plain.toString();
  }

  /** Why a file's list is not known; null where it is. */
  @Nullable String trouble(String path) {
    return troubled.contains(path) ? trouble : null;
  }

  /** Entries that name somebody, with what they allow in effect: {@code user:1000:rw-}. */
  List<String> named(String path) {
    List<String> all = entries.getOrDefault(path, List.of());
    String mask = mask(all);
    List<String> named = new ArrayList<>();
    for (String entry : all) {
      String[] parts = entry.split(":", -1);
      if (parts.length == 3 && !parts[1].isEmpty()) {
        named.add(parts[0] + ":" + parts[1] + ":" + masked(parts[2], mask));
      }
    }
    return named;
  }

  /** What the group itself may do in effect, {@code r-x}; null where the mode says it. */
  @Nullable String group(String path) {
    List<String> all = entries.getOrDefault(path, List.of());
    String mask = mask(all);
    for (String entry : all) {
      if (entry.startsWith("group::") && all.stream().anyMatch(e -> e.startsWith("mask::"))) {
        return masked(entry.substring("group::".length()), mask);
      }
    }
    return null;
  }

  private static String mask(List<String> entries) {
    return entries.stream()
        .filter(entry -> entry.startsWith("mask::"))
        .map(entry -> entry.substring("mask::".length()))
        .findFirst()
        .orElse("rwx");
  }

  private static String masked(String permissions, String mask) {
    StringBuilder left = new StringBuilder();
    for (int i = 0; i < permissions.length(); i++) {
      char letter = permissions.charAt(i);
      left.append(mask.indexOf(letter) < 0 ? '-' : letter);
    }
    return left.toString();
  }
}
