package plimsoll.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import plimsoll.rule.RuleSet;

/** The program. */
@Command(
    name = "plimsoll",
    description = "Audits how containers are confined, and by what the kernel really enforces.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  private Main() {}

  /** Runs and exits. */
  public static void main(String[] args) {
    // Names come in any script, whatever the locale says.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Edges edges =
        new Edges(
            new FileInputStream(FileDescriptor.in),
            out,
            err,
            System.getenv(),
            Path.of("/"),
            Clock.systemUTC(),
            "terminal".equals(System.getProperty("plimsoll.stdout")),
            "terminal".equals(System.getProperty("plimsoll.stderr")),
            inTerminal());
    int code = run(edges, args);
    out.flush();
    System.exit(out.checkError() && code == ExitCode.OK ? ExitCode.UNUSABLE : code);
  }

  private static @Nullable Path inTerminal() {
    try {
      Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/0"));
      return device.toString().matches("/dev/(pts/[0-9]+|tty.*|console)") ? device : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Runs with the given edges and returns the exit code. */
  static int run(Edges edges, String... args) {
    if (args.length > 0 && !args[0].startsWith("-")) {
      // Nearly every command needs them, and has other things to do first.
      var unused = CompletableFuture.runAsync(RuleSet::builtIn);
    }
    if (args.length > 0 && args[0].equals("secure-run")) {
      return new SecureRun(edges).run(List.of(args).subList(1, args.length));
    }
    CommandLine line = new CommandLine(new Main());
    Map<String, Supplier<CommandLine>> commands = commands(edges);
    Supplier<CommandLine> named = args.length == 0 ? null : commands.get(args[0]);
    // Reading what a command takes from its annotations costs more than many a run of one: only the
    // one that is run, unless help or a suggestion has to name them all.
    for (Supplier<CommandLine> command : named == null ? commands.values() : List.of(named)) {
      line.addSubcommand(command.get());
    }
    line.setOut(new java.io.PrintWriter(edges.out(), true, StandardCharsets.UTF_8));
    line.setErr(new java.io.PrintWriter(edges.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, words) -> {
      edges.err().println("plimsoll: " + e.getMessage());
      CommandLine.UnmatchedArgumentException.printSuggestions(e, e.getCommandLine().getErr());
      edges
          .err()
          .println(
              "plimsoll: see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
      return ExitCode.USAGE;
    });
    line.setExecutionExceptionHandler((e, command, parsed) -> {
      if (e instanceof UnusableException) {
        edges.err().println("plimsoll: " + e.getMessage());
        return ExitCode.UNUSABLE;
      }
      throw e;
    });
    return line.execute(args);
  }

  /** The commands by name, in the order in which help lists them. */
  private static Map<String, Supplier<CommandLine>> commands(Edges edges) {
    Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
    commands.put("audit", () -> new CommandLine(new AuditCommand(edges)));
    commands.put("gate", () -> new CommandLine(new GateCommand(edges)));
    commands.put("diff", () -> new CommandLine(new DiffCommand(edges)));
    commands.put("report", () -> new CommandLine(new ReportCommand(edges)));
    commands.put("secure-run", () -> new CommandLine(new SecureRunCommand(edges)));
    commands.put(
        "convert", () -> new CommandLine(new ConvertCommand(edges)).setStopAtPositional(true));
    commands.put(
        "rules",
        () ->
            new CommandLine(new RulesCommand(edges))
                .addSubcommand(new RulesNewCommand(edges))
                .addSubcommand(new RulesTestCommand(edges))
                .addSubcommand(new RulesValidateCommand(edges)));
    return commands;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        new CommandLine(this),
        "name a command: audit, gate, diff, report, rules, secure-run or convert");
  }
}
