package plimsoll.rego;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts as policies are given them: what is unset is not there, so that it is undefined in Rego,
 * and neither is what is not known; lists and maps are there though they are empty, so that they
 * can be counted.
 */
public final class Documents {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private Documents() {}

  /** An empty one. */
  public static ObjectNode empty() {
    return MAPPER.createObjectNode();
  }

  /**
   * Of a view.
   *
   * @param pointers what of it: paths of fields; null for all
   */
  public static ObjectNode of(Record facts, @Nullable List<String> pointers) {
    ObjectNode all = MAPPER.valueToTree(facts);
    if (pointers == null) {
      return all;
    }
    ObjectNode some = MAPPER.createObjectNode();
    for (String pointer : pointers) {
      JsonNode value = all.at(JsonPointer.compile(pointer));
      if (!value.isMissingNode()) {
        put(some, pointer.substring(1).split("/", -1), value);
      }
    }
    return some;
  }

  /**
   * Takes a fact out that is not known. Elements of lists stay, for the places of the others and as
   * they are written.
   */
  public static void forget(ObjectNode document, String pointer) {
    if (pointer.startsWith("/")) {
      JsonPointer path = JsonPointer.compile(pointer);
      if (document.at(path.head()) instanceof ObjectNode parent) {
        parent.remove(path.last().getMatchingProperty());
      }
    }
  }

  private static void put(ObjectNode into, String[] steps, JsonNode value) {
    ObjectNode at = into;
    for (int i = 0; i < steps.length - 1; i++) {
      JsonNode next = at.get(steps[i]);
      // A part of what is there already, whole.
      at = next instanceof ObjectNode object ? object : at.putObject(steps[i]);
    }
    at.set(steps[steps.length - 1], value);
  }
}
