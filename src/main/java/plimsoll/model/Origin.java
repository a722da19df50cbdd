package plimsoll.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * Where a value came from.
 *
 * @param source who said it
 * @param field the field, flag or key inside the source, in the source's own spelling; null where
 *     the file says it all
 * @param file the file it stands in; null where the source is not a file
 * @param line the line in the file, counted from 1; null where lines mean nothing
 * @param column the column in the line, counted from 1; null where columns mean nothing
 * @param provider who provides the value if not the subject itself, such as an ancestor cgroup;
 *     null otherwise
 */
public record Origin(
    Source source,
    @Nullable String field,
    @Nullable String file,
    @Nullable Integer line,
    @Nullable Integer column,
    @Nullable String provider) {

  private static Origin of(Source source, @Nullable String field, @Nullable String file) {
    return new Origin(source, field, file, null, null, null);
  }

  /** A field of the engine's record of the container. */
  public static Origin inspect(String field) {
    return of(Source.INSPECT, field, null);
  }

  /** A field of the image's configuration. */
  public static Origin image(String field) {
    return of(Source.IMAGE, field, null);
  }

  /** The engine's default for a field nobody set. */
  public static Origin byDefault(String field) {
    return of(Source.DEFAULT, field, null);
  }

  /** A default the daemon was configured with, which the container took on. */
  public static Origin daemon(String setting) {
    return of(Source.DAEMON, setting, null);
  }

  /** A flag on the daemon's command line. */
  public static Origin commandLine(String flag) {
    return of(Source.COMMAND_LINE, flag, null);
  }

  /** A key of the daemon's configuration file. */
  public static Origin configFile(String file, String key) {
    return of(Source.CONFIG_FILE, key, file);
  }

  /** A field of the engine's report of itself. */
  public static Origin info(String field) {
    return of(Source.INFO, field, null);
  }

  /** A kernel file and, where it holds several values, the name of the line. */
  public static Origin kernel(String file, @Nullable String field) {
    return of(Source.KERNEL, field, file);
  }

  /** A file of the host. */
  public static Origin host(String file) {
    return of(Source.HOST, null, file);
  }

  /** A place in something somebody wrote. */
  public static Origin written(@Nullable String file, int line, int column, String field) {
    return new Origin(Source.FILE, field, file, line, column, null);
  }

  /** The engine's documented default for a field nobody set, where no engine was asked. */
  public static Origin assumed(String field) {
    return of(Source.ASSUMED, field, null);
  }

  /** The same origin, naming who provides the value. */
  public Origin providedBy(String who) {
    return new Origin(source, field, file, line, column, who);
  }

  /** Whether somebody asked for the value, as opposed to nobody having set it. */
  @JsonIgnore
  public boolean written() {
    return source.asked();
  }

  /**
   * For people: {@code HostConfig.Privileged}, {@code /proc/42/status CapBnd}, {@code default of
   * …}.
   */
  public String describe() {
    StringBuilder text = new StringBuilder();
    switch (source) {
      case DEFAULT -> text.append("default");
      case ASSUMED -> text.append("assumed default");
      case IMAGE -> text.append("image");
      case DAEMON -> text.append("daemon");
      case COMMAND_LINE -> text.append("dockerd");
      default -> {}
    }
    for (String part : new @Nullable String[] {file, field}) {
      if (part != null) {
        text.append(text.isEmpty() ? "" : source == Source.DEFAULT ? " of " : " ").append(part);
      }
    }
    if (provider != null) {
      text.append(", provided by ").append(provider);
    }
    return text.toString();
  }
}
