package plimsoll.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An element of a list in a create request, and the word that asked for it.
 *
 * @param field the list's, as an inspect answer names it: {@code HostConfig.CapAdd}
 */
public record Written(String field, JsonNode element, Word word) {
  private static final Pattern ELEMENT = Pattern.compile("([A-Za-z.]+)\\[([0-9]+)]");

  /** The element, as JSON where it is no text. */
  public String text() {
    return element.isTextual() ? element.asText() : element.toString();
  }

  /** All that somebody wrote. */
  public static List<Written> in(CreateRequest request) {
    List<Written> written = new ArrayList<>();
    for (Map.Entry<String, Word> place : request.places().entrySet()) {
      Matcher matcher = ELEMENT.matcher(place.getKey());
      if (matcher.matches() && place.getValue().isWritten()) {
        JsonNode list = request.body();
        for (String name : matcher.group(1).replaceFirst("^Config\\.", "").split("\\.")) {
          list = list.path(name);
        }
        written.add(
            new Written(
                matcher.group(1), list.path(Integer.parseInt(matcher.group(2))), place.getValue()));
      }
    }
    written.sort(
        java.util.Comparator.comparingInt((Written one) -> one.word().line())
            .thenComparingInt(one -> one.word().column()));
    return written;
  }
}
