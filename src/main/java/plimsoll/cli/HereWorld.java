package plimsoll.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import plimsoll.read.ClientWorld;

/** What a run line takes from where it is typed. */
record HereWorld(Edges edges) implements ClientWorld {
  @Override
  public String file(String path) throws IOException {
    try {
      return SmallFile.text(Path.of(path));
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException("no such file or directory");
    }
  }

  @Override
  public @Nullable String variable(String name) {
    return edges.environment().get(name);
  }

  @Override
  public String folder() {
    return Path.of("").toAbsolutePath().toString();
  }
}
