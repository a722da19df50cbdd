package plimsoll.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client's surroundings with the files and variables a test puts there. */
public final class FakeWorld implements ClientWorld {
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();

  /** Puts a file there. */
  public FakeWorld withFile(String path, String text) {
    files.put(path, text);
    return this;
  }

  /** Sets a variable. */
  public FakeWorld withVariable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  @Override
  public String file(String path) throws IOException {
    String text = files.get(path);
    if (text == null) {
      throw new FileNotFoundException(path);
    }
    return text;
  }

  @Override
  public @Nullable String variable(String name) {
    return variables.get(name);
  }

  @Override
  public String folder() {
    return "/work/project";
  }
}
