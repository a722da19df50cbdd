package plimsoll.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who said a value. */
public enum Source {
  /** The engine's record of a container; {@link Origin#field()} names the API field. */
  INSPECT(true),
  /** The image the container was made from. */
  IMAGE(false),
  /** Nobody: the engine's own default, as the engine applied it. */
  DEFAULT(false),
  /** Nobody: the engine's documented default, where no engine was asked. */
  ASSUMED(false),
  /** Something somebody wrote: a run line, a file of a repository. */
  FILE(true),
  /** A default the daemon was configured with. */
  DAEMON(true),
  /** The command line of the process that serves the engine's socket. */
  COMMAND_LINE(true),
  /** The daemon's configuration file. */
  CONFIG_FILE(true),
  /** What the engine reports of itself as in force. */
  INFO(true),
  /** A file of the kernel: {@code /proc} or a cgroup. It shows what is, not who asked for it. */
  KERNEL(false),
  /** A file of the host. */
  HOST(false);

  private final boolean asked;

  Source(boolean asked) {
    this.asked = asked;
  }

  /** Whether a value from here means that somebody asked for it, rather than that nobody did. */
  public boolean asked() {
    return asked;
  }

  /** The name in JSON. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
