package plimsoll.rule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules that judge together; no two share an id. */
public record RuleSet(List<Rule> rules) {
  /** Selections that come with Plimsoll, by name. */
  public static final List<String> SELECTIONS = List.of("recommended", "strict");

  private static final String FOLDER = "/plimsoll/rules/";

  private static @Nullable RuleSet builtIn;

  /** Copies the list and checks ids. */
  public RuleSet {
    rules = List.copyOf(rules);
    Map<String, Rule> byId = new HashMap<>();
    for (Rule rule : rules) {
      if (byId.put(rule.id(), rule) != null) {
        throw new IllegalArgumentException("two rules have the id " + rule.id());
      }
    }
  }

  /**
   * These rules and others.
   *
   * @throws IllegalArgumentException if two have the same id
   */
  public RuleSet with(List<Rule> others) {
    List<Rule> all = new ArrayList<>(rules);
    all.addAll(others);
    return new RuleSet(all);
  }

  /** Those that judge a kind of subject. */
  public RuleSet about(SubjectKind kind) {
    return new RuleSet(rules.stream().filter(rule -> rule.subject() == kind).toList());
  }

  /** The rule with an id. */
  public Optional<Rule> find(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /**
   * The rules that come with Plimsoll; read when they are first asked for, by one thread for all.
   *
   * @throws IllegalStateException if one of them is broken, which the build makes sure it is not
   */
  public static synchronized RuleSet builtIn() {
    if (builtIn == null) {
      builtIn = readBuiltIn();
    }
    return builtIn;
  }

  private static RuleSet readBuiltIn() {
    List<Rule> rules = new ArrayList<>();
    try {
      // The build joins the files, each of which begins with its rule's id.
      String all = resource("all.yaml");
      int next;
      for (int start = 0; start < all.length(); start = next) {
        int line = all.indexOf("\nid: ", start);
        next = line < 0 ? all.length() : line + 1;
        rules.add(
            RuleReader.read(
                "rules/" + all.substring(start + 4, all.indexOf('\n', start)) + ".yaml",
                all.substring(start, next)));
      }
    } catch (IOException | BadRuleException e) {
      throw new IllegalStateException(e);
    }
    return new RuleSet(rules);
  }

  /**
   * The benchmarks that the rules which come with Plimsoll refer to.
   *
   * @throws IllegalStateException if one of them is broken, which the build makes sure it is not
   */
  public static List<Benchmark> benchmarks() {
    try {
      String file = "benchmarks/cis-docker.yaml";
      return List.of(Benchmark.read("rules/" + file, resource(file)));
    } catch (IOException | BadRuleException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The text of a selection that comes with Plimsoll.
   *
   * @param name one of {@link #SELECTIONS}
   */
  public static String selection(String name) {
    try {
      return resource("selections/" + name + ".yaml");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RuleSet.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IOException("the rule file " + name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
