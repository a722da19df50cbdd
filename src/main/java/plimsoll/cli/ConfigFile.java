package plimsoll.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Suggestion;
import plimsoll.report.Plain;
import plimsoll.rule.Configuration;
import plimsoll.rule.ConfigurationReader;
import plimsoll.rule.RuleSet;
import plimsoll.yaml.Problem;

/** {@code plimsoll.yaml}. */
final class ConfigFile {
  private ConfigFile() {}

  /** A configuration with mistakes; the message shows all of them. */
  static final class BadConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    BadConfigException(String message) {
      super(message);
    }
  }

  /**
   * What a configuration says to judge by.
   *
   * @param name what it is called in messages
   * @param folders further rules, from the command line
   * @throws BadConfigException if there are mistakes in it: none of it is used then
   */
  static Policy read(
      Path file, String name, List<Path> folders, @Nullable String selection, Trust trust)
      throws UnusableException, BadConfigException {
    String text = text(file, trust);
    ConfigurationReader reader = new ConfigurationReader(name, text);
    Configuration configuration = reader.configuration();
    complain(name, text, reader.problems());
    List<Path> all = new ArrayList<>(folders);
    for (String folder : configuration.rules()) {
      all.add(file.toAbsolutePath().resolveSibling(folder));
    }
    RuleSet rules = RuleFolder.withBuiltIn(all, trust);
    RuleSet chosen = selection == null ? rules : select(selection, rules, trust);
    RuleSet adjusted = reader.apply(rules, chosen);
    complain(name, text, reader.problems());
    return new Policy(adjusted, configuration.waivers(), reader.places());
  }

  /**
   * The rules that a selection chooses.
   *
   * @param name one that comes with Plimsoll, or a file
   */
  static RuleSet select(String name, RuleSet rules, Trust trust)
      throws UnusableException, BadConfigException {
    boolean ours = RuleSet.SELECTIONS.contains(name);
    if (!ours && !Files.exists(Path.of(name))) {
      throw new UnusableException(
          "there is neither a selection nor a file "
              + name
              + Suggestion.nearest(name, RuleSet.SELECTIONS)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; there are " + String.join(", ", RuleSet.SELECTIONS)));
    }
    String text = ours ? RuleSet.selection(name) : text(Path.of(name), trust);
    ConfigurationReader reader = new ConfigurationReader(Plain.line(name), text);
    RuleSet chosen = reader.select(rules);
    complain(Plain.line(name), text, reader.problems());
    return chosen;
  }

  private static String text(Path file, Trust trust) throws UnusableException {
    return SmallFile.trusted(file, "configuration", trust);
  }

  private static void complain(String name, String text, List<Problem> problems)
      throws BadConfigException {
    if (!problems.isEmpty()) {
      throw new BadConfigException(
          "there are mistakes in the configuration:\n"
              + Mistakes.explained(problems, Map.of(name, text)).strip());
    }
  }
}
