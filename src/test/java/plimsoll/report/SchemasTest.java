package plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import plimsoll.profile.BadProfileException;
import plimsoll.profile.ProfileReader;
import plimsoll.rule.RuleReader;
import plimsoll.rule.RuleSet;
import plimsoll.testing.Project;

/** What editors are given agrees with what Plimsoll itself takes. */
class SchemasTest {
  private static final Map<String, String> SCHEMAS =
      Schemas.all(RuleSet.builtIn(), ProfileReader.flags());

  private static Schema schema(String kind) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(SCHEMAS.get(kind));
  }

  /** As editors read YAML: by the core schema of 1.2, in which a day is text. */
  private static List<Error> check(String kind, String yaml) throws IOException {
    Resolver core =
        new Resolver() {
          @Override
          protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Resolver.BOOL, "tTfF");
            addImplicitResolver(Tag.INT, Resolver.INT, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, Resolver.FLOAT, "-+0123456789.");
          }
        };
    var options = new LoaderOptions();
    var dumper = new org.yaml.snakeyaml.DumperOptions();
    Object loaded =
        new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, core)
            .load(yaml);
    return schema(kind).validate(new ObjectMapper().writeValueAsString(loaded), InputFormat.JSON);
  }

  @Test
  void theyAreCommitted() throws IOException {
    for (Map.Entry<String, String> schema : SCHEMAS.entrySet()) {
      // OPA names a schema by its file, without .json.
      String ending = schema.getKey().startsWith("rego/") ? ".json" : ".schema.json";
      plimsoll.testing.Golden.check(
          Project.root().resolve("rules/schemas/" + schema.getKey() + ending), schema.getValue());
    }
  }

  static Stream<Path> rules() throws IOException {
    try (Stream<Path> all = Files.walk(Project.root().resolve("rules"))) {
      return all
          .filter(
              file -> file.toString().matches(".*/(build|container|daemon|host|policy)/.*\\.yaml"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleThatComesWithPlimsollFits(Path rule) throws IOException {
    assertThat(check("rule", Files.readString(rule))).isEmpty();
  }

  private static final String WHOLE =
      """
      id: acme-test
      title: A title
      message: does it
      subject: container
      severity: high
      why: because
      require: {path: /limits/pids, at-most: 100}
      fix: {run: do not}
      examples: {good: [], bad: []}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "severity: high | severity: hihg",
        "title: A title | titel: A title",
        "id: acme-test | id: Acme",
        "{run: do not} | {runs: do not}",
        "{path: /limits/pids, at-most: 100} | {path: /limts/pids, at-most: 100}",
        "{path: /limits/pids, at-most: 100} | {path: /limits/pids, atmost: 100}",
        "{path: /limits/pids, at-most: 100} | {path: /limits/pids, at-most: many}",
        "{path: /limits/pids, at-most: 100} | {path: /limits/pids, empty: true}",
        "{path: /limits/pids, at-most: 100} | {path: /limits/pids}",
        "{path: /limits/pids, at-most: 100} | {path: /mounts, equals: x}",
        "{path: /limits/pids, at-most: 100} | {path: /seccomp/mode, equals: filtre}",
        "{path: /limits/pids, at-most: 100} | {path: privileged, equals: true}",
        "{path: /limits/pids, at-most: 100} | {each: {path: /mounts, require: {path: /mounts}}}",
        "{path: /limits/pids, at-most: 100} | {each: {path: /mounts, require: {path: sourc, equals: x}}}",
        "{path: /limits/pids, at-most: 100} | {all: [{path: /privileged, equals: maybe}]}"
      })
  void whatPlimsollRefusesTheSchemaRefuses(String from, String to) throws IOException {
    assertThat(check("rule", WHOLE)).isEmpty();
    String broken = WHOLE.replace(from, to);
    assertThat(broken).isNotEqualTo(WHOLE);
    assertThat(check("rule", broken)).as(broken).isNotEmpty();
    assertThatThrownBy(() -> RuleReader.read("x", broken))
        .isInstanceOf(plimsoll.rule.BadRuleException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{path: /lifecycle/logOptions/max-size, exists: true}",
        "{path: 'engine:/settings/liveRestore', equals: true}",
        "{each: {path: /mounts, require: {any: [{path: source, equals: /x}, {path: /privileged, equals: false}]}}}",
        "{path: /lifecycle/restart, equals: 'no'}",
        "{when: {path: /privileged, equals: false}, then: {not: {path: /capabilities/bounding, subset-of: [CHOWN]}}}"
      })
  void whatPlimsollTakesTheSchemaTakes(String condition) throws Exception {
    String rule = WHOLE.replace("{path: /limits/pids, at-most: 100}", condition);
    assertThat(RuleReader.read("x", rule).id()).isEqualTo("acme-test");
    assertThat(check("rule", rule)).isEmpty();
  }

  @Test
  void configurationsAndSelections() throws IOException {
    String readme = Files.readString(Project.root().resolve("README.md"));
    String config = readme.substring(readme.indexOf("```yaml\nrules:") + 8);
    config = config.substring(0, config.indexOf("```"));
    assertThat(check("config", config)).isEmpty();
    for (String[] mistake :
        new String[][] {
          {"waivers:", "waiver:"},
          {"reason:", "raeson:"},
          {"container: ci-runner", "subject: pod"},
          {"container: ci-runner", "container: ci-runner\n    subject: host"},
          {"container-no-init: low", "container-no-init: lwo"},
          {"lowest:", "lowst:"}
        }) {
      assertThat(config).contains(mistake[0]);
      assertThat(check("config", config.replace(mistake[0], mistake[1])))
          .as(mistake[1])
          .isNotEmpty();
    }
    for (String name : RuleSet.SELECTIONS) {
      String selection = Files.readString(Project.root().resolve("selections/" + name + ".yaml"));
      assertThat(check("selection", selection)).isEmpty();
      assertThat(check("selection", selection.replace("title:", "name:"))).isNotEmpty();
    }
  }

  static Stream<Path> profiles() throws IOException {
    try (Stream<Path> all = Files.list(Project.root().resolve("profiles"))) {
      return all.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyProfileThatComesWithPlimsollFits(Path profile) throws IOException {
    assertThat(check("profile", Files.readString(profile))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "titel: x",
        "level: worst",
        "loopback: perhaps",
        "flags: {memroy: 1g}",
        "flags: {rm: true}",
        "flags: {memory: [1g, 2g]}",
        "without: [memroy]",
        "accept: {container-root-user: ''}"
      })
  void whatIsNoProfileTheSchemaRefuses(String line) throws IOException {
    String whole = "title: T\nlevel: low\n";
    assertThat(check("profile", whole)).isEmpty();
    String broken =
        line.startsWith("titel")
            ? line
            : line.startsWith("level") ? "title: T\n" + line : whole + line;
    assertThat(check("profile", broken)).isNotEmpty();
    assertThatThrownBy(() ->
            ProfileReader.read(
                "x",
                "x.yaml",
                broken,
                name -> {
                  throw new IOException("none");
                }))
        .isInstanceOf(BadProfileException.class);
  }
}
