package plimsoll.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.read.RunLine.Given;

/** A create request being filled in, and for each field the word that asked for it. */
final class Fields {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final RunLine line;
  private final ObjectNode body = JSON.objectNode();
  private final ObjectNode hostConfig = JSON.objectNode();
  private final Map<String, Word> places = new LinkedHashMap<>();

  Fields(RunLine line) {
    this.line = line;
  }

  ObjectNode body() {
    if (!body.has("HostConfig")) {
      body.set("HostConfig", hostConfig);
    }
    return body;
  }

  Map<String, Word> places() {
    return places;
  }

  /** Sets a field: {@code HostConfig.Memory}, or {@code User} for one of the container's own. */
  void set(String field, JsonNode value, @Nullable Given given) {
    objectOf(field).set(nameOf(field), value);
    if (given != null) {
      places.put(placeOf(field), given.word());
    }
  }

  void set(String field, String value, @Nullable Given given) {
    set(field, JSON.textNode(value), given);
  }

  void set(String field, long value, @Nullable Given given) {
    set(field, JSON.numberNode(value), given);
  }

  void set(String field, boolean value, @Nullable Given given) {
    set(field, JSON.booleanNode(value), given);
  }

  /** Adds to a list, which is made where there is none yet. */
  void add(String field, JsonNode value, Given given) {
    ArrayNode list = objectOf(field).withArray(nameOf(field));
    places.put(placeOf(field) + "[" + list.size() + "]", given.word());
    list.add(value);
  }

  void add(String field, String value, Given given) {
    add(field, JSON.textNode(value), given);
  }

  /** Sets a key of a map, which is made where there is none yet. */
  void putInto(String field, String key, JsonNode value, Given given) {
    ObjectNode object = objectOf(field);
    ObjectNode map =
        object.path(nameOf(field)) instanceof ObjectNode there
            ? there
            : object.putObject(nameOf(field));
    map.set(key, value);
    places.put(placeOf(field) + "." + key, given.word());
  }

  void putInto(String field, String key, String value, Given given) {
    putInto(field, key, JSON.textNode(value), given);
  }

  /** Copies a flag's text to a field, if it was given. */
  void text(RunFlag flag, String field) {
    Given given = line.last(flag);
    if (given != null) {
      set(field, given.value(), given);
    }
  }

  /** Copies all texts of a flag to a list. */
  void texts(RunFlag flag, String field) {
    for (Given given : line.all(flag)) {
      add(field, given.value(), given);
    }
  }

  /** Copies a switch, if it was given. */
  void truth(RunFlag flag, String field) {
    Given given = line.last(flag);
    if (given != null) {
      set(field, RunLine.isTrue(given.value()), given);
    }
  }

  /** How a value is turned into a number, or refused. */
  interface Reading {
    long of(Given given) throws RunLineException;
  }

  /** Copies a number, if it was given. Each occurrence is checked, though only the last counts. */
  void number(RunFlag flag, String field, Reading reading) throws RunLineException {
    for (Given given : line.all(flag)) {
      set(field, reading.of(given), given);
    }
  }

  /** Copies a whole number, if it was given. */
  void number(RunFlag flag, String field) throws RunLineException {
    number(flag, field, Quantities::whole);
  }

  /** Copies an amount of bytes, if it was given. */
  void bytes(RunFlag flag, String field) throws RunLineException {
    number(flag, field, Quantities::bytes);
  }

  /** Sends a list though nothing is in it, as the client does. */
  void emptyList(String field) {
    set(field, JSON.arrayNode(), null);
  }

  private ObjectNode objectOf(String field) {
    return field.startsWith("HostConfig.") ? hostConfig : body;
  }

  private static String nameOf(String field) {
    return field.substring(field.indexOf('.') + 1);
  }

  /**
   * An inspect answer, which the places are looked up by, has the container's own fields under
   * Config.
   */
  private static String placeOf(String field) {
    return field.startsWith("HostConfig.") ? field : "Config." + field;
  }
}
