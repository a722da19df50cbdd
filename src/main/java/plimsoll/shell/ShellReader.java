package plimsoll.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Command.Assignment;
import plimsoll.shell.Command.Branch;
import plimsoll.shell.Command.Function;
import plimsoll.shell.Command.Here;
import plimsoll.shell.Command.Loop;
import plimsoll.shell.Command.Pipeline;
import plimsoll.shell.Command.Sequence;
import plimsoll.shell.Command.ShellWord;
import plimsoll.shell.Command.Simple;
import plimsoll.shell.Command.Subshell;

/**
 * Reads a script of the sh family. Lenient: a word out of place is passed over, for what counts is
 * to find what runs; only quotes and parentheses that do not end are mistakes.
 */
final class ShellReader extends WordReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern ASSIGNS =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(\\[[^\\]\\n]*\\])?(\\+?)=");
  private static final Pattern DEFINES =
      Pattern.compile(
          "(?:function[ \\t]+([^\\s(){}|&;<>]+)([ \\t]*\\([ \\t]*\\))?)|(?:([^\\s(){}|&;<>$'\"=]+)[ \\t]*\\([ \\t]*\\))");
  private static final Pattern RESERVED = Pattern.compile("[a-z]+|[{}!]|\\[\\[");

  /** Commands whose arguments are assignments. */
  static final Set<String> DECLARING = Set.of("declare", "local", "export", "readonly", "typeset");

  private final Deque<Here> pending = new ArrayDeque<>();

  private ShellReader(Fragment source) {
    super(source);
  }

  /**
   * Reads a script.
   *
   * @throws ShellException if a quote or parenthesis does not end
   */
  static Command read(Fragment script) throws ShellException {
    ShellReader reader = new ShellReader(script);
    List<Command> parts = new ArrayList<>();
    while (true) {
      parts.add(reader.list(Set.of()));
      if (reader.atEnd()) {
        return new Sequence(parts);
      }
      // A closing word that nothing opened.
      if (reader.reserved().isEmpty()) {
        reader.next++;
      } else {
        reader.next += reader.reserved().length();
      }
    }
  }

  @Override
  Command script(Fragment inner) throws ShellException {
    return read(inner);
  }

  @Override
  Command substituted() throws ShellException {
    int start = next;
    Command body = list(Set.of(")"));
    if (peek() != ')') {
      throw trouble("the parenthesis ( does not end", start - 1);
    }
    next++;
    return body;
  }

  /** Commands up to one of the words that end them, which is left, or to what ends any. */
  private Command list(Set<String> until) throws ShellException {
    enter();
    List<Command> parts = new ArrayList<>();
    while (true) {
      blanks(true);
      if (atEnd() || peek() == ')' || until.contains(reserved())) {
        break;
      }
      if (peek() == ';' || peek() == '&') {
        if (until.contains(";;") && peek() == ';' && (peek(1) == ';' || peek(1) == '&')) {
          break;
        }
        next++;
        continue;
      }
      if (closes(reserved())) {
        break;
      }
      int before = next;
      parts.add(andOr());
      if (next == before) {
        next++;
      }
    }
    leave();
    return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
  }

  private static boolean closes(String word) {
    return switch (word) {
      case "fi", "done", "esac", "then", "else", "elif", "do", "}" -> true;
      default -> false;
    };
  }

  /** A reserved word that stands here, without taking it; empty for none. */
  private String reserved() {
    Matcher matcher = RESERVED.matcher(text).region(next, Math.min(text.length(), next + 12));
    if (!matcher.lookingAt()) {
      return "";
    }
    int end = matcher.end();
    return end >= text.length() || endsWord(text.charAt(end)) ? matcher.group() : "";
  }

  private boolean take(String word) {
    if (reserved().equals(word)) {
      next += word.length();
      return true;
    }
    return false;
  }

  /** Goes past blanks, comments, continued lines and, if so wished, ends of lines. */
  private void blanks(boolean lines) throws ShellException {
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

  private Command andOr() throws ShellException {
    Command left = pipeline();
    while (true) {
      blanks(false);
      if (!(peek() == '&' && peek(1) == '&') && !(peek() == '|' && peek(1) == '|')) {
        return left;
      }
      next += 2;
      blanks(true);
      left = new Sequence(List.of(left, new Branch(List.of(pipeline()), false)));
    }
  }

  private Command pipeline() throws ShellException {
    List<Command> parts = new ArrayList<>();
    while (true) {
      blanks(false);
      while (take("!") || take("time")) {
        blanks(false);
        while (peek() == '-' && peek(1) == 'p' && endsWord(peek(2))) {
          next += 2;
          blanks(false);
        }
      }
      parts.add(command());
      blanks(false);
      if (peek() != '|' || peek(1) == '|') {
        return parts.size() == 1 ? parts.get(0) : new Pipeline(parts);
      }
      next += peek(1) == '&' ? 2 : 1;
      blanks(true);
    }
  }

  private Command command() throws ShellException {
    Command compound = compound();
    if (compound == null) {
      return simple();
    }
    blanks(false);
    List<ShellWord> targets = new ArrayList<>();
    List<Here> heres = new ArrayList<>();
    while (redirection(targets, heres)) {
      blanks(false);
    }
    return targets.isEmpty() && heres.isEmpty()
        ? compound
        : new Sequence(List.of(compound, new Simple(List.of(), List.of(), targets, List.of())));
  }

  private @Nullable Command compound() throws ShellException {
    if (peek() == '(' && peek(1) == '(') {
      int start = next;
      skipParentheses();
      if (text.charAt(next - 2) == ')') {
        return new Sequence(List.of());
      }
      next = start;
    }
    if (peek() == '(') {
      next++;
      return new Subshell(substituted());
    }
    Matcher defines = DEFINES.matcher(text).region(next, Math.min(text.length(), next + 200));
    if (defines.lookingAt()) {
      String name = defines.group(1) == null ? defines.group(3) : defines.group(1);
      next = defines.end();
      blanks(true);
      enter();
      Command body = command();
      leave();
      return new Function(name, body);
    }
    switch (reserved()) {
      case "{" -> {
        next++;
        Command body = list(Set.of("}"));
        take("}");
        return body;
      }
      case "if" -> {
        next += 2;
        return conditional();
      }
      case "while", "until" -> {
        next += 5;
        Command condition = list(Set.of("do"));
        return new Loop(null, List.of(), new Sequence(List.of(condition, body())));
      }
      case "for", "select" -> {
        next += reserved().length();
        return loop();
      }
      case "case" -> {
        next += 4;
        return choice();
      }
      case "[[" -> {
        test();
        return new Sequence(List.of());
      }
      case "coproc" -> {
        next += 6;
        blanks(false);
        return command();
      }
      default -> {
        return null;
      }
    }
  }

  private Command conditional() throws ShellException {
    Command condition = list(Set.of("then"));
    take("then");
    Command then = list(Set.of("elif", "else", "fi"));
    Command otherwise = null;
    if (take("elif")) {
      enter();
      otherwise = conditional();
      leave();
    } else {
      if (take("else")) {
        otherwise = list(Set.of("fi"));
      }
      take("fi");
    }
    return new Sequence(
        List.of(
            condition,
            new Branch(
                otherwise == null ? List.of(then) : List.of(then, otherwise), otherwise != null)));
  }

  private Command body() throws ShellException {
    if (take("do")) {
      Command body = list(Set.of("done"));
      take("done");
      return body;
    }
    if (take("{")) {
      Command body = list(Set.of("}"));
      take("}");
      return body;
    }
    return new Sequence(List.of());
  }

  private Command loop() throws ShellException {
    blanks(false);
    if (peek() == '(') {
      skipParentheses();
      blanks(true);
      if (peek() == ';') {
        next++;
        blanks(true);
      }
      return new Loop(null, List.of(), body());
    }
    Matcher name = NAME.matcher(text).region(next, text.length());
    String variable = name.lookingAt() ? name.group() : null;
    next += variable == null ? 0 : variable.length();
    blanks(true);
    List<ShellWord> items = null;
    if (take("in")) {
      items = new ArrayList<>();
      blanks(false);
      while (!atEnd() && (!endsWord(peek()) || (peek() == '<' && peek(1) == '('))) {
        items.add(word());
        blanks(false);
      }
    }
    blanks(true);
    if (peek() == ';') {
      next++;
    }
    blanks(true);
    return new Loop(variable, items, body());
  }

  private Command choice() throws ShellException {
    blanks(false);
    Command subject = new Simple(List.of(), List.of(), List.of(word()), List.of());
    blanks(true);
    take("in");
    List<Command> arms = new ArrayList<>();
    boolean certain = false;
    while (true) {
      blanks(true);
      if (atEnd() || take("esac")) {
        return new Sequence(List.of(subject, new Branch(arms, certain)));
      }
      int before = next;
      if (peek() == '(') {
        next++;
      }
      int patterns = next;
      while (!atEnd() && peek() != ')' && peek() != '\n') {
        ShellWord pattern = word();
        if (pattern.parts().isEmpty()) {
          next++;
        }
      }
      certain |= text.substring(patterns, Math.min(next, text.length())).strip().equals("*");
      if (peek() == ')') {
        next++;
      }
      arms.add(list(Set.of(";;", "esac")));
      while (peek() == ';' || peek() == '&') {
        next++;
      }
      if (next == before) {
        next++;
      }
    }
  }

  /** Goes past {@code [[ ... ]]}. */
  private void test() throws ShellException {
    next += 2;
    while (!atEnd()) {
      blanks(true);
      if (peek() == ']' && peek(1) == ']') {
        next += 2;
        return;
      }
      if (word().parts().isEmpty()) {
        next++;
      }
    }
  }

  private Command simple() throws ShellException {
    List<Assignment> assignments = new ArrayList<>();
    List<ShellWord> words = new ArrayList<>();
    List<ShellWord> targets = new ArrayList<>();
    List<Here> heres = new ArrayList<>();
    while (true) {
      blanks(false);
      if (redirection(targets, heres)) {
        continue;
      }
      boolean process = (peek() == '<' || peek() == '>') && peek(1) == '(';
      if (atEnd() || (endsWord(peek()) && !process)) {
        break;
      }
      Matcher assigns = ASSIGNS.matcher(text).region(next, text.length());
      boolean takes = words.isEmpty() || DECLARING.contains(String.valueOf(words.get(0).literal()));
      if (takes && assigns.lookingAt()) {
        next = assigns.end();
        assignments.add(assignment(assigns));
      } else {
        words.add(word());
      }
    }
    return new Simple(assignments, words, targets, heres);
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

  private static final Pattern REDIRECTS =
      Pattern.compile(
          "(?:[0-9]+|\\{[A-Za-z_][A-Za-z0-9_]*\\})?(&>>|&>|<<<|<<-|<<|<>|<&|>&|>>|>\\||<(?!\\()|>(?!\\())");

  /** Takes a redirection, if there is one here. */
  private boolean redirection(List<ShellWord> targets, List<Here> heres) throws ShellException {
    Matcher matcher = REDIRECTS.matcher(text).region(next, Math.min(text.length(), next + 40));
    matcher.useTransparentBounds(true);
    if (!matcher.lookingAt()) {
      return false;
    }
    next = matcher.end();
    blanks(false);
    String kind = matcher.group(1);
    ShellWord target = word();
    if (kind.equals("<<") || kind.equals("<<-")) {
      Here here = new Here(String.valueOf(target.literal()), kind.equals("<<-"));
      heres.add(here);
      pending.add(here);
    } else if (kind.equals("<<<")) {
      Here here = new Here("", false);
      heres.add(here);
      targets.add(target);
    } else {
      targets.add(target);
    }
    return true;
  }
}
