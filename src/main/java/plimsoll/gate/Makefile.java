package plimsoll.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.gate.MakeVariables.When;
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

  private static final Pattern INCLUDE = Pattern.compile("[ ]*(?:-|s)?include[ \\t]+");
  private static final int MAX_INCLUDES = 50;

  private final RunFinder finder;
  private final Unknowns unknowns;
  private final MakeVariables variables;
  private final List<Fragment> recipes = new ArrayList<>();
  private final Set<String> included = new HashSet<>();
  private int conditions;

  private Makefile(RunFinder finder, Unknowns unknowns) {
    this.finder = finder;
    this.variables = new MakeVariables(unknowns, finder.branches());
    this.unknowns = unknowns;
  }

  static void read(SourceFile file, RunFinder finder, Unknowns unknowns) throws ShellException {
    Makefile makefile = new Makefile(finder, unknowns);
    makefile.parse(file.whole());
    for (Fragment recipe : makefile.recipes) {
      MakeVariables.Picked first = new MakeVariables.Picked(null, 0);
      // $(Q)docker, with Q = @
      Fragment script = recipe(makefile.variables.expand(recipe, first, 0));
      // A client may be known by the name of a variable alone.
      if (!Mentions.client(unknowns.shown(script.text()))) {
        continue;
      }
      int place = recipe.at(0);
      finder.script(script, Map.of(), place);
      for (Map.Entry<String, Integer> choice : first.seen.entrySet()) {
        for (int i = 0; i < choice.getValue() - 1; i++) {
          finder.script(
              recipe(
                  makefile.variables.expand(
                      recipe, new MakeVariables.Picked(choice.getKey(), i), 0)),
              Map.of(),
              place);
        }
      }
    }
  }

  private void parse(Fragment whole) {
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
              name, "=", whole.slice(from, stop), conditions > 0 ? When.BRANCH : When.ALWAYS);
          end = stop + 6;
        }
      } else if (CONDITION.matcher(plain).matches()) {
        String word = plain.strip();
        conditions += word.startsWith("if") ? 1 : word.startsWith("endif") ? -1 : 0;
      } else if (INCLUDE.matcher(plain).lookingAt()) {
        include(line);
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

  /** Other makefiles, or files of variables such as {@code .env}, as far as they are there. */
  private void include(Fragment line) {
    String names = variables.expand(line, new MakeVariables.Picked(null, 0), 0).text();
    for (String name : names.replaceFirst(INCLUDE.pattern(), "").split("#", 2)[0].split("\\s+")) {
      if (!name.isEmpty() && included.size() < MAX_INCLUDES && included.add(name)) {
        Fragment other = finder.takeIn(name);
        if (other != null) {
          parse(other);
        }
      }
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
    When when = conditions > 0 ? When.BRANCH : matcher.group(1) != null ? When.TARGET : When.ALWAYS;
    if (operator.equals("!=")) {
      variables.set(name, "=", Fragment.at(String.valueOf(unknowns.of(name)), line.at(0)), when);
    } else {
      variables.set(name, operator, value.build(), when);
    }
    return true;
  }
}
