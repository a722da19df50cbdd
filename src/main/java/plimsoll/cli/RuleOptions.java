package plimsoll.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import plimsoll.report.Plain;
import plimsoll.rule.RuleSet;

/** {@code --rules} and {@code --config}, which all commands that judge have. */
final class RuleOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description =
          "Judge by the rules in this folder or file as well; may be given several times.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Rules, severities and waivers. Default: plimsoll.yaml here, else"
              + " /etc/plimsoll/plimsoll.yaml, else none.")
  private @Nullable Path config;

  @Option(
      names = "--selection",
      paramLabel = "NAME|FILE",
      description = "Judge by a choice of rules only: recommended, strict, or one of your own.")
  private @Nullable String selection;

  private Trust trust = Trust.OWNERS;

  /** What decides belongs to the repository that is judged. */
  void ofRepository() {
    trust = Trust.REPOSITORY;
  }

  /** What to judge by: what comes with the program, and what was named or configured. */
  Policy policy(Edges edges) throws UnusableException {
    try {
      return policy(edges, folders, config, selection, trust);
    } catch (ConfigFile.BadConfigException e) {
      throw Usage.error(spec, String.valueOf(e.getMessage()));
    }
  }

  /** Where the configuration of a repository lies, or would lie. */
  Path config() {
    return config == null ? Path.of("plimsoll.yaml") : config;
  }

  /**
   * What the same options mean in another commit: of what lies in the working directory, what lies
   * there.
   */
  Policy policyIn(GitTree tree, Edges edges) throws UnusableException {
    Path file = file(edges, tree.folder(), config == null ? null : tree.path(config));
    List<Path> there = folders.stream().map(tree::path).filter(Files::exists).toList();
    String choice =
        selection == null || RuleSet.SELECTIONS.contains(selection)
            ? selection
            : tree.path(Path.of(selection)).toString();
    try {
      return file != null && Files.exists(file)
          ? ConfigFile.read(file, tree.name(file), there, choice, trust)
          : withoutConfig(there, choice, trust);
    } catch (ConfigFile.BadConfigException e) {
      throw Usage.error(spec, String.valueOf(e.getMessage()));
    }
  }

  /**
   * What to judge by.
   *
   * @param folders further rules
   * @param config the configuration; null for the usual places
   * @param selection a choice of rules; null for all
   */
  static Policy policy(
      Edges edges,
      List<Path> folders,
      @Nullable Path config,
      @Nullable String selection,
      Trust trust)
      throws UnusableException, ConfigFile.BadConfigException {
    Path file = file(edges, Path.of(""), config);
    return file == null
        ? withoutConfig(folders, selection, trust)
        : ConfigFile.read(file, Plain.line(file.toString()), folders, selection, trust);
  }

  private static Policy withoutConfig(List<Path> folders, @Nullable String selection, Trust trust)
      throws UnusableException, ConfigFile.BadConfigException {
    RuleSet rules = RuleFolder.withBuiltIn(folders, trust);
    return new Policy(selection == null ? rules : ConfigFile.select(selection, rules, trust));
  }

  /** The same, read beside something else where nothing can be wrong with it. */
  CompletableFuture<Policy> policyMeanwhile(Edges edges) throws UnusableException {
    try {
      return policyMeanwhile(edges, folders, config, selection, trust);
    } catch (ConfigFile.BadConfigException e) {
      throw Usage.error(spec, String.valueOf(e.getMessage()));
    }
  }

  static CompletableFuture<Policy> policyMeanwhile(
      Edges edges,
      List<Path> folders,
      @Nullable Path config,
      @Nullable String selection,
      Trust trust)
      throws UnusableException, ConfigFile.BadConfigException {
    return folders.isEmpty() && selection == null && file(edges, Path.of(""), config) == null
        ? CompletableFuture.supplyAsync(() -> new Policy(RuleSet.builtIn()))
        : CompletableFuture.completedFuture(policy(edges, folders, config, selection, trust));
  }

  private static @Nullable Path file(Edges edges, Path folder, @Nullable Path config) {
    if (config != null) {
      return config;
    }
    for (Path usual :
        List.of(
            folder.resolve("plimsoll.yaml"), edges.root().resolve("etc/plimsoll/plimsoll.yaml"))) {
      if (Files.exists(usual)) {
        return usual;
      }
    }
    return null;
  }
}
