package plimsoll.rule;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rule.
 *
 * @param id its name for ever: configurations of users name it
 * @param title what a failure means, as a heading
 * @param message what a failure means, said of one subject
 * @param why one paragraph an operator understands
 * @param parameters values in the condition that a configuration may set
 * @param require what must hold, with the parameters as they are now
 * @param fix how to mend it, by what is edited: {@code run}, {@code compose}, {@code dockerfile},
 *     {@code policy}, {@code daemon}, {@code host}
 */
public record Rule(
    String id,
    String title,
    Message message,
    SubjectKind subject,
    Severities severity,
    List<Control> controls,
    String why,
    List<Parameter> parameters,
    Condition require,
    Map<String, String> fix,
    Examples examples) {

  /** Copies the collections; the order of fixes is the rule file's. */
  public Rule {
    controls = List.copyOf(controls);
    parameters = List.copyOf(parameters);
    fix = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fix));
  }

  /**
   * How bad a failure is.
   *
   * @param written where somebody asked for what is wrong
   * @param omitted where nobody asked for what is missing
   */
  public record Severities(Severity written, Severity omitted) {
    /** The worse of the two. */
    public Severity worst() {
      return written.compareTo(omitted) >= 0 ? written : omitted;
    }
  }

  /**
   * Run lines, for the daemon its command lines, for builds Dockerfiles, that pass and that fail.
   *
   * @param files texts of the files that they name
   */
  public record Examples(List<String> good, List<String> bad, Map<String, String> files) {
    /** None. */
    public static final Examples NONE = new Examples(List.of(), List.of(), Map.of());

    /** Copies the collections. */
    public Examples {
      good = List.copyOf(good);
      bad = List.copyOf(bad);
      files = Map.copyOf(files);
    }
  }

  /** The same rule, whose failures are this bad however they came about. */
  public Rule as(Severity one) {
    return with(new Severities(one, one), parameters, require);
  }

  /** The same rule with other parameters, and the condition that follows from them. */
  Rule with(List<Parameter> others, Condition condition) {
    return with(severity, others, condition);
  }

  private Rule with(Severities severities, List<Parameter> others, Condition condition) {
    return new Rule(
        id, title, message, subject, severities, controls, why, others, condition, fix, examples);
  }

  /** How to mend it where {@code place} is edited; null where the rule has no advice for that. */
  public @Nullable String fixFor(String place) {
    return fix.get(place);
  }
}
