package plimsoll.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Fragment;
import plimsoll.shell.Unknowns;

/** Words of instructions, and what Docker puts in for variables. */
final class Words {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final char escape;
  private final Unknowns unknowns;

  Words(char escape, Unknowns unknowns) {
    this.escape = escape;
    this.unknowns = unknowns;
  }

  /** Words as they are written, with quotes and variables. */
  List<Fragment> split(Fragment text) {
    List<Fragment> words = new ArrayList<>();
    String whole = text.text();
    int start = -1;
    char quote = 0;
    int braces = 0;
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      if (quote == 0 && braces == 0 && Character.isWhitespace(c)) {
        if (start >= 0) {
          words.add(text.slice(start, i));
          start = -1;
        }
        continue;
      }
      start = start < 0 ? i : start;
      if (c == escape && quote != '\'' && i + 1 < whole.length()) {
        i++;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else if (c == '$' && i + 1 < whole.length() && whole.charAt(i + 1) == '{') {
        braces++;
      } else if (c == '}' && braces > 0) {
        braces--;
      }
    }
    if (start >= 0) {
      words.add(text.slice(start, whole.length()));
    }
    return words;
  }

  /**
   * A word with its quotes taken off and values put in, each at the place of its variable.
   *
   * @param values by name; a variable that is not there is empty
   */
  Fragment expand(Fragment word, Map<String, Fragment> values) {
    return expand(word, values, 0);
  }

  private Fragment expand(Fragment word, Map<String, Fragment> values, int depth) {
    String text = word.text();
    Fragment.Builder built = new Fragment.Builder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == escape && i + 1 < text.length()) {
        built.add(text.charAt(++i), word.at(i));
      } else if (c == '\'' && !quoted) {
        int close = text.indexOf('\'', i + 1);
        close = close < 0 ? text.length() : close;
        built.add(word.slice(i + 1, close));
        i = close;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '$' && i + 1 < text.length()) {
        i = variable(word, i, values, built, depth);
      } else {
        built.add(c, word.at(i));
      }
    }
    return built.build();
  }

  /** Puts in the variable at {@code dollar}; answers the index of its last character. */
  private int variable(
      Fragment word, int dollar, Map<String, Fragment> values, Fragment.Builder built, int depth) {
    String text = word.text();
    boolean braces = text.charAt(dollar + 1) == '{';
    Matcher name = NAME.matcher(text).region(dollar + (braces ? 2 : 1), text.length());
    if (!name.lookingAt()) {
      built.add('$', word.at(dollar));
      return dollar;
    }
    @Nullable Fragment value = values.get(name.group());
    if (!braces) {
      if (value != null) {
        built.add(value.text(), word.at(dollar));
      }
      return name.end() - 1;
    }
    int close = closing(text, dollar + 1);
    String operator = text.substring(name.end(), Math.max(name.end(), close));
    boolean colon = operator.startsWith(":");
    String kind = operator.substring(colon ? 1 : 0);
    boolean set = value != null && !(colon && value.text().isEmpty());
    if (kind.isEmpty() || kind.startsWith("?") || (kind.startsWith("-") && set)) {
      if (value != null) {
        built.add(value.text(), word.at(dollar));
      }
    } else if (kind.startsWith("-") || kind.startsWith("+")) {
      if (depth < 20 && set == kind.startsWith("+")) {
        int from = close - kind.length() + 1;
        built.add(expand(word.slice(from, close), values, depth + 1));
      }
    } else if (value != null) {
      // What takes a pattern out.
      built.add(unknowns.of(name.group()), word.at(dollar));
    }
    return close;
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (text.charAt(i) == '{') {
        depth++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return text.length();
  }

  /** The texts of an array in JSON; null for anything else, which Docker takes for words. */
  static @Nullable List<Fragment> json(Fragment text) {
    String whole = text.text();
    int at = skip(whole, 0);
    if (at >= whole.length() || whole.charAt(at) != '[') {
      return null;
    }
    List<Fragment> texts = new ArrayList<>();
    at = skip(whole, at + 1);
    while (at < whole.length() && whole.charAt(at) == '"') {
      Fragment.Builder built = new Fragment.Builder();
      at++;
      while (at < whole.length() && whole.charAt(at) != '"') {
        char c = whole.charAt(at);
        if (c == '\\' && at + 1 < whole.length()) {
          char escaped = whole.charAt(++at);
          built.add(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped, text.at(at));
        } else {
          built.add(c, text.at(at));
        }
        at++;
      }
      texts.add(built.build());
      at = skip(whole, at + 1);
      if (at < whole.length() && whole.charAt(at) == ',') {
        at = skip(whole, at + 1);
      } else {
        break;
      }
    }
    boolean ends = at < whole.length() && whole.charAt(at) == ']';
    return ends && skip(whole, at + 1) == whole.length() ? texts : null;
  }

  private static int skip(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
