package plimsoll.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import plimsoll.model.Suggestion;
import plimsoll.profile.ProfileReader;
import plimsoll.report.RulePages;
import plimsoll.report.Schemas;
import plimsoll.rule.Benchmark;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;

/** {@code plimsoll rules}. */
@Command(
    name = "rules",
    description = "Show what is judged, and what of a benchmark that covers.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class)
final class RulesCommand implements Runnable {
  private final Edges edges;

  @Spec private @Nullable CommandSpec spec;

  RulesCommand(Edges edges) {
    this.edges = edges;
  }

  @Override
  public void run() {
    throw Usage.error(
        spec, "name a command: list, show ID, coverage, schema, new ID, test DIR or validate DIR");
  }

  @Command(
      name = "list",
      description = "All rules: id, severity, what a failure means.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int list(@Mixin RuleOptions own) throws UnusableException {
    for (Rule rule : sorted(own.policy(edges).rules().rules())) {
      edges
          .out()
          .printf("%-36s %-8s %s%n", rule.id(), rule.severity().worst().toString(), rule.title());
    }
    return ExitCode.OK;
  }

  private static List<Rule> sorted(List<Rule> rules) {
    return rules.stream()
        .sorted(Comparator.comparing(Rule::subject).thenComparing(Rule::id))
        .toList();
  }

  @Command(
      name = "show",
      description = "One rule: why, what must hold, how to mend it, examples.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int show(
      @Parameters(paramLabel = "ID", description = "The rule's id.") String id,
      @Mixin RuleOptions own)
      throws UnusableException {
    RuleSet rules = own.policy(edges).rules();
    Rule rule = rules.find(id).orElse(null);
    if (rule == null) {
      List<String> ids = rules.rules().stream().map(Rule::id).toList();
      throw Usage.error(
          spec,
          "there is no rule "
              + id
              + Suggestion.nearest(id, ids).map(near -> "; did you mean " + near + "?").orElse("")
              + "; plimsoll rules list shows all");
    }
    edges.out().print(RulePages.page(rule));
    return ExitCode.OK;
  }

  @Command(
      name = "schema",
      description = {
        "The JSON Schema of a kind of file, for editors to complete and check: rule, config"
            + " (plimsoll.yaml), selection, or profile (of secure-run).",
        "With --rules, --config and --selection, ids and parameters of those rules are in it."
      },
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int schema(
      @Parameters(
              paramLabel = "KIND",
              arity = "0..1",
              defaultValue = "rule",
              description = "rule, config, selection or profile (default: ${DEFAULT-VALUE}).")
          String kind,
      @Mixin RuleOptions own)
      throws UnusableException {
    Map<String, String> schemas = Schemas.all(own.policy(edges).rules(), ProfileReader.flags());
    String schema = schemas.get(kind);
    if (schema == null) {
      throw Usage.error(
          spec,
          "there is no schema of " + kind + "; there are " + String.join(", ", schemas.keySet()));
    }
    edges.out().print(schema);
    return ExitCode.OK;
  }

  @Command(
      name = "coverage",
      description = "The controls of a benchmark, and the rules that judge each.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int coverage(
      @Option(
              names = "--benchmark",
              paramLabel = "ID[:VERSION]",
              defaultValue = "cis-docker",
              description =
                  "Which benchmark, in which version; the newest unless told"
                      + " (default: ${DEFAULT-VALUE}).")
          String name) {
    String[] halves = name.split(":", 2);
    Benchmark benchmark =
        RuleSet.benchmarks().stream()
            .filter(b -> b.id().equals(halves[0]))
            .findFirst()
            .orElse(null);
    if (benchmark == null) {
      throw Usage.error(
          spec,
          "there is no benchmark "
              + halves[0]
              + "; there are "
              + RuleSet.benchmarks().stream().map(Benchmark::id).collect(Collectors.joining(", ")));
    }
    List<String> versions = benchmark.versions();
    String version = halves.length == 2 ? halves[1] : versions.get(versions.size() - 1);
    if (!versions.contains(version)) {
      throw Usage.error(
          spec,
          "there is no version "
              + version
              + " of "
              + benchmark.id()
              + "; there are "
              + String.join(", ", versions));
    }
    print(benchmark, version);
    return ExitCode.OK;
  }

  private void print(Benchmark benchmark, String version) {
    RuleSet rules = RuleSet.builtIn();
    edges.out().println(benchmark.title() + " " + version);
    String section = "";
    int all = 0;
    int judged = 0;
    for (Benchmark.Item control : benchmark.controls()) {
      String number = control.ids().get(version);
      if (number == null) {
        continue;
      }
      if (!control.section().equals(section)) {
        section = control.section();
        edges.out().printf("%n%s%n", section);
      }
      List<Rule> judging = benchmark.judging(control, version, rules);
      all++;
      judged += judging.isEmpty() ? 0 : 1;
      edges
          .out()
          .printf(
              "  %-7s L%d  %-45s %s%n",
              number,
              control.level(),
              control.title(),
              judging.isEmpty()
                  ? "-"
                  : judging.stream().map(Rule::id).collect(Collectors.joining(", ")));
    }
    edges.out().printf("%n%d of %d controls are judged.%n", judged, all);
  }
}
