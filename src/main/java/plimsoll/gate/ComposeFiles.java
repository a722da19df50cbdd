package plimsoll.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.yaml.Problem;

/**
 * Compose files, which may belong together: {@code compose.override.yaml} to {@code compose.yaml},
 * and those that one command names with {@code -f}. They are read when all are known, for one that
 * is put over others says nothing by itself.
 */
final class ComposeFiles {
  private static final Pattern PLAIN = Pattern.compile("((?:.*/)?(?:docker-)?compose)\\.ya?ml");

  private final Path base;
  private final Set<String> profiles;
  private final Map<String, Single> files = new LinkedHashMap<>();
  private final List<Group> groups = new ArrayList<>();
  private final List<Single> written = new ArrayList<>();

  /** One of them. */
  private record Single(SourceFile file, RepositoryWorld world) {}

  /** Some that belong together, in the order in which one is put over the other. */
  private record Group(List<SourceFile> files, RepositoryWorld world) {}

  /**
   * What takes what they say.
   *
   * @param containers those of their services
   * @param builds what their services have built
   * @param files those that were read
   * @param notes what was left out
   * @param unusable what could not be read
   */
  record Found(
      List<FoundContainer> containers,
      List<FoundBuild> builds,
      Map<String, SourceFile> files,
      List<String> notes,
      List<Problem> unusable) {}

  /**
   * None yet.
   *
   * @param base the working directory
   * @param profiles those whose services count; empty for all
   */
  ComposeFiles(Path base, Set<String> profiles) {
    this.base = base;
    this.profiles = profiles;
  }

  /** Takes a file. */
  void add(SourceFile file, RepositoryWorld world) {
    files.putIfAbsent(file.path(), new Single(file, world));
  }

  /** Takes one that a script writes; its path is the script's. */
  void written(SourceFile file, RepositoryWorld world) {
    written.add(new Single(file, world));
  }

  /** Takes files that a command names together. */
  void group(List<SourceFile> together, RepositoryWorld world) {
    if (together.size() > 1) {
      groups.add(new Group(List.copyOf(together), world));
    }
  }

  /** Reads them all. */
  void read(Found found) {
    Set<String> over = new HashSet<>();
    List<Group> all = new ArrayList<>(groups);
    for (Single one : files.values()) {
      try {
        SourceFile override = override(one.file());
        if (override != null) {
          all.add(new Group(List.of(one.file(), override), one.world()));
          // With it alone it is started, unless other files are named.
          over.add(one.file().path());
        }
      } catch (IOException e) {
        found
            .unusable()
            .add(new Problem(one.file().path(), 1, 1, "its override cannot be read: " + e));
      }
    }
    for (Group group : all) {
      group.files().stream().skip(1).forEach(file -> over.add(file.path()));
    }
    for (Single one : files.values()) {
      if (!over.contains(one.file().path())) {
        read(List.of(one.file()), one.world(), found);
      }
    }
    all.forEach(group -> read(group.files(), group.world(), found));
    for (Single one : written) {
      // Where it will lie, and what lies beside it then, only the script knows.
      List<Problem> open = new ArrayList<>();
      Found own = new Found(found.containers(), found.builds(), found.files(), found.notes(), open);
      found.containers().addAll(Compose.found(one.file(), List.of(), one.world(), profiles, own));
      open.forEach(problem -> found.notes().add("not looked through: " + problem));
    }
  }

  private void read(List<SourceFile> together, RepositoryWorld world, Found found) {
    together.forEach(file -> found.files().put(file.path(), file));
    found
        .containers()
        .addAll(
            Compose.found(
                together.get(0), together.subList(1, together.size()), world, profiles, found));
  }

  /** {@code compose.override.yaml} beside {@code compose.yaml}, which compose takes unasked. */
  private @Nullable SourceFile override(SourceFile file) throws IOException {
    Matcher name = PLAIN.matcher(file.path());
    if (name.matches()) {
      for (String end : List.of("yml", "yaml")) {
        String path = name.group(1) + ".override." + end;
        Path there = base.resolve(path);
        if (Files.isRegularFile(there)) {
          return new SourceFile(path, SourceFile.text(there));
        }
      }
    }
    return null;
  }
}
