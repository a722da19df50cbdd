package plimsoll.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import plimsoll.report.Plain;
import plimsoll.rule.Rule;

/** {@code plimsoll rules test}. */
@Command(
    name = "test",
    description = {
      "Judge the examples in rules of your own: each good one must pass, each bad one fail.",
      "Examples are lines of docker run in rules for containers, of dockerd in rules for the engine,",
      "Dockerfiles in rules for builds."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every example is judged as its rule says",
      "1:one is not",
      "3:a file or folder could not be used, or there are mistakes in a rule"
    })
final class RulesTestCommand implements Callable<Integer> {
  private final Edges edges;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders or files with rules.")
  private List<Path> paths = new ArrayList<>();

  RulesTestCommand(Edges edges) {
    this.edges = edges;
  }

  @Override
  public Integer call() throws UnusableException {
    RuleFolder folder = RuleFolder.read(paths, Trust.OWNERS);
    if (!folder.problems().isEmpty()) {
      throw new UnusableException("there are mistakes in rules:\n" + folder.explained().strip());
    }
    int judged = 0;
    int wrong = 0;
    int left = 0;
    for (Rule rule : folder.rules().values()) {
      int examples = rule.examples().good().size() + rule.examples().bad().size();
      if (!RuleExamples.readable(rule.subject())) {
        left += examples;
        continue;
      }
      if (rule.examples().good().isEmpty() || rule.examples().bad().isEmpty()) {
        wrong++;
        edges.out().println(rule.id() + ": it needs a good and a bad example at least");
      }
      for (RuleExamples.Tried tried : RuleExamples.judge(rule)) {
        judged++;
        if (tried.wrong() != null) {
          wrong++;
          edges.out().println(rule.id() + ": " + Plain.line(tried.line()));
          edges.out().println("    " + Plain.line(tried.wrong()));
        }
      }
    }
    edges
        .out()
        .println(
            judged
                + " examples judged, "
                + wrong
                + " wrong"
                + (left == 0
                    ? ""
                    : "; "
                        + left
                        + " of rules that judge neither containers nor builds nor the engine were left out"));
    return wrong == 0 ? ExitCode.OK : ExitCode.FAILED;
  }
}
