package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.testing.Product;
import plimsoll.testing.Project;
import plimsoll.testing.Ran;

/** The launcher: which Java it takes, when it builds, what it says when something is missing. */
@Tag("launcher")
class LauncherIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** What the launcher itself runs; a PATH of these has neither Java nor Maven. */
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "sed",
          "dirname",
          "readlink",
          "sort",
          "uniq",
          "head",
          "cut",
          "find",
          "flock",
          "id",
          "mkdir",
          "tail",
          "touch",
          "cat",
          "mount",
          "env");

  @TempDir Path folder;

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path fakeJava(String version, boolean compiler) throws IOException {
    Path java = folder.resolve("java-" + version);
    script(java.resolve("bin/java"), "#!/bin/sh\necho \"java " + version + "\" \"$@\"\n");
    if (compiler) {
      script(java.resolve("bin/javac"), "#!/bin/sh\n");
    }
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return java;
  }

  private String bareTools() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      for (String place : List.of("/usr/bin/", "/bin/")) {
        Path real = Path.of(place + tool);
        Path link = bin.resolve(tool);
        if (Files.exists(real) && !Files.exists(link)) {
          Files.createSymbolicLink(link, real);
        }
      }
    }
    return bin.toString();
  }

  @Test
  void theNewestJavaIsTaken() throws IOException {
    Path launcher = Product.copyTo(Files.createDirectory(folder.resolve("product")));
    Ran ran =
        Ran.run(
            LIMIT,
            Map.of("JAVA_HOME", fakeJava("99.0.1", false).toString()),
            List.of(launcher.toString(), "audit", "two words"));
    assertThat(ran.out()).startsWith("java 99.0.1 ").endsWith(" audit two words\n");
  }

  @Test
  void anOldJavaIsNotTakenThoughItIsNamed() throws IOException {
    Path launcher = Product.copyTo(Files.createDirectory(folder.resolve("product")));
    Ran ran =
        Ran.run(
            LIMIT,
            Map.of("JAVA_HOME", fakeJava("1.8.0_402", true).toString()),
            List.of(launcher.toString(), "--version"));
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).startsWith("plimsoll ");
  }

  @Test
  void aLinkToTheLauncherWorksFromAnywhere() throws IOException {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Product.launcher());
    Ran ran = Ran.run(LIMIT, Map.of(), List.of(link.toString(), "--version"));
    assertThat(ran.out()).startsWith("plimsoll ");
  }

  private static List<Path> archives(Path tree) throws IOException {
    try (Stream<Path> files = Files.list(tree.resolve("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("classes-.*\\.(aot|jsa)"))
          .toList();
    }
  }

  @Test
  void whatIsMissingIsNamedWithTheCommandThatInstallsIt() throws IOException {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.createDirectories(tree.resolve("src/main"));
    Files.copy(Product.launcher(), tree.resolve("plimsoll"));
    script(tree.resolve("plimsoll"), Files.readString(Product.launcher()));
    Map<String, String> bare =
        Map.of(
            "PATH", bareTools(),
            "HOME", folder.toString(),
            "JAVA_HOME", fakeJava("17.0.1", true).toString());
    Ran noMaven = Ran.run(LIMIT, bare, List.of(tree.resolve("plimsoll").toString(), "audit"));
    assertThat(noMaven.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(noMaven.err()).contains("building it needs Maven", "apt-get install maven");
  }

  @Test
  void withoutAnyJdkItSaysWhatToInstall() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "hiding the JDKs takes root");
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.createDirectories(tree.resolve("src/main"));
    script(tree.resolve("plimsoll"), Files.readString(Product.launcher()));
    Ran none =
        Ran.run(
            LIMIT,
            Map.of("PATH", bareTools(), "HOME", folder.toString(), "JAVA_HOME", ""),
            List.of(
                "/usr/bin/unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs none /usr/lib/jvm && exec \"$0\" audit",
                tree.resolve("plimsoll").toString()));
    assertThat(none.exit()).as(none.err()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(none.err())
        .contains(
            "building it needs a JDK, 17 or newer", "apt-get install openjdk-17-jdk-headless");
  }

  @Test
  void itBuildsOnFirstUseAndWhenASourceIsNewer() throws IOException {
    Path tree = folder.resolve("tree");
    List<String> copy =
        List.of(
            "sh",
            "-c",
            "mkdir \"$1\" && tar -C \"$0\" --exclude=./target --exclude=./.git -cf - . | tar -C \"$1\" -xf -",
            Project.root().toString(),
            tree.toString());
    Ran.run(LIMIT, Map.of(), copy).orFail(copy);
    List<String> version = List.of(tree.resolve("plimsoll").toString(), "--version");
    Ran first = Ran.run(LIMIT, Map.of(), version);
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).startsWith("plimsoll ");
    assertThat(first.err()).contains("building");
    assertThat(Ran.run(LIMIT, Map.of(), version).err()).isEmpty();
    assertThat(archives(tree))
        .as("what later runs start from: see target/rehearsal.log")
        .singleElement()
        .satisfies(archive -> assertThat(Files.size(archive)).isGreaterThan(1_000_000));

    Path rule = tree.resolve("rules/host/host-no-lsm.yaml");
    Files.setLastModifiedTime(
        rule, java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(2)));
    Files.writeString(tree.resolve("src/main/java/plimsoll/cli/Broken.java"), "class");
    Ran broken = Ran.run(LIMIT, Map.of(), version);
    assertThat(broken.exit()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(broken.err()).contains("the build failed; all of it is in", "Broken.java");
  }
}
