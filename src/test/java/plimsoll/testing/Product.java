package plimsoll.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The packaged product, as {@code mvn package} left it. */
public final class Product {
  private Product() {}

  /** Its launcher in the source tree. */
  public static Path launcher() {
    return Project.root().resolve("plimsoll");
  }

  /**
   * Copies launcher, program and libraries into a folder that everybody may read, without the
   * sources.
   */
  public static Path copyTo(Path folder) {
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      copy(launcher(), folder.resolve("plimsoll"));
      Path lib = Files.createDirectories(folder.resolve("target/lib"));
      copy(Project.root().resolve("target/plimsoll.jar"), folder.resolve("target/plimsoll.jar"));
      try (Stream<Path> jars = Files.list(Project.root().resolve("target/lib"))) {
        for (Path jar : jars.toList()) {
          copy(jar, lib.resolve(jar.getFileName()));
        }
      }
      return folder.resolve("plimsoll");
    } catch (IOException e) {
      throw new AssertionError("the product is not packaged", e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
  }
}
