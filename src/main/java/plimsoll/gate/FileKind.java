package plimsoll.gate;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a file is, by its name or its first line. */
enum FileKind {
  /** A script of the sh family. */
  SHELL,
  /** A makefile. */
  MAKE,
  /** A Dockerfile. */
  DOCKERFILE,
  /** A Jenkins pipeline. */
  JENKINS,
  /** A systemd unit. */
  UNIT,
  /** A crontab. */
  CRON,
  /** A workflow, a pipeline, a compose file, or any other YAML. */
  YAML,
  /** JSON, in which what docker inspect printed may be. */
  JSON,
  /** The configuration of the engine's daemon. */
  DAEMON,
  /** Scripts of npm. */
  PACKAGE,
  /** Text with fenced code. */
  MARKDOWN;

  private static final Pattern SHEBANG =
      Pattern.compile("#!\\s*\\S*/(env\\s+(-S\\s+)?)?(ba|da|a|z|k|mk)?sh\\b.*");
  private static final Pattern MAKE_SHEBANG = Pattern.compile("#!.*\\bmake\\b.*");

  /**
   * The kind of a file.
   *
   * @param firstLine of its text
   * @return null for one in which nothing is looked for
   */
  static @Nullable FileKind of(String path, String firstLine) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String low = name.toLowerCase(Locale.ROOT);
    String end = low.substring(low.lastIndexOf('.') + 1);
    if (low.matches("(gnu|bsd)?makefile(\\..*)?") || end.equals("mk") || end.equals("make")) {
      return MAKE;
    }
    if (low.matches(
        "(dockerfile|containerfile)([._-].*)?|.*[._-](dockerfile|containerfile)|.*\\.docker")) {
      return DOCKERFILE;
    }
    if (low.startsWith("jenkinsfile") || end.equals("jenkinsfile") || end.equals("groovy")) {
      return JENKINS;
    }
    if (low.equals("package.json")) {
      return PACKAGE;
    }
    if (low.equals("daemon.json")) {
      return DAEMON;
    }
    if (low.equals("crontab") || end.equals("cron") || path.matches("(.*/)?cron\\.d/[^/]+")) {
      return CRON;
    }
    switch (end) {
      case "sh", "bash", "zsh", "ksh", "bats", "envrc" -> {
        return SHELL;
      }
      case "json" -> {
        return JSON;
      }
      case "service" -> {
        return UNIT;
      }
      case "yml", "yaml" -> {
        return YAML;
      }
      case "md", "markdown" -> {
        return MARKDOWN;
      }
      default -> {
        return SHEBANG.matcher(firstLine).matches()
            ? SHELL
            : MAKE_SHEBANG.matcher(firstLine).matches() ? MAKE : null;
      }
    }
  }
}
