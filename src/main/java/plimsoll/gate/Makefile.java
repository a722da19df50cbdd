package plimsoll.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.gate.MakeVariables.Set;
import plimsoll.shell.Fragment;
import plimsoll.shell.ShellException;
import plimsoll.shell.Unknowns;

/**
 * Recipes of a makefile (GNU make), with the variables of the file put in. Where branches set one
 * to different things, each is tried.
 */
final class Makefile {
  private static final Pattern ASSIGNS =
      Pattern.compile(
          "[ ]*(?:(?:export|override|private)[ \\t]+)*([^\\s:#=]+(?:[ \\t]+[^\\s:#=]+)*[ \\t]*:[ \\t]*(?:export[ \\t]+)?)?"
              + "([A-Za-z0-9_.-]+)[ \\t]*(\\?=|\\+=|:{0,3}=|!=)[ \\t]*");
  private static final Pattern CONDITION =
      Pattern.compile("[ \\t]*(ifeq|ifneq|ifdef|ifndef|else|endif)\\b.*");

  private final SourceFile file;
  private final Unknowns unknowns;
  private final MakeVariables variables;
  private final List<Fragment> recipes = new ArrayList<>();
  private int conditions;

  private Makefile(SourceFile file, Unknowns unknowns, Branches branches) {
    this.file = file;
    this.variables = new MakeVariables(unknowns, branches);
    this.unknowns = unknowns;
  }

  static void read(SourceFile file, RunFinder finder, Unknowns unknowns) throws ShellException {
    Makefile makefile = new Makefile(file, unknowns, finder.branches());
    makefile.parse();
    for (Fragment recipe : makefile.recipes) {
      MakeVariables.Picked first = new MakeVariables.Picked(null, 0);
      Fragment script = makefile.variables.expand(recipe, first, 0);
      if (!Mentions.client(script.text())) {
        continue;
      }
      finder.script(script, Map.of());
      for (Map.Entry<String, Integer> choice : first.seen.entrySet()) {
        for (int i = 0; i < choice.getValue() - 1; i++) {
          finder.script(
              makefile.variables.expand(recipe, new MakeVariables.Picked(choice.getKey(), i), 0),
              Map.of());
        }
      }
    }
  }

  private void parse() {
    Fragment whole = file.whole();
    String text = whole.text();
    int next = 0;
    boolean rule = false;
    while (next < text.length()) {
      int end = lineEnd(text, next);
      Fragment line = whole.slice(next, end);
      String plain = line.text();
      if (plain.startsWith("\t") && rule) {
        recipes.add(recipe(line));
      } else if (plain.startsWith("define ")) {
        int stop = text.indexOf("\nendef", next);
        int from = Math.min(text.indexOf('\n', next) + 1, text.length());
        String name = plain.substring(7).split("[\\s=]", 2)[0];
        if (stop > from) {
          variables.set(
              name, "=", whole.slice(from, stop), conditions > 0 ? Set.BRANCH : Set.ALWAYS);
          end = stop + 6;
        }
      } else if (CONDITION.matcher(plain).matches()) {
        String word = plain.strip();
        conditions += word.startsWith("if") ? 1 : word.startsWith("endif") ? -1 : 0;
      } else if (!plain.isBlank() && !plain.startsWith("#")) {
        rule = !assignment(line) && (plain.contains(":") || rule);
        int semicolon = plain.indexOf(';');
        int colon = plain.indexOf(':');
        if (rule && colon > 0 && semicolon > colon) {
          recipes.add(recipe(line.slice(semicolon + 1, plain.length())));
        }
      }
      next = end + 1;
    }
  }

  /** The end of a line, the lines that continue it included. */
  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    while (end > 0) {
      int last = end - 1;
      last -= last > from && text.charAt(last) == '\r' ? 1 : 0;
      if (last < from || text.charAt(last) != '\\') {
        return end;
      }
      end = text.indexOf('\n', end + 1);
    }
    return text.length();
  }

  private static Fragment recipe(Fragment line) {
    int from = 0;
    while (from < line.text().length() && "\t @-+".indexOf(line.text().charAt(from)) >= 0) {
      from++;
    }
    Fragment rest = line.slice(from, line.text().length());
    // The tab that begins a continued line is make's own.
    Fragment.Builder built = new Fragment.Builder();
    for (int i = 0; i < rest.text().length(); i++) {
      if (!(rest.text().charAt(i) == '\t' && i > 0 && rest.text().charAt(i - 1) == '\n')) {
        built.add(rest.text().charAt(i), rest.at(i));
      }
    }
    return built.build();
  }

  private boolean assignment(Fragment line) {
    Matcher matcher = ASSIGNS.matcher(line.text());
    if (!matcher.lookingAt()) {
      return false;
    }
    Fragment.Builder value = new Fragment.Builder();
    String text = line.text();
    for (int i = matcher.end(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '#' && text.charAt(i - 1) != '\\') {
        break;
      }
      boolean continues = c == '\\' && text.substring(i + 1).matches("(?s)\\r?\\n.*");
      value.add(continues || c == '\n' || c == '\r' ? ' ' : c, line.at(i));
    }
    String name = matcher.group(2);
    String operator = matcher.group(3);
    Set set = conditions > 0 ? Set.BRANCH : matcher.group(1) != null ? Set.TARGET : Set.ALWAYS;
    if (operator.equals("!=")) {
      variables.set(name, "=", Fragment.at(String.valueOf(unknowns.of(name)), line.at(0)), set);
    } else {
      variables.set(name, operator, value.build(), set);
    }
    return true;
  }
}
