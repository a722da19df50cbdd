package plimsoll.read;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the docker client takes from where it runs. */
public interface ClientWorld {

  /** The text of a file that a flag names: an environment or label file, a seccomp profile. */
  String file(String path) throws IOException;

  /**
   * A variable of the client's environment, which {@code --env NAME} copies; null where it is not
   * set.
   */
  @Nullable String variable(String name);

  /** The folder that relative paths start from. */
  String folder();
}
