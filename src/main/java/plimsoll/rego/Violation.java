package plimsoll.rego;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a policy objects to.
 *
 * @param message what is wrong, a sentence without the subject's name
 * @param path the fact that it is about: a JSON pointer into the subject's facts, {@code ""} for
 *     all of it; with {@code engine:} or {@code host:} before it, into those
 * @param view {@code requested} or {@code enforced}
 * @param severity how bad it is; null for as bad as the rule says
 * @param written whether it counts as what somebody asked for, whoever did; false for what the
 *     facts say
 */
public record Violation(
    String message, String path, String view, @Nullable String severity, boolean written) {
  private static final int MOST = 1000;
  private static final int LONGEST = 10_000;
  private static final Set<String> FIELDS =
      Set.of("message", "path", "view", "severity", "because");
  private static final Set<String> SEVERITIES = Set.of("critical", "high", "medium", "low", "info");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /**
   * Takes the answer of a policy apart: {@code [{"result": [{"message": …, "path": …}, …]}]}.
   *
   * @throws PolicyFailedException if it is anything else
   */
  static List<Violation> read(String answer) throws PolicyFailedException {
    JsonNode answers;
    try {
      answers = MAPPER.readTree(answer);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new PolicyFailedException("answered with what is no JSON");
    }
    if (!answers.isArray() || answers.isEmpty()) {
      throw new PolicyFailedException(
          "answered nothing: its entrypoint is undefined for this input. Make it a set of"
              + " violations, which is empty where there are none");
    }
    JsonNode result = answers.path(0).path("result");
    if (!result.isArray()) {
      throw new PolicyFailedException(
          "answered with "
              + kind(result)
              + " and not with a set of violations, {\"message\": …, \"path\": …}");
    }
    if (result.size() > MOST) {
      throw new PolicyFailedException(
          "answered with "
              + result.size()
              + " violations of one subject; "
              + MOST
              + " are the most");
    }
    List<Violation> violations = new ArrayList<>();
    for (JsonNode one : result) {
      violations.add(read(one));
    }
    // A set has no order; OPA gives it that of its values.
    violations.sort(Comparator.comparing(Violation::path).thenComparing(Violation::message));
    return violations;
  }

  private static Violation read(JsonNode one) throws PolicyFailedException {
    if (!one.isObject()) {
      throw new PolicyFailedException(
          "answered with a violation that is "
              + kind(one)
              + " and not {\"message\": …, \"path\": …}");
    }
    for (String field : (Iterable<String>) one::fieldNames) {
      if (!FIELDS.contains(field)) {
        throw new PolicyFailedException(
            "answered with a violation that has a field "
                + shown(field)
                + "; it may have message, path, view, severity and because");
      }
    }
    String message = text(one, "message");
    String path = text(one, "path");
    if (message == null || message.isBlank() || path == null) {
      throw new PolicyFailedException(
          "answered with a violation without a "
              + (path == null ? "path" : "message")
              + ": each has a message, and the path of the fact that it is about");
    }
    return new Violation(
        message,
        path,
        choice(one, "view", "requested", Set.of("requested", "enforced")),
        one.has("severity") ? choice(one, "severity", "", SEVERITIES) : null,
        choice(one, "because", "", Set.of("written")).equals("written"));
  }

  private static @Nullable String text(JsonNode one, String field) throws PolicyFailedException {
    JsonNode value = one.path(field);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().length() > LONGEST) {
      throw new PolicyFailedException(
          "answered with a violation whose " + field + " is " + kind(value));
    }
    return value.textValue();
  }

  private static String choice(JsonNode one, String field, String otherwise, Set<String> choices)
      throws PolicyFailedException {
    String text = text(one, field);
    if (text == null) {
      return otherwise;
    }
    if (!choices.contains(text)) {
      throw new PolicyFailedException(
          "answered with a violation whose "
              + field
              + " is "
              + shown(text)
              + " and none of "
              + String.join(", ", choices.stream().sorted().toList()));
    }
    return text;
  }

  private static String shown(String text) {
    return text.length() <= 50 ? text : text.substring(0, 50) + "…";
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a text" + (value.textValue().length() > LONGEST ? " that is too long" : "");
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      default -> "nothing";
    };
  }
}
