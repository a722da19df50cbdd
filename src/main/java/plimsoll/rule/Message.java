package plimsoll.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.model.FactPath;
import plimsoll.model.FactPath.UnknownFactException;

/**
 * What a failure means, said of one subject.
 *
 * @param text with {@code {actual}} for the failing value, and {@code {/networking/callers}} and
 *     its like for other facts of the subject, which tell more and are no part of why it fails
 * @param facts the paths that it names, by their texts
 */
public record Message(String text, Map<String, FactPath> facts) {
  private static final Pattern FACT = Pattern.compile("\\{(/[A-Za-z0-9/]+)\\}");

  /** Copies the map. */
  public Message {
    facts = Map.copyOf(facts);
  }

  /**
   * Checks a text.
   *
   * @param subject what its paths start from
   * @throws UnknownFactException if it names a fact that there is not
   */
  static Message of(String text, Class<?> subject) throws UnknownFactException {
    Map<String, FactPath> facts = new LinkedHashMap<>();
    Matcher fact = FACT.matcher(text);
    while (fact.find()) {
      facts.put(fact.group(1), FactPath.of(fact.group(1), subject));
    }
    return new Message(text, facts);
  }

  /** A text that names no fact. */
  public static Message of(String text) {
    return new Message(text, Map.of());
  }

  /**
   * The text with its places filled.
   *
   * @param actual the failing value
   * @param subject the subject's facts; null where there are none
   */
  public String filled(String actual, @Nullable Object subject) {
    String filled = text.replace("{actual}", actual);
    for (Map.Entry<String, FactPath> fact : facts.entrySet()) {
      filled =
          filled.replace(
              "{" + fact.getKey() + "}",
              subject == null ? "unknown" : Operator.show(fact.getValue().read(subject)));
    }
    return filled;
  }
}
