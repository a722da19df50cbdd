package plimsoll.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import plimsoll.rule.Control;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.SubjectKind;

/** Rules for people to read: a page for each, and a list of all; in Markdown. */
public final class RulePages {
  private static final Map<String, String> PLACES =
      Map.of(
          "run", "On a run line",
          "compose", "In a compose file",
          "dockerfile", "In a Dockerfile",
          "policy", "In plimsoll.yaml",
          "daemon", "In the daemon's configuration",
          "host", "On the host");

  private RulePages() {}

  /** Everything about one rule. */
  public static String page(Rule rule) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(rule.title()).append("\n\n");
    page.append("`").append(rule.id()).append("` · judges the ").append(rule.subject());
    page.append(" · ").append(severity(rule)).append("\n\n");
    page.append(rule.why()).append("\n\n## What must hold\n\n");
    ConditionText.of(rule.require()).forEach(line -> page.append(line).append('\n'));
    if (!rule.parameters().isEmpty()) {
      page.append("\n## Parameters\n\n");
      rule.parameters()
          .forEach(parameter ->
              page.append("- `")
                  .append(parameter.name())
                  .append("`: ")
                  .append(parameter.what())
                  .append("; `")
                  .append(parameter.shown())
                  .append("`\n"));
    }
    page.append("\n## How to mend it\n\n");
    rule.fix()
        .forEach((place, fix) ->
            page.append("- ")
                .append(PLACES.getOrDefault(place, place))
                .append(": ")
                .append(fix)
                .append('\n'));
    List<String> controls = controls(rule);
    if (!controls.isEmpty()) {
      page.append("\n## Benchmarks\n\n");
      controls.forEach(control -> page.append("- ").append(control).append('\n'));
    }
    examples(page, "Passes", rule.examples().good());
    examples(page, "Fails", rule.examples().bad());
    if (!rule.examples().files().isEmpty()) {
      page.append("\nFiles that these name:\n\n");
      new TreeMap<>(rule.examples().files())
          .forEach((name, text) ->
              page.append("- `").append(name).append("`: `").append(text).append("`\n"));
    }
    return page.toString();
  }

  private static void examples(StringBuilder page, String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      page.append("\n## ").append(heading).append("\n\n");
      for (String line : lines) {
        String example = line.strip();
        page.append("    ").append(example.replace("\n", "\n    ")).append('\n');
        if (example.contains("\n") && !line.equals(lines.get(lines.size() - 1))) {
          // An empty line alone would not part two files from each other.
          page.append("\n<!-- -->\n\n");
        }
      }
    }
  }

  /** One severity, or both where it makes a difference whether somebody asked for it. */
  public static String severity(Rule rule) {
    Rule.Severities severity = rule.severity();
    return severity.written() == severity.omitted()
        ? severity.written().toString()
        : severity.written() + " if asked for, else " + severity.omitted();
  }

  /** {@code CIS Docker 1.6, 1.7, 1.8: 5.5 (level 1)}. */
  private static List<String> controls(Rule rule) {
    Map<String, List<Control>> byNumber = new TreeMap<>();
    for (Control control : rule.controls()) {
      byNumber
          .computeIfAbsent(
              control.benchmark() + ": " + control.id() + " (level " + control.level() + ")",
              key -> new ArrayList<>())
          .add(control);
    }
    return byNumber.entrySet().stream()
        .map(entry -> {
          String versions =
              entry.getValue().stream().map(Control::version).collect(Collectors.joining(", "));
          return entry.getKey().replaceFirst(": ", " " + versions + ": ");
        })
        .toList();
  }

  /** All rules, grouped by what they judge, worst first. */
  public static String index(RuleSet rules) {
    StringBuilder index =
        new StringBuilder(
            "# Rules\n\nOne file each, one page each. This list and the pages in `pages/` are"
                + " generated: `./verify --update`.\n");
    for (SubjectKind kind : SubjectKind.values()) {
      List<Rule> of =
          rules.rules().stream()
              .filter(rule -> rule.subject() == kind)
              .sorted(
                  Comparator.comparing((Rule rule) -> rule.severity().worst())
                      .reversed()
                      .thenComparing(Rule::id))
              .toList();
      if (!of.isEmpty()) {
        String name = kind.toString();
        index.append("\n## ").append(Character.toUpperCase(name.charAt(0)));
        index.append(name.substring(1)).append("\n\n| rule | severity | a failure means |\n");
        index.append("| --- | --- | --- |\n");
        for (Rule rule : of) {
          index.append("| [").append(rule.id()).append("](pages/").append(rule.id());
          index.append(".md) | ").append(severity(rule)).append(" | ");
          index.append(rule.title()).append(" |\n");
        }
      }
    }
    return index.toString();
  }
}
