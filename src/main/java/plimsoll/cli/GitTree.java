package plimsoll.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.report.Plain;

/** The files of the working directory as they were in a commit, in a folder of their own. */
final class GitTree implements Closeable {
  private final String ref;
  private final Path folder;

  private GitTree(String ref, Path folder) {
    this.ref = ref;
    this.folder = folder;
  }

  /**
   * Takes them from the repository that the working directory is in.
   *
   * @param ref a branch, a tag or a commit
   */
  static GitTree at(String ref) throws UnusableException {
    if (ref.isEmpty() || ref.startsWith("-")) {
      throw new UnusableException(ref + " is no branch, tag or commit");
    }
    Path folder = null;
    try {
      folder = Files.createTempDirectory("plimsoll-git");
      Path trouble = Files.createTempFile(folder, "git", ".err");
      List<Process> both =
          ProcessBuilder.startPipeline(
              List.of(
                  new ProcessBuilder("git", "archive", "--format=tar", ref)
                      .redirectError(trouble.toFile()),
                  new ProcessBuilder("tar", "-x", "-C", folder.toString())
                      .redirectError(trouble.toFile())));
      int worst = 0;
      for (Process one : both) {
        worst = Math.max(worst, one.waitFor());
      }
      String said = new String(Files.readAllBytes(trouble), StandardCharsets.UTF_8).strip();
      Files.delete(trouble);
      if (worst != 0) {
        throw new IOException(said.isEmpty() ? "git failed" : said.split("\n", 2)[0]);
      }
      return new GitTree(ref, folder);
    } catch (IOException e) {
      delete(folder);
      throw new UnusableException("cannot take the files of " + ref + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      delete(folder);
      throw new UnusableException("interrupted");
    }
  }

  /** Where they are. */
  Path folder() {
    return folder;
  }

  /** The same path here; one outside the working directory is itself. */
  Path path(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path whole = path.toAbsolutePath().normalize();
    return whole.startsWith(here) ? folder.resolve(here.relativize(whole)) : path;
  }

  /** What a file is called in messages: as git does, {@code REF:PATH}. */
  String name(Path file) {
    return Plain.line(file.startsWith(folder) ? ref + ":" + folder.relativize(file) : "" + file);
  }

  @Override
  public void close() {
    delete(folder);
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path one, @Nullable IOException e)
                throws IOException {
              Files.delete(one);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // It lies where such folders are cleared away.
    }
  }
}
