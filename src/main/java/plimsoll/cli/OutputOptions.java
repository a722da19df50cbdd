package plimsoll.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import plimsoll.report.Renderer;

/** {@code --output} and {@code --show}, which all commands that write a report have. */
final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      description =
          "terminal (the default), json, html, junit, csv, ocsf or prometheus; may be given several"
              + " times.")
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--show",
      paramLabel = "failed|all",
      defaultValue = "failed",
      description = "List what failed or is unknown, or all (default: ${DEFAULT-VALUE}).")
  private String show = "failed";

  List<Output> targets() {
    List<Output> targets = new ArrayList<>();
    for (String output : outputs) {
      try {
        targets.add(Output.parse(output));
      } catch (IllegalArgumentException e) {
        throw usage("--output: " + e.getMessage());
      }
    }
    if (targets.stream().filter(target -> target.file() == null).count() > 1) {
      throw usage("--output: only one report fits on standard output; give the others a FILE");
    }
    return targets.isEmpty() ? List.of(new Output(Output.Format.TERMINAL, null)) : targets;
  }

  Renderer.Show listed() {
    return switch (show) {
      case "failed" -> Renderer.Show.FAILED;
      case "all" -> Renderer.Show.ALL;
      default -> throw usage("--show: " + show + " is neither failed nor all");
    };
  }

  private ParameterException usage(String message) {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
