package plimsoll.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.dockerfile.Instruction.Flag;
import plimsoll.dockerfile.Instruction.Here;
import plimsoll.shell.Fragment;

/**
 * Takes a Dockerfile apart as BuildKit does: directives, comments, lines that go on, flags,
 * here-documents. Source: the Dockerfile reference and BuildKit's parser.
 */
public final class Dockerfile {
  /** Every instruction there is. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "ADD",
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "FROM",
          "HEALTHCHECK",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private static final Set<String> WITH_FLAGS = Set.of("ADD", "COPY", "FROM", "HEALTHCHECK", "RUN");
  private static final Set<String> WITH_HERES = Set.of("ADD", "COPY", "RUN");

  private static final Pattern DIRECTIVE =
      Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*");
  private static final Pattern KEYWORD = Pattern.compile("\\s*([A-Za-z]+)(?:\\s+|$)");
  private static final Pattern FLAG = Pattern.compile("--([a-z][a-z-]*)(?:=(\\S*))?(?:\\s+|$)");
  private static final Pattern HERE =
      Pattern.compile("(?<![^\\s])\\d*<<(-?)([\"']?)([A-Za-z0-9_.]+)\\2(?![^\\s;&|)])");

  private final Fragment whole;
  private final List<Instruction> instructions = new ArrayList<>();
  private char escape = '\\';
  private int next;

  private Dockerfile(Fragment whole) {
    this.whole = whole;
  }

  /**
   * What a file is made of.
   *
   * @param escape what lets a line go on, and keeps a character from its meaning
   */
  public record Parsed(List<Instruction> instructions, char escape) {
    /** Copies the list. */
    public Parsed {
      instructions = List.copyOf(instructions);
    }
  }

  /**
   * Whether a text is a Dockerfile: its first instruction is one that a Dockerfile may begin with.
   */
  public static boolean isOne(String text) {
    for (String line : text.split("\n", 500)) {
      String bare = line.strip();
      if (!bare.isEmpty() && !bare.startsWith("#")) {
        return bare.matches("(?i)(from|arg)\\s.*");
      }
    }
    return false;
  }

  /**
   * Takes a file apart.
   *
   * @throws DockerfileException at the first thing docker would not take
   */
  public static Parsed parse(Fragment whole) throws DockerfileException {
    Dockerfile file = new Dockerfile(whole);
    file.directives();
    while (file.next < whole.text().length()) {
      file.instruction();
    }
    return new Parsed(file.instructions, file.escape);
  }

  private void directives() {
    int at = 0;
    while (at < whole.text().length()) {
      int end = end(at);
      Matcher directive = DIRECTIVE.matcher(whole.text().substring(at, end).strip());
      if (!directive.matches()) {
        return;
      }
      if (directive.group(1).toLowerCase(Locale.ROOT).equals("escape")) {
        escape = directive.group(2).charAt(0);
      }
      at = end + 1;
    }
  }

  private int end(int from) {
    int end = whole.text().indexOf('\n', from);
    return end < 0 ? whole.text().length() : end;
  }

  private void instruction() throws DockerfileException {
    Fragment.Builder line = new Fragment.Builder();
    boolean more = true;
    while (more && next < whole.text().length()) {
      int end = end(next);
      Fragment part = whole.slice(next, end);
      String bare = part.text().strip();
      next = end + 1;
      if (bare.startsWith("#") || bare.isEmpty()) {
        // Left out within an instruction as well.
        more = line.length() > 0;
        continue;
      }
      String text = part.text().stripTrailing();
      int last = text.length() - 1;
      more =
          text.charAt(last) == escape
              && !(escape == '\\' && last > 0 && text.charAt(last - 1) == escape);
      line.add(part.slice(0, more ? last : text.length()));
      if (more) {
        // Docker puts nothing here; a word does not go on over the end of a line in practice.
        line.add(' ', part.at(last));
      }
    }
    if (line.length() > 0) {
      instruction(line.build(), false);
    }
  }

  private void instruction(Fragment line, boolean onbuild) throws DockerfileException {
    Matcher matcher = KEYWORD.matcher(line.text());
    String word = matcher.lookingAt() ? matcher.group(1).toUpperCase(Locale.ROOT) : "";
    if (!KEYWORDS.contains(word)) {
      String first = line.text().strip().split("\\s", 2)[0];
      throw new DockerfileException(
          "there is no instruction " + (first.length() > 60 ? first.substring(0, 60) : first),
          line.at(line.text().length() - line.text().stripLeading().length()));
    }
    int start = line.at(matcher.start(1));
    Fragment rest = line.slice(matcher.end(), line.text().length());
    if (word.equals("ONBUILD") && !onbuild) {
      instruction(rest, true);
      return;
    }
    List<Flag> flags = new ArrayList<>();
    if (WITH_FLAGS.contains(word)) {
      Matcher flag = FLAG.matcher(rest.text());
      while (flag.lookingAt()) {
        Fragment value =
            flag.group(2) == null ? Fragment.EMPTY : rest.slice(flag.start(2), flag.end(2));
        flags.add(new Flag(flag.group(1), value, rest.at(0)));
        rest = rest.slice(flag.end(), rest.text().length());
        flag = FLAG.matcher(rest.text());
      }
    }
    List<Here> heres = new ArrayList<>();
    if (WITH_HERES.contains(word) && Words.json(rest) == null) {
      Matcher here = HERE.matcher(rest.text());
      while (here.find()) {
        heres.add(here(here.group(3), !here.group(1).isEmpty(), rest.at(here.start())));
      }
    }
    instructions.add(new Instruction(word, onbuild, start, flags, rest, heres));
  }

  private Here here(String name, boolean tabs, int at) throws DockerfileException {
    int start = next;
    while (next < whole.text().length()) {
      int end = end(next);
      String line = whole.text().substring(next, end);
      line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      if ((tabs ? line.replaceFirst("^\t+", "") : line).equals(name)) {
        Here here = new Here(name, whole.slice(start, next));
        next = end + 1;
        return here;
      }
      next = end + 1;
    }
    throw new DockerfileException("the here-document " + name + " does not end", at);
  }
}
