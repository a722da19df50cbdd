package plimsoll.dockerfile;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Build;
import plimsoll.model.Origin;
import plimsoll.shell.Fragment;

/**
 * What an image's history says was done to build it, read as the Dockerfile it came from. Builders
 * leave out where files came from, or what a stage did that is not kept; other tools write what
 * they like.
 */
public final class HistoryReader {
  private static final int MAX_STEPS = 1000;
  private static final int MAX_LENGTH = 64 << 10;

  /** {@code |2 NAME=VALUE NAME=VALUE /bin/sh -c COMMAND}: values may hold blanks. */
  private static final Pattern SHELL =
      Pattern.compile(
          "(?:RUN )?(?:\\|\\d+ .*?)?(?:/\\S*/)?(?:ba|da|a|z)?sh (?:-\\S+ |pipefail )*?-[a-z]*c (.*)",
          Pattern.DOTALL);

  /** The builder before BuildKit: {@code ADD file:HASH in /app}. */
  private static final Pattern CLASSIC =
      Pattern.compile("(ADD|COPY) (.*) in (\\S+)\\s*", Pattern.DOTALL);

  private HistoryReader() {}

  /**
   * Reads a history.
   *
   * @param steps what each layer was made by, oldest first
   */
  public static Build read(List<String> steps) {
    Facts facts = new Facts((offset, field) -> Origin.inspect("History"));
    boolean first = true;
    for (String step : steps.subList(0, Math.min(steps.size(), MAX_STEPS))) {
      String instruction = step.length() > MAX_LENGTH ? null : instruction(step, first);
      first &= instruction == null && !step.contains("ADD ");
      if (instruction != null) {
        try {
          BuildReader.read(Fragment.of("FROM scratch\n" + instruction + "\n"), facts);
        } catch (DockerfileException e) {
          // It was built, by another builder or another shell: nothing is to be told from it.
        }
      }
    }
    return facts.view().facts();
  }

  /** The instruction that made a layer; null for those that say nothing here. */
  private static @Nullable String instruction(String step, boolean first) {
    String text = step.strip();
    if (text.endsWith("# buildkit")) {
      text = text.substring(0, text.length() - "# buildkit".length()).strip();
    }
    int marked = text.indexOf("#(nop)");
    if (marked >= 0) {
      text = text.substring(marked + "#(nop)".length()).strip();
    }
    Matcher classic = CLASSIC.matcher(text);
    if (marked >= 0 && classic.matches()) {
      // The file system that an image begins with is an archive, whose name is not kept.
      boolean root = first && classic.group(3).equals("/");
      return root ? null : classic.group(1) + " " + classic.group(2) + " " + classic.group(3);
    }
    String word = text.split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    if (word.equals("ADD") || word.equals("COPY")) {
      return oneLine(text);
    }
    Matcher shell = SHELL.matcher(text);
    return marked < 0 && shell.matches() ? "RUN " + oneLine(shell.group(1)) : null;
  }

  /** Steps keep the line breaks that their continuation lines had. */
  private static String oneLine(String text) {
    return text.contains("<<") ? text : text.replace("\n", " ");
  }
}
