package plimsoll.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import plimsoll.rule.Benchmark.Edition;
import plimsoll.rule.RuleSet;

/** {@code --benchmark} and {@code --level}. */
final class BenchmarkOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--benchmark",
      paramLabel = "NAME",
      description =
          "Judge by the controls of a benchmark only, such as cis-docker-1.8, and lay reports for"
              + " people out as it is.")
  private @Nullable String name;

  @Option(
      names = "--level",
      paramLabel = "1|2",
      description = "With --benchmark: as far as this level; 2, the default, includes 1.")
  private @Nullable String level;

  /** Which benchmark was asked for; null for none. */
  @Nullable Edition edition() {
    if (name == null) {
      if (level != null) {
        throw Usage.error(spec, "--level is one of a benchmark: name it with --benchmark");
      }
      return null;
    }
    if (level != null && !level.equals("1") && !level.equals("2")) {
      throw Usage.error(spec, "--level: " + level + " is neither 1 nor 2");
    }
    try {
      return Edition.named(name, level == null ? Edition.EVERY_LEVEL : Integer.parseInt(level));
    } catch (IllegalArgumentException e) {
      throw Usage.error(spec, "--benchmark: " + e.getMessage());
    }
  }

  /** The rules that judge its controls. */
  static Policy of(Policy policy, @Nullable Edition edition) {
    return edition == null
        ? policy
        : policy.of(
            new RuleSet(policy.rules().rules().stream().filter(edition::includes).toList()));
  }
}
