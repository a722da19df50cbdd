package plimsoll.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.read.CreateRequest;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;

/**
 * What to start, and how to stand in front of it.
 *
 * @param body the create request
 * @param name null to let the engine choose
 * @param image as it was written
 * @param platform {@code linux/arm64}; null for the engine's own
 * @param pull when the image is pulled: {@code always}, {@code missing} or {@code never}
 * @param streams which of {@code stdin}, {@code stdout}, {@code stderr} are attached; none where it
 *     is detached
 */
public record Plan(
    ObjectNode body,
    @Nullable String name,
    String image,
    @Nullable String platform,
    String pull,
    Set<String> streams,
    Manner manner) {

  /**
   * How to stand in front of it.
   *
   * @param detach whether to leave at once
   * @param tty whether it has a terminal
   * @param remove whether the engine removes it when it has ended
   * @param signals whether signals go to it
   * @param detachKeys the keys that leave it; null for the usual ones
   * @param idFile where its id is written; null for nowhere
   * @param quiet whether a pull says nothing
   */
  public record Manner(
      boolean detach,
      boolean tty,
      boolean remove,
      boolean signals,
      @Nullable String detachKeys,
      @Nullable Path idFile,
      boolean quiet) {}

  /**
   * The plan of a run line.
   *
   * @param request what it asks for
   * @param idFile the file of {@code --cidfile}, resolved
   * @param keys the keys that leave it unless the line says; null for the usual ones
   */
  public static Plan of(
      RunLine line, CreateRequest request, @Nullable Path idFile, @Nullable String keys) {
    ObjectNode body = request.body();
    Set<String> streams = new java.util.LinkedHashSet<>();
    for (String stream : new String[] {"Stdin", "Stdout", "Stderr"}) {
      if (body.path("Attach" + stream).asBoolean()) {
        streams.add(stream.toLowerCase(java.util.Locale.ROOT));
      }
    }
    Given signals = line.last(RunFlag.SIG_PROXY);
    return new Plan(
        body,
        request.name(),
        line.image().text(),
        value(line, RunFlag.PLATFORM),
        value(line, RunFlag.PULL) == null ? "missing" : String.valueOf(value(line, RunFlag.PULL)),
        streams,
        new Manner(
            line.isOn(RunFlag.DETACH),
            line.isOn(RunFlag.TTY),
            line.isOn(RunFlag.RM),
            signals == null || line.isOn(RunFlag.SIG_PROXY),
            value(line, RunFlag.DETACH_KEYS) == null ? keys : value(line, RunFlag.DETACH_KEYS),
            idFile,
            line.isOn(RunFlag.QUIET)));
  }

  private static @Nullable String value(RunLine line, RunFlag flag) {
    Given given = line.last(flag);
    return given == null || given.value().isEmpty() ? null : given.value();
  }
}
