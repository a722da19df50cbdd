package plimsoll.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Suggestion;

/**
 * {@code FORMAT[=FILE]}: what {@code --output} takes.
 *
 * @param format a format's name
 * @param file where it goes; null for standard output
 */
record Target(String format, @Nullable Path file) {

  /** Writes something to a stream. */
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /**
   * Reads what was given.
   *
   * @param formats the names there are; the first is for standard output where nothing was given
   * @throws IllegalArgumentException if it is wrong; the message says what is
   */
  static List<Target> parse(List<String> texts, List<String> formats) {
    List<Target> targets = new ArrayList<>();
    for (String text : texts) {
      targets.add(parse(text, formats));
    }
    if (targets.stream().filter(target -> target.file == null).count() > 1) {
      throw new IllegalArgumentException(
          "only one report fits on standard output; give the others a FILE");
    }
    return targets.isEmpty() ? List.of(new Target(formats.get(0), null)) : targets;
  }

  private static Target parse(String text, List<String> formats) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String file = equals < 0 ? null : text.substring(equals + 1);
    if (file != null && file.isEmpty()) {
      throw new IllegalArgumentException("no file stands after " + text);
    }
    if (!formats.contains(name)) {
      throw new IllegalArgumentException(
          "there is no format \""
              + name
              + "\""
              + Suggestion.nearest(name, formats)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; there are " + String.join(", ", formats)));
    }
    return new Target(name, file == null ? null : Path.of(file));
  }

  /** Whether to use colour: for standard output only, if that is for it. */
  boolean colour(Edges edges) {
    return file == null && edges.colour();
  }

  /** Writes there. */
  void write(Edges edges, Writing writing) throws UnusableException {
    if (file != null) {
      toFile(file, writing);
      return;
    }
    try {
      writing.to(edges.out());
      edges.out().flush();
    } catch (IOException e) {
      throw new UnusableException("cannot write the report: " + e.getMessage());
    }
  }

  /** Writes beside the file and renames, so that nobody ever finds half of it there. */
  static void toFile(Path file, Writing writing) throws UnusableException {
    Path absolute = file.toAbsolutePath();
    Path temporary = null;
    try {
      if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
        // A device or a pipe, such as /dev/stdout: there is nothing to rename onto.
        try (OutputStream out = Files.newOutputStream(absolute)) {
          writing.to(out);
        }
        return;
      }
      temporary =
          absolute.resolveSibling(
              "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
      Unfinished.add(temporary);
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        writing.to(out);
      }
      Files.move(
          temporary, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      Unfinished.remove(temporary);
    } catch (IOException e) {
      if (temporary != null) {
        Unfinished.delete(temporary);
      }
      throw new UnusableException("cannot write " + file + ": " + reason(e));
    }
  }

  /** Refuses a file that could not be written, before what would be reported is done. */
  static void check(Path file) throws UnusableException {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UnusableException("cannot write " + file + ": it is a folder");
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UnusableException("cannot write " + file + ": there is no folder " + folder);
    }
    if (folder != null && !Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new UnusableException("cannot write " + file + ": permission denied");
    }
  }

  static String reason(IOException e) {
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null ? kind : kind + " " + e.getMessage();
  }
}
