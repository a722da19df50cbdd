package plimsoll.read;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Identity;
import plimsoll.model.Origin;
import plimsoll.model.Source;
import plimsoll.model.View;
import plimsoll.model.Volume;
import plimsoll.wire.CreateReader;
import plimsoll.wire.CreateReader.Requested;
import plimsoll.wire.Program;

/**
 * A run line to the container it would start: the same model as an inspected one, each value with
 * its place.
 */
public final class RunReader {
  private RunReader() {}

  /**
   * A container that does not run.
   *
   * @param volumes volumes the line describes
   * @param program what it runs
   */
  public record Described(Container container, List<Volume> volumes, Program program) {
    /** Copies the list. */
    public Described {
      volumes = List.copyOf(volumes);
    }
  }

  /**
   * Reads a run line.
   *
   * @param arguments the words after {@code run}
   * @param file the file they stand in; null for none
   * @throws RunLineException if the docker client would refuse them
   */
  public static Described read(List<Word> arguments, ClientWorld world, @Nullable String file)
      throws RunLineException {
    return read(RunLine.parse(arguments), world, file);
  }

  /**
   * Reads a run line that is taken apart already.
   *
   * @throws RunLineException if the program it is for would refuse it
   */
  public static Described read(RunLine line, ClientWorld world, @Nullable String file)
      throws RunLineException {
    CreateRequest request = CreateRequest.of(line, world);
    String name = request.name() == null ? line.image().text() : request.name();
    return describe(request, name, null, file);
  }

  /**
   * The container a request would make.
   *
   * @param service what the file calls it; null where it has no name there
   */
  public static Described describe(
      CreateRequest request, String name, @Nullable String service, @Nullable String file) {
    Requested requested = CreateReader.read(request.body());
    View<Confinement> view = requested.view();
    Map<String, Origin> origins = new TreeMap<>();
    view.origins().forEach((at, origin) -> origins.put(at, placed(origin, request, file)));
    Identity identity =
        new Identity(
            "", name, "described", null, request.body().path("Image").asText(), null, service);
    return new Described(
        new Container(identity, new View<>(view.facts(), origins, view.gaps()), null),
        requested.volumes(),
        Program.of(request.body()));
  }

  /**
   * The place of the word that asked for a value; a value nobody asked for is the engine's
   * documented default.
   */
  private static Origin placed(Origin origin, CreateRequest request, @Nullable String file) {
    String field = origin.field();
    if (field == null) {
      return origin;
    }
    Word word = wordFor(field, request.places());
    if (word == null || !word.isWritten()) {
      return origin.source() == Source.DEFAULT || origin.source() == Source.INSPECT
          ? Origin.assumed(field)
          : origin;
    }
    // Somebody may ask for what is the default: --read-only=false.
    boolean asDefault =
        origin.source() == Source.DEFAULT
            && request.places().containsKey(field)
            && !field.equals("Config.Image");
    return origin.source() == Source.INSPECT || asDefault
        ? Origin.written(
            word.file() == null ? file : word.file(), word.line(), word.column(), field)
        : Origin.assumed(field);
  }

  /** The word of a field, or of its last element or key. */
  private static @Nullable Word wordFor(String field, Map<String, Word> places) {
    Word exact = places.get(field);
    if (exact != null) {
      return exact;
    }
    Word last = null;
    for (Map.Entry<String, Word> place : places.entrySet()) {
      if (isOf(field, place.getKey()) && (last == null || isAfter(place.getValue(), last))) {
        last = place.getValue();
      }
    }
    return last;
  }

  private static boolean isOf(String field, String part) {
    int end = field.length();
    return part.length() > end
        && (part.charAt(end) == '[' || part.charAt(end) == '.')
        && part.startsWith(field);
  }

  private static boolean isAfter(Word word, Word other) {
    return word.line() == other.line()
        ? word.column() > other.column()
        : word.line() > other.line();
  }
}
