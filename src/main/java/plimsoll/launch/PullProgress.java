package plimsoll.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says what a pull does. On a terminal each layer keeps its line, with how much of it is there, as
 * docker's client shows it; elsewhere each step is a line.
 */
final class PullProgress {
  private static final String ESCAPE = "\u001b[";

  private final PrintStream err;
  private final boolean terminal;

  /** The lines on the terminal that may still change, by layer, counted from the first. */
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  PullProgress(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Shows one step.
   *
   * @param step of the engine's answer: {@code id}, {@code status}, {@code progress}
   */
  void show(JsonNode step) {
    String id = step.path("id").asText();
    String said = Images.visible((id.isEmpty() ? "" : id + ": ") + step.path("status").asText());
    boolean counts = !step.path("progressDetail").isMissingNode();
    if (!terminal) {
      if (step.path("progressDetail").isEmpty()) {
        err.println(said);
      }
    } else if (id.isEmpty() || !counts) {
      // What follows stands below all layers.
      lines.clear();
      err.println(said);
    } else {
      over(id, said + " " + Images.visible(step.path("progress").asText()));
    }
    err.flush();
  }

  private void over(String id, String text) {
    if (!lines.containsKey(id)) {
      lines.put(id, lines.size());
      err.println();
    }
    int up = lines.size() - lines.getOrDefault(id, 0);
    err.print(ESCAPE + up + "A" + ESCAPE + "2K\r" + text + "\r" + ESCAPE + up + "B");
  }
}
