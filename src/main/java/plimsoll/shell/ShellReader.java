package plimsoll.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
final class ShellReader extends SimpleReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern DEFINES =
      Pattern.compile(
          "(?:function[ \\t]+([^\\s(){}|&;<>]+)([ \\t]*\\([ \\t]*\\))?)|(?:([^\\s(){}|&;<>$'\"=]+)[ \\t]*\\([ \\t]*\\))");
  private static final Pattern RESERVED = Pattern.compile("[a-z]+|[{}!]|\\[\\[");

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

  /**
   * Reads what a here-document writes.
   *
   * @throws ShellException if something in it that is expanded does not end
   */
  static ShellWord document(Here here) throws ShellException {
    return new ShellReader(here.text()).document();
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
    Matcher matcher = ahead(RESERVED, 12);
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

  private Command andOr() throws ShellException {
    Command left = pipeline();
    while (true) {
      blanks(false);
      if (!(peek() == '&' && peek(1) == '&') && !(peek() == '|' && peek(1) == '|')) {
        return left;
      }
      boolean instead = peek() == '|';
      next += 2;
      blanks(true);
      left = new Sequence(List.of(left, new Branch(List.of(pipeline()), false, instead)));
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
        : new Sequence(
            List.of(compound, new Simple(List.of(), List.of(), targets, List.of(), false)));
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
    Matcher defines = ahead(DEFINES, 200);
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
                otherwise == null ? List.of(then) : List.of(then, otherwise),
                otherwise != null,
                false)));
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
    Matcher name = ahead(NAME, text.length());
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
    Command subject = new Simple(List.of(), List.of(), List.of(word()), List.of(), false);
    blanks(true);
    take("in");
    List<Command> arms = new ArrayList<>();
    boolean certain = false;
    while (true) {
      blanks(true);
      if (atEnd() || take("esac")) {
        return new Sequence(List.of(subject, new Branch(arms, certain, false)));
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
}
