package plimsoll.shell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Command.Part;
import plimsoll.shell.Command.ShellWord;

/** Reads words: quoting, escapes and what a shell expands. */
abstract class WordReader extends Cursor {
  WordReader(Fragment source) {
    super(source);
  }

  /** A script up to a closing parenthesis, which is taken too. */
  abstract Command substituted() throws ShellException;

  /** A script that stands in backticks. */
  abstract Command script(Fragment inner) throws ShellException;

  /** A word; one without any part where none starts here. */
  ShellWord word() throws ShellException {
    return word(false);
  }

  /**
   * A word.
   *
   * @param braced whether it is the operand in {@code ${...}}: only the brace ends it
   */
  ShellWord word(boolean braced) throws ShellException {
    int start = next;
    Parts parts = new Parts();
    while (!atEnd()) {
      char c = peek();
      if (braced ? c == '}' : endsWord(c)) {
        boolean process = !braced && (c == '<' || c == '>') && peek(1) == '(';
        boolean pattern =
            !braced && c == '(' && next > start && "@?*+!=".indexOf(text.charAt(next - 1)) >= 0;
        if (process) {
          next += 2;
          int at = source.at(next - 2);
          parts.add(new Part.Substitution(substituted(), true, at));
        } else if (pattern) {
          skipParentheses();
          parts.add(new Part.Opaque("a pattern", false, source.at(start)));
        } else {
          break;
        }
      } else if (c == '\\') {
        if (peek(1) == '\n') {
          next += 2;
        } else if (peek(1) == '\r' && peek(2) == '\n') {
          next += 3;
        } else {
          if (next + 1 < text.length()) {
            parts.literal(next + 1, true);
          }
          next += 2;
        }
      } else if (c == '\'') {
        int end = closing('\'');
        parts.open(true);
        for (int i = next + 1; i < end; i++) {
          parts.literal(i, true);
        }
        next = end + 1;
      } else if (c == '"') {
        next++;
        parts.open(true);
        doubleQuoted(parts);
      } else if (c == '$' && peek(1) == '\'') {
        next++;
        ansi(parts);
      } else if (c == '$' && peek(1) == '"') {
        next++;
      } else if (c == '$') {
        dollar(parts, false);
      } else if (c == '`') {
        backticks(parts, false);
      } else {
        parts.literal(next, false);
        next++;
      }
    }
    return new ShellWord(parts.all(), source.at(start));
  }

  /** Adds up literals of one kind. */
  private final class Parts {
    private final List<Part> parts = new ArrayList<>();
    private Fragment.@Nullable Builder run;
    private boolean quoted;
    private boolean empty;

    void open(boolean isQuoted) {
      if (run == null || quoted != isQuoted) {
        close();
        run = new Fragment.Builder();
        quoted = isQuoted;
      }
    }

    void literal(int at, boolean isQuoted) {
      literal(text.charAt(at), at, isQuoted);
    }

    void literal(char c, int at, boolean isQuoted) {
      open(isQuoted);
      if (run != null) {
        run.add(c, source.at(at));
      }
    }

    void add(Part part) {
      close();
      parts.add(part);
    }

    private void close() {
      if (run != null && run.length() > 0) {
        parts.add(new Part.Literal(run.build(), quoted));
      }
      empty |= run != null && run.length() == 0;
      run = null;
    }

    List<Part> all() {
      close();
      if (parts.isEmpty() && empty) {
        // "" is a word, though an empty one.
        parts.add(new Part.Literal(Fragment.EMPTY, true));
      }
      return List.copyOf(parts);
    }
  }

  private int closing(char quote) throws ShellException {
    int end = text.indexOf(quote, next + 1);
    if (end < 0) {
      throw trouble("the quote " + quote + " does not end", next);
    }
    return end;
  }

  private void doubleQuoted(Parts parts) throws ShellException {
    int start = next - 1;
    enter();
    expanded(parts, "$`\"\\");
    if (atEnd()) {
      throw trouble("the quote \" does not end", start);
    }
    next++;
    leave();
  }

  /** A here-document's body, as one word. */
  ShellWord document() throws ShellException {
    Parts parts = new Parts();
    parts.open(true);
    expanded(parts, "$`\\");
    return new ShellWord(parts.all(), source.at(0));
  }

