package plimsoll.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.shell.Command.Assignment;
import plimsoll.shell.Command.Here;
import plimsoll.shell.Command.Part;
import plimsoll.shell.Command.ShellWord;
import plimsoll.shell.Command.Simple;

/** Reads simple commands: assignments, words, redirections, here-documents. */
abstract class SimpleReader extends WordReader {
  private static final Pattern ASSIGNS =
      Pattern.compile(
          "([A-Za-z_][A-Za-z0-9_]*)(\\[(?:[^\\[\\]\\n]|\\[[^\\[\\]\\n]*\\])*\\])?(\\+?)=");

  /** Commands whose arguments are assignments. */
  static final Set<String> DECLARING = Set.of("declare", "local", "export", "readonly", "typeset");

  private final Deque<Here> pending = new ArrayDeque<>();

  SimpleReader(Fragment source) {
    super(source);
  }

  /** Goes past blanks, comments, continued lines and, if so wished, ends of lines. */
  void blanks(boolean lines) throws ShellException {
    while (!atEnd()) {
      char c = peek();
      if (c == ' ' || c == '\t' || c == '\r') {
        next++;
      } else if (c == '\\' && peek(1) == '\n') {
        next += 2;
      } else if (c == '\\' && peek(1) == '\r' && peek(2) == '\n') {
        next += 3;
      } else if (c == '#' && (next == 0 || endsWord(text.charAt(next - 1)))) {
        while (!atEnd() && peek() != '\n') {
          next++;
        }
      } else if (c == '\n' && lines) {
        next++;
        bodies();
      } else {
        return;
      }
    }
  }

  /** Takes the here-documents that the line just ended has announced. */
  private void bodies() {
    while (!pending.isEmpty()) {
      Here here = pending.poll();
      int from = next;
      while (true) {
        int end = text.indexOf('\n', next);
        int lineEnd = end < 0 ? text.length() : end;
        String line = text.substring(next, lineEnd);
        String bare = here.tabs ? line.replaceFirst("^\t+", "") : line;
        if (bare.stripTrailing().equals(here.delimiter) || end < 0) {
          here.body = source.slice(from, end < 0 && !bare.equals(here.delimiter) ? lineEnd : next);
          next = end < 0 ? text.length() : end + 1;
          break;
        }
        next = end + 1;
      }
    }
  }

  Command simple() throws ShellException {
    List<Assignment> assignments = new ArrayList<>();
    List<ShellWord> words = new ArrayList<>();
    List<ShellWord> targets = new ArrayList<>();
    List<Here> heres = new ArrayList<>();
    boolean silent = false;
    while (true) {
      blanks(false);
      int before = next;
      if (redirection(targets, heres)) {
        silent |= INTO_FILE.matcher(text).region(before, next).lookingAt();
        continue;
      }
      boolean process = (peek() == '<' || peek() == '>') && peek(1) == '(';
      if (atEnd() || (endsWord(peek()) && !process)) {
        break;
      }
      Matcher assigns = ahead(ASSIGNS, text.length());
      boolean takes = words.isEmpty() || DECLARING.contains(String.valueOf(words.get(0).literal()));
      if (takes && assigns.lookingAt()) {
        next = assigns.end();
        assignments.add(assignment(assigns));
      } else {
        words.add(word());
      }
    }
    return new Simple(assignments, words, targets, heres, silent);
  }

  private Assignment assignment(Matcher assigns) throws ShellException {
    String name = assigns.group(1);
    // An element of an array is one more of its values, whichever it replaces.
    boolean append = !assigns.group(3).isEmpty() || assigns.group(2) != null;
    if (peek() != '(') {
      ShellWord value = word();
      return assigns.group(2) == null
          ? new Assignment(name, append, value, null)
          : new Assignment(name, true, ShellWord.EMPTY, List.of(value));
    }
    int start = next++;
    List<ShellWord> elements = new ArrayList<>();
    while (true) {
      blanks(true);
      if (atEnd()) {
        throw trouble("the parenthesis ( does not end", start);
      }
      if (peek() == ')') {
        next++;
        return new Assignment(name, append, ShellWord.EMPTY, elements);
      }
      ShellWord element = word();
      if (element.parts().isEmpty()) {
        next++;
      } else {
        elements.add(element);
      }
    }
  }

  /** What is printed goes into a file, or to nobody. */
  private static final Pattern INTO_FILE = Pattern.compile("1?(?:&>>?|>>|>\\|?)(?![&(])");

  private static final Pattern REDIRECTS =
      Pattern.compile(
          "(?:[0-9]+|\\{[A-Za-z_][A-Za-z0-9_]*\\})?(&>>|&>|<<<|<<-|<<|<>|<&|>&|>>|>\\||<(?!\\()|>(?!\\())");

  /** Takes a redirection, if there is one here. */
  boolean redirection(List<ShellWord> targets, List<Here> heres) throws ShellException {
    Matcher matcher = ahead(REDIRECTS, 40);
    matcher.useTransparentBounds(true);
    if (!matcher.lookingAt()) {
      return false;
    }
    next = matcher.end();
    blanks(false);
    String kind = matcher.group(1);
    ShellWord target = word();
    if (kind.equals("<<") || kind.equals("<<-")) {
      boolean quoted = target.parts().stream().anyMatch(Part::quoted);
      Here here = new Here(String.valueOf(target.literal()), kind.equals("<<-"), quoted);
      heres.add(here);
      pending.add(here);
    } else if (kind.equals("<<<")) {
      Here here = new Here(target);
      heres.add(here);
      targets.add(target);
    } else {
      targets.add(target);
    }
    return true;
  }
}
