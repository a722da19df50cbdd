package plimsoll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Committed files of what a user sees. With {@code -Dgolden.update} they are written instead of
 * compared.
 */
public final class Golden {
  private Golden() {}

  /** Compares a text with a committed file; the program's version in it does not count. */
  public static void check(Path file, String actual) throws IOException {
    String scrubbed =
        actual
            .replaceAll("Plimsoll [0-9][^ ]*", "Plimsoll VERSION")
            .replaceAll("(\"version\" : \")[0-9]+\\.[0-9]+\\.[0-9][^\"]*", "$1VERSION")
            .replaceAll("(\"vendor_name\":\"Plimsoll\",\"version\":\")[^\"]*", "$1VERSION");
    if (System.getProperty("golden.update") != null) {
      Files.writeString(file, scrubbed);
    }
    assertThat(file).as("to write it: ./verify --update").exists();
    assertThat(scrubbed)
        .as(file + "; to write it anew: ./verify --update")
        .isEqualTo(Files.readString(file));
  }
}
