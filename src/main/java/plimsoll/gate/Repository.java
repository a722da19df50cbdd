package plimsoll.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import plimsoll.dockerfile.Dockerfile;
import plimsoll.dockerfile.DockerfileException;
import plimsoll.read.InspectFile;
import plimsoll.shell.ShellException;
import plimsoll.shell.Unknowns;
import plimsoll.yaml.Problem;
import plimsoll.yaml.Problems;

/** The files of a repository, and the containers that they would start. */
public final class Repository {
  /** Larger than this nobody writes by hand. */
  private static final long MAX_SIZE = 4 << 20;

  private static final String TOO_LARGE = "is larger than 4 MiB, which nobody writes by hand";

  /** Of others, or made by machines. */
  private static final Set<String> SKIPPED = Set.of(".git", ".hg", ".svn", "node_modules");

  /** Called as docker looks for it. */
  private static final Pattern DOCKERFILE =
      Pattern.compile("(?i)(.*/)?(docker|container)file|.*\\.(docker|container)file");

  /** What another program makes a Dockerfile of. */
  private static final Pattern TEMPLATE =
      Pattern.compile("(?i).*\\.(template|tmpl|tpl|gotmpl|in|j2|jinja2?|erb|mustache|hbs)");

  private final Map<Path, Path> roots = new HashMap<>();
  private Path named;
  private final Path base;
  private final boolean markdown;
  private final ComposeFiles compose;
  private final List<FoundContainer> containers = new ArrayList<>();
  private final List<FoundBuild> builds = new ArrayList<>();
  private final List<Problem> unusable = new ArrayList<>();
  private final List<SourceFile> daemons = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, SourceFile> files = new LinkedHashMap<>();
  private final Map<Path, SourceFile> scripts = new HashMap<>();

  private Repository(Path base, boolean markdown, Set<String> profiles) {
    this.base = base;
    this.named = base;
    this.markdown = markdown;
    this.compose = new ComposeFiles(base, Set.copyOf(profiles));
  }

  /**
   * What was found.
   *
   * @param containers in the order of files and lines
   * @param builds images that they have built
   * @param daemons configurations of the engine's daemon
   * @param unusable files, or places in them, that could not be read
   * @param notes what was left out
   * @param files those that start containers or could not be read, by path
   */
  public record Contents(
      List<FoundContainer> containers,
      List<FoundBuild> builds,
      List<SourceFile> daemons,
      List<Problem> unusable,
      List<String> notes,
      Map<String, SourceFile> files) {}

  /**
   * Reads files and folders.
   *
   * @param base the working directory, which paths are shown relative to
   * @param markdown whether fenced code in Markdown counts
   * @param profiles of compose files, those whose services count; empty for all
   * @param together compose files of which each is put over those before it
   */
  public static Contents read(
      List<Path> paths, Path base, boolean markdown, Set<String> profiles, List<Path> together) {
    Repository repository = new Repository(base.toAbsolutePath().normalize(), markdown, profiles);
    for (Path path : paths) {
      repository.take(base.resolve(path).toAbsolutePath().normalize());
    }
    repository.together(together);
    repository.compose.read(
        new ComposeFiles.Found(
            repository.containers,
            repository.builds,
            repository.files,
            repository.notes,
            repository.unusable));
    return new Contents(
        repository.containers,
        repository.builds,
        repository.daemons,
        repository.unusable,
        repository.notes,
        repository.files);
  }

  /** Compose files that whoever asks names as belonging together. */
  private void together(List<Path> paths) {
    List<SourceFile> together = new ArrayList<>();
    for (Path path : paths) {
      Path file = base.resolve(path).toAbsolutePath().normalize();
      try {
        if (Files.size(file) > MAX_SIZE) {
          unusable(shown(file), TOO_LARGE);
        }
        String text = SourceFile.text(file);
        together.add(new SourceFile(shown(file), text));
      } catch (IOException e) {
        unusable(shown(file), "cannot be read: " + reason(e));
      }
    }
    if (!together.isEmpty()) {
      RepositoryWorld world = world(base.resolve(paths.get(0)).toAbsolutePath().normalize());
      compose.add(together.get(0), world);
      compose.group(together, world);
    }
  }

  private RepositoryWorld world(Path file) {
    Path parent = file.getParent();
    Path folder = parent == null ? base : parent;
    return new RepositoryWorld(root(folder), folder, base, scripts);
  }

