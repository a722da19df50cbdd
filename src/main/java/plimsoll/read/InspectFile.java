package plimsoll.read;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Identity;
import plimsoll.model.Origin;
import plimsoll.model.Source;
import plimsoll.model.View;
import plimsoll.wire.CreateReader;
import plimsoll.wire.InspectReader;

/** What {@code docker inspect} printed into a file: containers, each value with its place. */
public final class InspectFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern ELEMENT = Pattern.compile("([A-Za-z.]+)\\[[0-9]+]");

  private final String file;
  private final Map<String, Word> places = new HashMap<>();
  private final List<Written> written = new ArrayList<>();

  private InspectFile(String file) {
    this.file = file;
  }

  /**
   * A container that was inspected.
   *
   * @param start where its object begins
   * @param written elements of its lists, with their places
   */
  public record Inspected(Container container, Word start, List<Written> written) {
    /** Copies the list. */
    public Inspected {
      written = List.copyOf(written);
    }
  }

  /** Whether a text looks like it. */
  public static boolean isOne(String text) {
    return text.stripLeading().startsWith("[") && text.contains("\"HostConfig\"");
  }

  /**
   * Reads it.
   *
   * @param file its name, for origins
   * @throws JsonProcessingException if it is not JSON
   */
  public static List<Inspected> read(String file, String json) throws JsonProcessingException {
    List<Inspected> found = new ArrayList<>();
    try (JsonParser parser = MAPPER.createParser(json)) {
      JsonNode all = MAPPER.readTree(json);
      parser.nextToken();
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY && i < all.size(); i++) {
        InspectFile one = new InspectFile(file);
        Word start = word(parser.currentTokenLocation(), "");
        one.walk(parser, "");
        if (all.get(i).has("HostConfig")) {
          found.add(new Inspected(one.container(all.get(i)), start, one.written));
        }
      }
      return found;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("read from memory", e);
    }
  }

  private static Word word(JsonLocation at, String text) {
    return new Word(text, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }

  /** Notes where each field and element stands, from the value that the parser is at. */
  private void walk(JsonParser parser, String path) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = path.isEmpty() ? parser.currentName() : path + "." + parser.currentName();
        places.put(name, word(parser.currentTokenLocation(), ""));
        parser.nextToken();
        walk(parser, name);
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        Word place = word(parser.currentTokenLocation(), "");
        places.put(path + "[" + i + "]", place);
        if (parser.currentToken().isScalarValue()) {
          written.add(new Written(path, TextNode.valueOf(parser.getText()), place));
        }
        walk(parser, path + "[" + i + "]");
      }
    }
  }

  private Container container(JsonNode inspect) {
    Identity was = InspectReader.identity(inspect);
    // Somebody may have cut it short.
    View<Confinement> view = InspectReader.requested(CreateReader.withMounts(inspect), null);
    Map<String, Origin> origins = new TreeMap<>();
    view.origins().forEach((at, origin) -> origins.put(at, placed(origin)));
    // It may run somewhere, but not here.
    Identity identity =
        new Identity(
            "",
            was.name(),
            "described",
            null,
            was.image(),
            was.imageId(),
            "inspect " + file + " " + was.key());
    return new Container(identity, new View<>(view.facts(), origins, view.gaps()), null);
  }

  private Origin placed(Origin origin) {
    String field = origin.field();
    if (field == null || origin.source() != Source.INSPECT) {
      return origin;
    }
    Word place = places.get(field);
    Matcher element = ELEMENT.matcher(field);
    if (place == null && element.matches()) {
      place = places.get(element.group(1));
    }
    return place == null ? origin : Origin.written(file, place.line(), place.column(), field);
  }
}
