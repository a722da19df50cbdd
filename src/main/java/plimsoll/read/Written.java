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
 * @param text the element, as JSON where it is no text
 */
public record Written(String field, String text, Word word) {
  private static final Pattern ELEMENT = Pattern.compile("([A-Za-z.]+)\\[([0-9]+)]");

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
        JsonNode element = list.path(Integer.parseInt(matcher.group(2)));
        written.add(
            new Written(
                matcher.group(1),
                element.isTextual() ? element.asText() : element.toString(),
                place.getValue()));
      }
    }
    written.sort(
        java.util.Comparator.comparingInt((Written one) -> one.word().line())
            .thenComparingInt(one -> one.word().column()));
    return written;
  }
}
