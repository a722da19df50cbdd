package plimsoll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code plimsoll gate} on files that they write into a folder of their own. */
abstract class GateInFolder {

  @TempDir Path folder;

  /** Writes a file, and the folders that it lies in. */
  Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Gates the folder. */
  Audited gate(String... more) {
    List<String> words = new ArrayList<>(List.of("gate"));
    words.addAll(List.of(more));
    words.add(folder.toString());
    return Audited.run(Map.of(), words.toArray(String[]::new));
  }
}
