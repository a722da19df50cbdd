package plimsoll.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Suggestion;
import plimsoll.profile.Profile;
import plimsoll.read.RunLine;
import plimsoll.read.RunLineException;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;

/**
 * The options of secure-run that docker's run does not have.
 *
 * @param profile a name or file
 * @param allowed rules let through, with the reason
 * @param places where things are
 */
record SecureRunOptions(
    String profile,
    Map<String, String> allowed,
    boolean dryRun,
    boolean explain,
    boolean requireVerify,
    Places places) {

  /**
   * Where things are.
   *
   * @param rules further rules
   * @param config null for the usual places
   * @param report where the report goes; null for nowhere
   */
  record Places(
      @Nullable String host,
      @Nullable String context,
      @Nullable Path certificates,
      List<Path> rules,
      @Nullable Path config,
      @Nullable Path report) {}

  /** Takes them from a line; a switch's {@code =false} takes it back. */
  static SecureRunOptions of(RunLine line) throws RunLineException {
    Map<String, String> last = new LinkedHashMap<>();
    Map<String, String> allowed = new LinkedHashMap<>();
    List<Path> rules = new ArrayList<>();
    for (RunLine.Own own : line.own()) {
      switch (own.name()) {
        case "allow" -> {
          String[] halves = own.value().split("=", 2);
          if (halves.length < 2 || halves[1].isBlank()) {
            throw new RunLineException(
                own.word(), "--allow needs a rule and why: --allow RULE=REASON");
          }
          allowed.put(halves[0], halves[1].strip());
        }
        case "rules" -> rules.add(Path.of(own.value()));
        default -> last.put(own.name(), own.value());
      }
    }
    return new SecureRunOptions(
        last.getOrDefault("profile", Profile.NAMES.get(0)),
        allowed,
        isOn(last, "dry-run"),
        isOn(last, "explain"),
        isOn(last, "require-verify"),
        new Places(
            last.get("host"),
            last.get("context"),
            path(last, "cert-path"),
            rules,
            path(last, "config"),
            path(last, "report")));
  }

  private static boolean isOn(Map<String, String> last, String name) {
    return !last.getOrDefault(name, "false").equals("false");
  }

  private static @Nullable Path path(Map<String, String> last, String name) {
    String value = last.get(name);
    return value == null ? null : Path.of(value);
  }

  /** Why an allowance is none: no rule has that id; null where all are. */
  @Nullable String wrongAllowance(RuleSet rules) {
    List<String> ids = rules.rules().stream().map(Rule::id).toList();
    for (String id : allowed.keySet()) {
      if (!ids.contains(id)) {
        return "--allow: there is no rule "
            + id
            + Suggestion.nearest(id, ids).map(near -> "; did you mean " + near + "?").orElse("");
      }
    }
    return null;
  }
}
