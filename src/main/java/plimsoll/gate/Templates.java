package plimsoll.gate;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Fragment;
import plimsoll.shell.Unknowns;

/** What a program that reads a file puts in before a shell sees it: {@code ${{ inputs.x }}}. */
final class Templates {
  /** GitHub Actions and their kin: {@code ${{ ... }}}. */
  static final Pattern ACTIONS = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*\\}\\}", Pattern.DOTALL);

  /** Task, Jinja, Go templates, just: {@code {{ ... }}}. */
  static final Pattern BRACES = Pattern.compile("\\{\\{\\s*(.*?)\\s*\\}\\}", Pattern.DOTALL);

  /** CircleCI: {@code << parameters.x >>}. */
  static final Pattern ANGLES = Pattern.compile("<<\\s*([a-z]+\\.[A-Za-z0-9_-]+)\\s*>>");

  private Templates() {}

  /** What chooses what is put in, and is not text itself. */
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "-?\\s*(if|else|end|range|with|define|block|template|include|elif|endif|for|endfor)\\b.*|-?/\\*.*|#.*",
          Pattern.DOTALL);

  private static final Pattern LITERAL = Pattern.compile("(?:&&|\\|\\|)\\s*'(-[^']*)'");

  /**
   * The fragment with each template's value, or with something unknown.
   *
   * @param template its first group is what is asked for
   * @param values by what is asked for
   * @param branches takes what is there on a branch only
   */
  static Fragment fill(
      Fragment fragment,
      Pattern template,
      Map<String, Fragment> values,
      Unknowns unknowns,
      Branches branches) {
    Matcher matcher = template.matcher(fragment.text());
    int from = 0;
    int branch = -1;
    Fragment.Builder filled = null;
    while (matcher.find()) {
      filled = filled == null ? new Fragment.Builder() : filled;
      filled.add(fragment.slice(from, matcher.start()));
      from = matcher.end();
      String name = matcher.group(1);
      @Nullable Fragment value = values.get(name.replaceFirst("^(env|vars)?\\.", ""));
      Matcher literal = LITERAL.matcher(name);
      if (DIRECTIVE.matcher(name).matches()) {
        if (branch >= 0) {
          branches.branch(branch, fragment.at(matcher.start()));
        }
        branch = name.matches("-?\\s*(end|endif|endfor)\\b.*") ? -1 : fragment.at(from - 1) + 1;
      } else if (value != null) {
        filled.add(value);
      } else if (literal.find()) {
        int at = matcher.start(1) + literal.start(1);
        Fragment text = fragment.slice(at, matcher.start(1) + literal.end(1));
        branches.branch(text);
        filled.add(text);
      } else {
        filled.add(unknowns.of(name), fragment.at(matcher.start()));
      }
    }
    return filled == null
        ? fragment
        : filled.add(fragment.slice(from, fragment.text().length())).build();
  }
}
