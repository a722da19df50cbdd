package plimsoll.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import plimsoll.model.Suggestion;
import plimsoll.profile.Profile;
import plimsoll.profile.ProfileWriter;
import plimsoll.profile.ShownLine;
import plimsoll.read.BadComposeException;
import plimsoll.read.ComposeReader;
import plimsoll.read.CreateRequest;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;
import plimsoll.read.RunLineException;
import plimsoll.read.RunReader;
import plimsoll.read.RunReader.Described;
import plimsoll.read.Word;
import plimsoll.report.Plain;
import plimsoll.wire.ComposeWriter;

/** {@code plimsoll convert}. */
@Command(
    name = "convert",
    description = {
      "Turn a run line, or services of a compose file, into the hardened equivalent.",
      "What was taken out (-), added (+), left to look at (!) or is to be known (~) is said on",
      "standard error."
    },
    customSynopsis = {
      "plimsoll convert [OPTIONS] docker run [FLAGS] IMAGE [COMMAND...]",
      "       plimsoll convert [OPTIONS] --compose FILE [--service NAME]"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was converted, and nothing is left to look at",
      "1:it was converted, and something is left to look at",
      "2:the command line is wrong, or docker would not take the run line",
      "3:a file could not be used"
    })
final class ConvertCommand implements Callable<Integer> {
  private final Edges edges;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      defaultValue = "restricted",
      description = "How it is hardened (default: ${DEFAULT-VALUE}).")
  private String profile = "restricted";

  @Option(
      names = "--to",
      paramLabel = "FORM",
      defaultValue = "run",
      description =
          "A run line (run), a compose file (compose), or a profile for secure-run (profile);"
              + " default: ${DEFAULT-VALUE}.")
  private String form = "run";

  @Option(names = "--compose", paramLabel = "FILE", description = "Convert services of this file.")
  private @Nullable Path compose;

  @Option(names = "--service", paramLabel = "NAME", description = "Only this service.")
  private @Nullable String service;

  @Mixin private RuleOptions ruleOptions = new RuleOptions();

  @Parameters(hidden = true)
  private List<String> words = new ArrayList<>();

  ConvertCommand(Edges edges) {
    this.edges = edges;
  }

  @Override
  public Integer call() throws UnusableException {
    if (!List.of("run", "compose", "profile").contains(form)) {
      throw Usage.error(spec, "--to: " + form + " is none of run, compose, profile");
    }
    Profile by = ProfileFile.find(profile);
    Policy policy = ruleOptions.policy(edges);
    boolean left = false;
    Map<String, RunLine> lines = lines();
    if (lines.size() > 1 && !form.equals("run")) {
      throw Usage.error(
          spec,
          "--to " + form + " takes one service: --service " + String.join(", ", lines.keySet()));
    }
    for (Map.Entry<String, RunLine> line : lines.entrySet()) {
      try {
        Conversion conversion =
            Conversion.of(line.getValue(), by, policy, new HereWorld(edges), edges);
        print(line.getKey(), conversion, by);
        left |= conversion.changes().stream().anyMatch(change -> change.startsWith("!"));
      } catch (RunLineException e) {
        throw Usage.error(spec, "docker would not take it: " + e.getMessage());
      }
    }
    return left ? ExitCode.FAILED : ExitCode.OK;
  }

  private Map<String, RunLine> lines() throws UnusableException {
    Path file = compose;
    if (file != null) {
      if (!words.isEmpty()) {
        throw Usage.error(spec, "give --compose or a run line, not both");
      }
      return services(file);
    }
    int from = words.size() > 1 && words.get(1).equals("run") ? 2 : 0;
    if (words.isEmpty() || from == 0) {
      throw Usage.error(spec, "give a line that starts with docker run, or --compose FILE");
    }
    try {
      return Map.of("app", RunLine.parse(Word.of(words).subList(from, words.size())));
    } catch (RunLineException e) {
      throw Usage.error(spec, "docker would not take it: " + e.getMessage());
    }
  }

  private Map<String, RunLine> services(Path file) throws UnusableException {
    Map<String, RunLine> all;
    String name = Plain.line(file.toString());
    String text = "";
    try {
      text = SmallFile.text(file);
      all = ComposeReader.lines(name, text, new HereWorld(edges));
    } catch (NoSuchFileException e) {
      throw new UnusableException("there is no compose file " + file);
    } catch (IOException e) {
      throw new UnusableException("cannot read " + file + ": " + Target.reason(e));
    } catch (BadComposeException e) {
      throw new UnusableException(
          "there are mistakes in it:\n"
              + Mistakes.explained(e.problems(), Map.of(name, text)).strip());
    }
    String wanted = service;
    if (wanted == null) {
      return all;
    }
    RunLine one = all.get(wanted);
    if (one == null) {
      throw new UnusableException(
          "there is no service "
              + wanted
              + " in "
              + file
              + Suggestion.nearest(wanted, all.keySet())
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; there are " + String.join(", ", all.keySet())));
    }
    return new LinkedHashMap<>(Map.of(wanted, one));
  }

  /** As if somebody had typed what a profile added: what nobody asked for is not written down. */
  private static RunLine written(RunLine line) {
    return line.with(
        line.flags().stream()
            .map(given -> new Given(given.flag(), given.value(), new Word(given.value(), 1, 1)))
            .toList());
  }

  /** Without the network that compose makes by itself. */
  private static RunLine runnable(RunLine line) {
    return line.with(
        line.flags().stream()
            .filter(given -> !given.value().equals(ComposeReader.PROJECT_NETWORK))
            .toList());
  }

  private void print(String name, Conversion conversion, Profile by) throws RunLineException {
    for (String change : conversion.changes()) {
      edges.err().println((compose == null ? "" : name + ": ") + change);
    }
    RunLine line = conversion.line();
    switch (form) {
      case "run" -> edges.out().println(ShownLine.of(runnable(line)));
      case "profile" -> edges.out().print(ProfileWriter.write(name, line, by));
      default -> {
        Described described =
            RunReader.describe(
                CreateRequest.of(written(line), new HereWorld(edges)), name, null, null);
        ComposeWriter.Composed composed =
            ComposeWriter.write(
                name, described.container().requested(), described.volumes(), described.program());
        edges.out().print(composed.yaml());
        composed
            .files()
            .keySet()
            .forEach(file -> edges.err().println("~ the compose file names " + file));
      }
    }
  }
}