  /** Text in which variables are expanded, to its end or to a quote that could be escaped. */
  private void expanded(Parts parts, String escaped) throws ShellException {
    while (!atEnd()) {
      char c = peek();
      if (c == '"' && escaped.indexOf(c) >= 0) {
        return;
      }
      if (c == '\\') {
        if (peek(1) == '\n') {
          next += 2;
        } else if (escaped.indexOf(peek(1)) >= 0 && next + 1 < text.length()) {
          parts.literal(next + 1, true);
          next += 2;
        } else {
          parts.literal(next++, true);
        }
      } else if (c == '$') {
        dollar(parts, true);
      } else if (c == '`') {
        backticks(parts, true);
      } else {
        parts.literal(next++, true);
      }
    }
  }

  /** {@code $'...'}: of the escapes only those that make text. */
  private void ansi(Parts parts) throws ShellException {
    int start = next++;
    parts.open(true);
    while (peek() != '\'') {
      if (atEnd()) {
        throw trouble("the quote $' does not end", start);
      }
      if (peek() == '\\' && next + 1 < text.length()) {
        next++;
        char c =
            switch (peek()) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> peek();
            };
        parts.literal(c, next, true);
      } else {
        parts.literal(next, true);
      }
      next++;
    }
    next++;
  }

  private void backticks(Parts parts, boolean quoted) throws ShellException {
    int start = next++;
    Fragment.Builder inner = new Fragment.Builder();
    while (peek() != '`') {
      if (atEnd()) {
        throw trouble("the backtick does not end", start);
      }
      if (peek() == '\\' && "`$\\".indexOf(peek(1)) >= 0) {
        next++;
      }
      inner.add(peek(), source.at(next));
      next++;
    }
    next++;
    enter();
    parts.add(new Part.Substitution(script(inner.build()), quoted, source.at(start)));
    leave();
  }

  private void dollar(Parts parts, boolean quoted) throws ShellException {
    int start = next;
    int at = source.at(start);
    char c = peek(1);
    if (c == '(' && peek(2) == '(') {
      next++;
      skipParentheses();
      parts.add(new Part.Opaque("arithmetic", quoted, at));
    } else if (c == '(') {
      next += 2;
      enter();
      parts.add(new Part.Substitution(substituted(), quoted, at));
      leave();
    } else if (c == '{') {
      next += 2;
      enter();
      parts.add(braces(quoted, start));
      leave();
    } else if (Character.isLetter(c) || c == '_') {
      int end = next + 1;
      while (end < text.length() && isName(text.charAt(end))) {
        end++;
      }
      String name = text.substring(next + 1, end);
      next = end;
      parts.add(new Part.Variable(name, "", "", ShellWord.EMPTY, quoted, at));
    } else if (c == '@' || c == '*') {
      next += 2;
      parts.add(new Part.Variable("@", String.valueOf(c), "", ShellWord.EMPTY, quoted, at));
    } else if (Character.isDigit(c) || (c != '\0' && "#?$!-".indexOf(c) >= 0)) {
      next += 2;
      parts.add(new Part.Variable(String.valueOf(c), "", "", ShellWord.EMPTY, quoted, at));
    } else {
      parts.literal(next++, quoted);
    }
  }

  /** What stands in {@code ${...}}. */
  private Part braces(boolean quoted, int start) throws ShellException {
    int at = source.at(start);
    boolean opaque = (peek() == '#' && peek(1) != '}') || peek() == '!';
    if (opaque) {
      next++;
    }
    int from = next;
    if (peek() == '@' || peek() == '*') {
      next++;
    } else {
      while (isName(peek())) {
        next++;
      }
    }
    String name = text.substring(from, next);
    String index = name.equals("@") || name.equals("*") ? name : "";
    if (peek() == '[') {
      int end = text.indexOf(']', next);
      if (end < 0) {
        throw trouble("the index [ does not end", next);
      }
      index = text.substring(next + 1, end);
      next = end + 1;
    }
    String operator = operator();
    ShellWord operand = word(true);
    if (atEnd()) {
      throw trouble("${ does not end", start);
    }
    next++;
    return opaque
        ? new Part.Opaque(name, quoted, at)
        : new Part.Variable(name.equals("*") ? "@" : name, index, operator, operand, quoted, at);
  }

  private String operator() {
    if (peek() == '}') {
      return "";
    }
    int length = peek() == ':' && peek(1) != '\0' && "-=+?".indexOf(peek(1)) >= 0 ? 2 : 1;
    if (length == 1 && "-=+?".indexOf(peek()) < 0) {
      return "other";
    }
    String operator = text.substring(next, next + length);
    next += length;
    return operator;
  }
}
