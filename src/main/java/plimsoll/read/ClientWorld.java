package plimsoll.read;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the docker client takes from where it runs. */
public interface ClientWorld {

  /** The text of a file that a flag names: an environment or label file, a seccomp profile. */
  String file(String path) throws IOException;

  /** The text of another compose file that one extends or includes. */
  default String composeFile(String path) throws IOException {
    return file(path);
  }

  /**
   * A variable of the client's environment, which {@code --env NAME} copies; null where it is not
   * set.
   */
  @Nullable String variable(String name);

  /** What stands in a compose file's value for a variable that is not set; nothing, for compose. */
  default String unset(String name) {
    return "";
  }

  /** The folder that relative paths start from. */
  String folder();
}