  /** The repository's folder, which nothing outside is read of: git's, else what was named. */
  private Path root(Path folder) {
    return roots.computeIfAbsent(
        folder,
        from -> {
          for (Path at = from; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
              return at;
            }
          }
          return from.startsWith(base) ? base : from.startsWith(named) ? named : from;
        });
  }

  private void take(Path path) {
    named = path;
    if (!Files.isDirectory(path)) {
      file(path, true);
      return;
    }
    Set<Path> found = new TreeSet<>();
    try {
      // One that is named is entered though it is a link.
      Path start = path.toRealPath();
      Files.walkFileTree(
          start,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              boolean skipped =
                  !folder.equals(start) && SKIPPED.contains(String.valueOf(folder.getFileName()));
              return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                found.add(path.resolve(start.relativize(file)));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              unusable(shown(file), "cannot be read: " + reason(e));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      unusable(shown(path), "cannot be read: " + reason(e));
    }
    found.forEach(file -> file(file, false));
  }

  private String shown(Path file) {
    return shown(file, base);
  }

  /** A path for people: relative to the working directory, with slashes. */
  static String shown(Path file, Path base) {
    Path relative = file.startsWith(base) ? base.relativize(file) : file;
    return relative.toString().replace('\\', '/');
  }

  private void unusable(String path, String why) {
    unusable.add(new Problem(path, 1, 1, why));
  }

  private void file(Path path, boolean named) {
    String shown = shown(path);
    FileKind byName = FileKind.of(shown, "");
    boolean nameTells = byName != null;
    try {
      if (!nameTells && !named && !hasShebang(path)) {
        return;
      }
      if (!Files.isRegularFile(path)) {
        unusable(shown, "is no file");
        return;
      }
      if (Files.size(path) > MAX_SIZE) {
        if ((nameTells && byName != FileKind.JSON) || named) {
          unusable(shown, TOO_LARGE);
        }
        return;
      }
      String text = SourceFile.text(path);
      FileKind kind = FileKind.of(shown, text.split("\n", 2)[0].stripTrailing());
      if (kind == null) {
        if (named) {
          unusable(
              shown, "is of no kind in which containers are started, by its name and first line");
        }
        return;
      }
      SourceFile file = new SourceFile(shown, text);
      read(file, kind, world(path.toAbsolutePath()));
    } catch (IOException e) {
      unusable(shown, "cannot be read: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "permission denied" : e.toString();
  }

  private static boolean hasShebang(Path path) throws IOException {
    try (var in = Files.newInputStream(path)) {
      return in.read() == '#' && in.read() == '!';
    }
  }

  private void read(SourceFile file, FileKind kind, RepositoryWorld world) {
    if (kind == FileKind.MARKDOWN && !markdown) {
      return;
    }
    if (kind == FileKind.YAML) {
      yaml(file, world);
      return;
    }
    if (kind == FileKind.JSON) {
      inspected(file);
      return;
    }
    if (kind == FileKind.DAEMON) {
      files.put(file.path(), file);
      daemons.add(file);
      return;
    }
    if (kind == FileKind.DOCKERFILE && !dockerfile(file)) {
      return;
    }
    boolean takesIn =
        (kind == FileKind.SHELL && Mentions.takesIn(file.text()))
            || (kind == FileKind.MAKE && Mentions.includes(file.text()));
    if (!takesIn && !Mentions.client(file.text())) {
      return;
    }
    Unknowns unknowns = new Unknowns();
    RunFinder finder = new RunFinder(file, unknowns, world);
    try {
      LineScripts lines = new LineScripts(file.whole(), finder, unknowns);
      switch (kind) {
        case SHELL -> finder.script(file.whole(), Map.of());
        case MAKE -> Makefile.read(file, finder, unknowns);
        case DOCKERFILE -> lines.dockerfile();
        case UNIT -> lines.unit();
        case CRON ->
            lines.crontab(file.path().endsWith("crontab") || file.path().contains("cron.d/"));
        case MARKDOWN -> lines.markdown();
        case JENKINS -> Jenkinsfile.read(file, finder, unknowns);
        case PACKAGE -> scripts(file, finder, unknowns, true);
        case YAML, JSON, DAEMON -> throw new IllegalStateException("read elsewhere");
      }
      runs(file, finder, world);
    } catch (ShellException e) {
      unusable(file, e);
    } catch (DockerfileException e) {
      throw new IllegalStateException("it was read a moment ago", e);
    }
  }

  /** What a Dockerfile has built; answers whether it could be read. */
  private boolean dockerfile(SourceFile file) {
    boolean called = DOCKERFILE.matcher(file.path()).matches();
    if (!called && !Dockerfile.isOne(file.text())) {
      // Something else, such as notes about one.
      return false;
    }
    try {
      builds.add(Builds.dockerfile(file));
      files.put(file.path(), file);
      return true;
    } catch (DockerfileException e) {
      Problem problem = file.problem(e.offset(), String.valueOf(e.getMessage()));
      if (TEMPLATE.matcher(file.path()).matches()) {
        notes.add(file.path() + ": not looked through: " + problem.message());
      } else {
        files.put(file.path(), file);
        unusable.add(problem);
      }
      return false;
    }
  }

  private void inspected(SourceFile file) {
    if (!InspectFile.isOne(file.text())) {
      return;
    }
    files.put(file.path(), file);
    try {
      for (InspectFile.Inspected one : InspectFile.read(file.path(), file.text())) {
        containers.add(
            new FoundContainer(
                one.container(),
                List.of(),
                file,
                one.start().line(),
                one.start().column(),
                Integer.MAX_VALUE,
                one.written(),
                false,
                Map.of()));
      }
    } catch (JsonProcessingException e) {
      unusable.add(file.notJson(e));
    }
  }

  private void unusable(SourceFile file, ShellException e) {
    files.put(file.path(), file);
    unusable.add(file.problem(e.offset(), String.valueOf(e.getMessage())));
  }

  private void yaml(SourceFile file, RepositoryWorld world) {
    boolean called = file.path().matches("(?i)(.*/)?((docker-)?compose[^/]*|fig)\\.ya?ml");
    if (called || file.text().contains("services:")) {
      // Whether it is one has to be asked only of files that are not called so.
      Node root = called ? null : new Problems(file.path()).compose(file.text());
      if (called || (root != null && Compose.isOne(root))) {
        compose.add(file, world);
        return;
      }
    }
    if (!Mentions.client(file.text())) {
      return;
    }
    Unknowns unknowns = new Unknowns();
    RunFinder finder = new RunFinder(file, unknowns, world);
    try {
      scripts(
          file,
          finder,
          unknowns,
          file.path().matches("(.*/)?\\.(github|gitea|forgejo|gitlab)[/-].*"));
      runs(file, finder, world);
    } catch (ShellException e) {
      unusable(file, e);
    }
  }

  /**
   * Scripts in YAML or JSON.
   *
   * @param sure whether it must be readable, for its name says what it is
   */
  private void scripts(SourceFile file, RunFinder finder, Unknowns unknowns, boolean sure)
      throws ShellException {
    Problems problems = new Problems(file.path());
    List<Node> roots = problems.composeAll(file.text());
    for (Node root : roots) {
      YamlScripts.read(file, root, finder, unknowns);
    }
    if (problems.found().isEmpty()) {
      return;
    }
    if (sure) {
      files.put(file.path(), file);
      unusable.addAll(problems.found());
    } else {
      problems
          .found()
          .forEach(
              problem -> notes.add(file.path() + ": not looked through: " + problem.message()));
    }
  }

  private void runs(SourceFile file, RunFinder finder, RepositoryWorld world) {
    for (List<String> names : finder.composeFiles()) {
      List<SourceFile> together = new ArrayList<>();
      for (String name : names) {
        SourceFile one = world.script(name);
        if (one != null) {
          together.add(one);
        }
      }
      if (together.size() == names.size()) {
        compose.group(together, world);
      }
    }
    for (SourceFile written : finder.written()) {
      files.put(file.path(), file);
      compose.written(written, world);
    }
    Map<String, Map<Integer, Integer>> ordinals = new HashMap<>();
    Map<Integer, String> images = new HashMap<>();
    for (FoundRun run : finder.found()) {
      files.put(file.path(), file);
      file.takenIn().forEach(other -> files.putIfAbsent(other.path(), other));
      // Of the same run with other values the first names the image.
      String image = images.computeIfAbsent(run.start(), start -> RunDescriber.image(run, world));
      Map<Integer, Integer> places = ordinals.computeIfAbsent(image, key -> new HashMap<>());
      @Nullable Integer known = places.get(run.start());
      int ordinal = known == null ? places.size() + 1 : known;
      places.put(run.start(), ordinal);
      containers.addAll(RunDescriber.describe(run, world, image, ordinal, notes));
    }
  }
}
