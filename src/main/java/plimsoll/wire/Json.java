package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads fields of engine answers, where absent, null and empty all mean that nothing was said. */
public final class Json {
  private Json() {}

  /** The text at a field; null where it is absent, null or empty. */
  public static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
        ? value.asText()
        : null;
  }

  /** The text at a field; {@code otherwise} where it is absent, null or empty. */
  public static String text(JsonNode node, String field, String otherwise) {
    return Optional.ofNullable(text(node, field)).orElse(otherwise);
  }

  /** The truth at a field; null where it is absent or no boolean. */
  public static @Nullable Boolean truth(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isBoolean() ? (Boolean) value.booleanValue() : null;
  }

  /** The whole number at a field; null where it is absent or no number. */
  public static @Nullable Long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() ? (Long) value.longValue() : null;
  }

  /** The whole number at a field, where the engine says 0 or less for none. */
  public static @Nullable Long positive(JsonNode node, String field) {
    Long value = number(node, field);
    return value != null && value > 0 ? value : null;
  }

  /** The texts of a list; empty where it is absent. */
  public static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(element -> texts.add(element.asText()));
    }
    return texts;
  }

  /** A name as a step of a JSON pointer (RFC 6901). */
  public static String step(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** A map of texts; empty where it is absent. */
  public static Map<String, String> map(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  /**
   * Whether a value says something: it is not absent, null, false, 0, empty text, list or object.
   */
  public static boolean says(JsonNode value) {
    if (value.isContainerNode()) {
      return !value.isEmpty();
    }
    return switch (value.getNodeType()) {
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.doubleValue() != 0;
      case STRING -> !value.textValue().isEmpty();
      default -> false;
    };
  }
}
