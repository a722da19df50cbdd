package plimsoll.gate;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.read.ClientWorld;
import plimsoll.shell.Interpreter;
import plimsoll.shell.Unknowns;

/**
 * What run lines and compose files in a repository take from around them: files of the repository,
 * nothing else.
 *
 * @param base the working directory, which paths are shown relative to
 * @param scripts those that others take in, by path, so that each is read once
 * @param variables those of a {@code .env} file
 * @param taken takes files that were read, by path
 * @param unknowns what stands for variables that are not set; null where none can be
 */
record RepositoryWorld(
    Path root,
    Path folderOfFile,
    Path base,
    Map<Path, SourceFile> scripts,
    Map<String, String> variables,
    Map<String, SourceFile> taken,
    @Nullable Unknowns unknowns)
    implements ClientWorld {
  private static final long MAX_SIZE = 1 << 20;

  RepositoryWorld(Path root, Path folderOfFile, Path base, Map<Path, SourceFile> scripts) {
    this(root, folderOfFile, base, scripts, Map.of(), new HashMap<>(), null);
  }

  /** For a compose file: with the variables of {@code .env}, and characters for the others. */
  RepositoryWorld with(Unknowns others, Map<String, SourceFile> files) {
    return new RepositoryWorld(root, folderOfFile, base, scripts, dotEnv(), files, others);
  }

  private Map<String, String> dotEnv() {
    Map<String, String> found = new HashMap<>();
    try {
      for (String line : composeFile(".env").replace("\uFEFF", "").lines().toList()) {
        String[] halves = line.strip().replaceFirst("^export\\s+", "").split("=", 2);
        if (halves.length == 2 && !line.stripLeading().startsWith("#")) {
          found.put(halves[0].strip(), value(halves[1].strip()));
        }
      }
    } catch (IOException e) {
      // There is none.
    }
    return found;
  }

  /** A value without its quotes, and without what follows as a comment. */
  private static String value(String text) {
    char quote = text.isEmpty() ? ' ' : text.charAt(0);
    int end = quote == '"' || quote == '\'' ? text.indexOf(quote, 1) : -1;
    return end > 0 ? text.substring(1, end) : text.replaceFirst("(^|\\s+)#.*", "");
  }

  /**
   * {@inheritDoc}
   *
   * <p>What is not in the repository is made later: an empty file, or a seccomp profile that
   * filters.
   */
  @Override
  public String file(String path) throws IOException {
    try {
      return composeFile(path);
    } catch (FileNotFoundException e) {
      return path.endsWith(".json") ? "{\"defaultAction\": \"SCMP_ACT_ERRNO\"}" : "";
    }
  }

  @Override
  public String composeFile(String path) throws IOException {
    String here = Interpreter.FOLDER + "/";
    String name = path.startsWith(here) ? path.substring(here.length()) : path;
    if (name.indexOf('\0') >= 0) {
      throw new FileNotFoundException("no file has such a name");
    }
    for (Path from : List.of(folderOfFile, root)) {
      Path file = from.resolve(name).normalize();
      if (Files.isRegularFile(file)
          && file.toRealPath().startsWith(root.toRealPath())
          && Files.size(file) <= MAX_SIZE) {
        String text = SourceFile.text(file);
        taken.putIfAbsent(path, new SourceFile(path, text));
        return text;
      }
    }
    throw new FileNotFoundException("there is no such file in the repository");
  }

  /**
   * A script that another takes in, by what it is called there: from the other's own folder, or
   * from one above, for nobody says where it runs. What is open in the path, such as {@code
   * $(dirname "$0")}, is taken for one of these.
   */
  @Nullable SourceFile script(String path) {
    int cut = path.length();
    while (cut > 0 && !Unknowns.isOne(path.charAt(cut - 1))) {
      cut--;
    }
    boolean here = path.startsWith(Interpreter.FOLDER + "/");
    String name = here ? path.substring(Interpreter.FOLDER.length()) : path.substring(cut);
    if ((cut == 0 && !here && name.startsWith("/")) || name.startsWith("~") || name.isBlank()) {
      return null;
    }
    String relative = name.replaceFirst("^/+", "");
    for (Path from = folderOfFile; from != null && from.startsWith(root); from = from.getParent()) {
      try {
        Path file = from.resolve(relative).normalize();
        if (Files.isRegularFile(file)
            && file.toRealPath().startsWith(root.toRealPath())
            && Files.size(file) <= MAX_SIZE) {
          SourceFile known = scripts.get(file);
          if (known == null) {
            String text = SourceFile.text(file);
            known = new SourceFile(Repository.shown(file, base), text);
            scripts.put(file, known);
          }
          return known;
        }
      } catch (IOException | InvalidPathException e) {
        return null;
      }
    }
    return null;
  }

  @Override
  public @Nullable String variable(String name) {
    return variables.get(name);
  }

  @Override
  public String unset(String name) {
    return unknowns == null ? "" : String.valueOf(unknowns.of(name));
  }

  @Override
  public String folder() {
    return Interpreter.FOLDER;
  }
}
