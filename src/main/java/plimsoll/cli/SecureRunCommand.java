package plimsoll.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code plimsoll secure-run}, for the list of commands and the help. Docker's flags have a grammar
 * of their own, so {@link SecureRun} reads the words itself.
 */
@Command(
    name = "secure-run",
    description = {
      "Start a container as docker run does, hardened, and prove it.",
      "Takes every flag of docker run, in its grammar, and these before the image:"
    },
    customSynopsis = "plimsoll secure-run [OPTIONS] [FLAGS OF docker run] IMAGE [COMMAND...]",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes, docker's own:%n",
    exitCodeList = {
      "125:refused, or the engine or the command line is wrong",
      "126:the program cannot be executed",
      "127:the program is not found",
      "N:else the program's own"
    })
@SuppressWarnings("UnusedVariable") // they are there for picocli to print
final class SecureRunCommand implements Callable<Integer> {
  private final Edges edges;

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      description =
          "How it is hardened: restricted, baseline, web, batch, database, none, or a file"
              + " (default: restricted).")
  private String profile = "restricted";

  @Option(
      names = "--allow",
      paramLabel = "RULE=REASON",
      description = "Let through what fails a rule; kept in a label and in the report.")
  private List<String> allow = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description = "Start nothing: print the create request and the run line that equals it.")
  private boolean dryRun;

  @Option(
      names = "--explain",
      description = "Say where each flag came from, and what was verified.")
  private boolean explain;

  @Option(
      names = "--require-verify",
      description = "Refuse what the kernel cannot be seen to enforce.")
  private boolean requireVerify;

  @Option(names = "--report", paramLabel = "FILE", description = "Write what was done, as JSON.")
  private String report = "";

  @Option(names = "--rules", paramLabel = "DIR", description = "Further rules.")
  private List<String> rules = new ArrayList<>();

  @Option(names = "--config", paramLabel = "FILE", description = "Rules, severities, waivers.")
  private String config = "";

  @Option(names = "--host", paramLabel = "ADDRESS", description = "The engine.")
  private String host = "";

  @Option(names = "--context", paramLabel = "NAME", description = "The docker context.")
  private String context = "";

  @Option(names = "--cert-path", paramLabel = "DIR", description = "Certificates for TLS.")
  private String certPath = "";

  @Parameters(hidden = true)
  private List<String> words = new ArrayList<>();

  SecureRunCommand(Edges edges) {
    this.edges = edges;
  }

  /** The help. */
  static String help(Edges edges) {
    return new CommandLine(new SecureRunCommand(edges)).getUsageMessage();
  }

  @Override
  public Integer call() {
    // Main hands the words over before they come here.
    return new SecureRun(edges).run(words);
  }
}
