package plimsoll.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Option;
import plimsoll.rule.RuleSet;

/** {@code --rules}, which all commands that judge have. */
final class RuleOptions {
  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description =
          "Judge by the rules in this folder or file as well; may be given several times.")
  private List<Path> folders = new ArrayList<>();

  /** The rules that come with the program, and those that were named. */
  RuleSet rules() throws UnusableException {
    return RuleFolder.withBuiltIn(folders);
  }

  /** The same, read beside something else where nothing can be wrong with them. */
  CompletableFuture<RuleSet> rulesMeanwhile() throws UnusableException {
    return folders.isEmpty()
        ? CompletableFuture.supplyAsync(RuleSet::builtIn)
        : CompletableFuture.completedFuture(rules());
  }
}
