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
import plimsoll.rule.Benchmark.Edition;
import plimsoll.rule.Coverage;
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
        "With --rules, --config and --selection, ids and parameters of those rules are in it.",
        "rego/container (or another subject) is that of the input of a policy in Rego, rego/plimsoll"
            + " that of data.plimsoll: for opa check --schema."
      },
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int schema(
      @Parameters(
              paramLabel = "KIND",
              arity = "0..1",
              defaultValue = "rule",
              description =
                  "rule, config, selection, profile or rego/... (default: ${DEFAULT-VALUE}).")
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
              paramLabel = "NAME",
              defaultValue = "cis-docker",
              description =
                  "Which benchmark, such as cis-docker-1.7; its newest version unless told"
                      + " (default: ${DEFAULT-VALUE}).")
          String name) {
    try {
      print(Edition.named(name, Edition.EVERY_LEVEL));
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw Usage.error(spec, "--benchmark: " + e.getMessage());
    }
  }

  private void print(Edition edition) {
    RuleSet rules = RuleSet.builtIn();
    edges.out().println(edition);
    String section = "";
    for (Benchmark.Item control : edition.controls()) {
      if (!control.section().equals(section)) {
        section = control.section();
        edges.out().printf("%n%s%n", section);
      }
      List<Rule> judging = edition.judging(control, rules);
      String judges =
          judging.isEmpty()
              ? "-"
              : judging.stream().map(Rule::id).collect(Collectors.joining(", "));
      edges
          .out()
          .printf(
              "  %-7s L%d  %-45s %s%s%n",
              edition.number(control),
              control.level(),
              control.title(),
              Coverage.decided(judging) || judging.isEmpty() ? "" : "by a person: ",
              judges);
    }
    List<Coverage> all =
        edition.benchmark().versions().stream()
            .map(version ->
                Coverage.of(edition.benchmark().edition(version, Edition.EVERY_LEVEL), rules))
            .toList();
    edges.out().println();
    for (Coverage coverage : all) {
      edges
          .out()
          .printf(
              "%s %s: %d/%d, %d decided, %d by a person%n",
              coverage.edition().benchmark().id(),
              coverage.edition().version(),
              coverage.covered(),
              coverage.controls(),
              coverage.decided(),
              coverage.manual());
    }
    edges
        .out()
        .println(
            all.stream()
                .map(coverage -> coverage.covered() + "/" + coverage.controls())
                .collect(Collectors.joining(" ")));
  }
}
