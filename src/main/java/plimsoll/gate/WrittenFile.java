package plimsoll.gate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import plimsoll.shell.Fragment;
import plimsoll.shell.ShellException;
import plimsoll.shell.Unknowns;
import plimsoll.yaml.Problems;

/** A file that a script writes from a here-document, judged where it stands in the script. */
final class WrittenFile {
  private static final Pattern UNIT = Pattern.compile("(?m)^\\[Service]\\s*$");

  /** What a shell puts in, and compose would not. */
  private static final Pattern SHELLS =
      Pattern.compile(
          "\\$\\((?:[^()\\n]|\\([^()\\n]*\\)){0,500}\\)|`[^`\\n]*`|\\\\[$`\\\\]|\\$[0-9@*#?!$-]"
              + "|\\$\\{(?![A-Za-z_][A-Za-z0-9_]*(?::?[-?+][^}\\n]*)?})[^}\\n]*}");

  private WrittenFile() {}

  /**
   * Looks through a unit or crontab.
   *
   * @param text with what the script puts in
   * @return whether it is one
   */
  static boolean commands(String name, Fragment text, RunFinder finder, Unknowns unknowns)
      throws ShellException {
    FileKind kind = FileKind.of(name, "");
    LineScripts lines = new LineScripts(text, finder, unknowns);
    if (kind == FileKind.UNIT || UNIT.matcher(text.text()).find()) {
      lines.unit();
    } else if (kind == FileKind.CRON) {
      lines.crontab(true);
    } else {
      return false;
    }
    return true;
  }

  /**
   * A compose file: the script, with nothing in it but those lines, so that all stands where it
   * stands in the script.
   *
   * @param expanded whether the script puts something in; what that is stays open
   * @return null where it is none
   */
  static @Nullable SourceFile compose(SourceFile script, Fragment body, boolean expanded) {
    int from = body.at(0);
    int to = body.at(body.text().length());
    if (!body.text().contains("services:") || !script.isHere(from) || !script.isHere(to)) {
      return null;
    }
    int start = script.offset(script.line(from), 1);
    String lines = script.text().substring(start, Math.min(to + 1, script.text().length()));
    StringBuilder text = new StringBuilder("\n".repeat(script.line(from) - 1));
    // The tabs before a line of <<- are no part of it, and would be none of YAML's.
    boolean begins = true;
    for (int i = 0; i < lines.length(); i++) {
      char c = lines.charAt(i);
      text.append(begins && c == '\t' ? ' ' : c);
      begins = c == '\n' || (begins && (c == ' ' || c == '\t'));
    }
    SourceFile file =
        new SourceFile(script.path(), expanded ? open(text.toString()) : text.toString());
    Node root = new Problems(file.path()).compose(file.text());
    return root != null && Compose.isOne(root) ? file : null;
  }

  /** What is known only to the shell becomes a variable that nobody sets, as long as it was. */
  private static String open(String text) {
    Matcher matcher = SHELLS.matcher(text);
    StringBuilder opened = new StringBuilder();
    while (matcher.find()) {
      int length = matcher.end() - matcher.start();
      matcher.appendReplacement(
          opened,
          Matcher.quoteReplacement(
              length < 4 ? "x".repeat(length) : "${" + "x".repeat(length - 3) + "}"));
    }
    return matcher.appendTail(opened).toString();
  }
}
