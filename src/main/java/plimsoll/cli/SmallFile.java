package plimsoll.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that somebody writes by hand; one that is larger is none. */
final class SmallFile {
  private static final int MAX_SIZE = 1 << 20;

  private SmallFile() {}

  /**
   * The text of a file that decides what passes.
   *
   * @param what what it is, for messages: {@code configuration}
   */
  static String trusted(Path file, String what, Trust trust) throws UnusableException {
    try {
      if (Files.exists(file)) {
        trust.require(file);
      }
      return text(file);
    } catch (NoSuchFileException e) {
      throw new UnusableException("there is no " + what + " " + file);
    } catch (IOException e) {
      throw new UnusableException("cannot read the " + what + " " + file + ": " + Target.reason(e));
    }
  }

  /** The text of any small file. */
  static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE) {
        throw new IOException("it is larger than 1 MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
