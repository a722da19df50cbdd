package plimsoll.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plimsoll rules validate}. */
@Command(
    name = "validate",
    description = "Find every mistake in rules of your own, each with its place.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:there is none",
      "1:there are mistakes",
      "3:a file or folder could not be used"
    })
final class RulesValidateCommand implements Callable<Integer> {
  private final Edges edges;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders or files with rules.")
  private List<Path> paths = new ArrayList<>();

  RulesValidateCommand(Edges edges) {
    this.edges = edges;
  }

  @Override
  public Integer call() throws UnusableException {
    RuleFolder folder = RuleFolder.read(paths, Trust.OWNERS);
    edges.out().print(folder.explained());
    if (folder.problems().isEmpty()) {
      edges.out().println(folder.rules().size() + " rules, no mistake");
      return ExitCode.OK;
    }
    edges
        .out()
        .println(
            folder.problems().size() + " mistakes; " + folder.rules().size() + " rules have none");
    return ExitCode.FAILED;
  }
}
