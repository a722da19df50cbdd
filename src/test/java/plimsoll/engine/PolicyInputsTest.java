package plimsoll.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import plimsoll.dockerfile.BuildReader;
import plimsoll.dockerfile.Facts;
import plimsoll.engine.Subjects.Item;
import plimsoll.engine.ViewEvaluator.Surroundings;
import plimsoll.finding.Subject;
import plimsoll.model.Gap;
import plimsoll.model.Origin;
import plimsoll.model.PolicyChange;
import plimsoll.model.PolicyChange.Change;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.model.Volume;
import plimsoll.rego.RegoPolicy;
import plimsoll.rule.Condition;
import plimsoll.rule.SubjectKind;
import plimsoll.shell.Fragment;
import plimsoll.testing.Project;
import plimsoll.wire.SnapshotJson;

/** What policies are given is what the schemas say that policies are checked against. */
class PolicyInputsTest {
  private static final Path SCHEMAS = Project.root().resolve("rules/schemas/rego");

  private static Snapshot host(String name) throws Exception {
    try (InputStream in =
        Files.newInputStream(Project.root().resolve("samples/hosts/" + name + ".json"))) {
      return SnapshotJson.read(in);
    }
  }

  private static PolicyInputs inputs(Snapshot snapshot) {
    return new PolicyInputs(snapshot, new Surroundings(snapshot.engine(), snapshot.host()));
  }

  /** A policy that is given everything. */
  private static Condition.Policy nosy() throws Exception {
    byte[] bundle =
        Files.readAllBytes(Project.root().resolve("samples/policies/tenants/tenants.tar.gz"));
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    return new Condition.Policy(
        RegoPolicy.load("tenants.tar.gz", bundle, true, "acme/tenants/violations", none), null);
  }

  private static Schema schema(String name) throws Exception {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(SCHEMAS.resolve(name + ".json")));
  }

  @ParameterizedTest
  @EnumSource(
      value = SubjectKind.class,
      mode = Mode.EXCLUDE,
      names = {"VOLUME", "BUILD", "POLICY"})
  void theInput(SubjectKind kind) throws Exception {
    Schema schema = schema(kind.toString());
    int seen = 0;
    for (String name : List.of("careless", "hardened")) {
      Snapshot snapshot = host(name);
      List<Item> items = new Subjects(snapshot).of(kind);
      seen += items.size();
      for (Item item : items) {
        ObjectNode input = inputs(snapshot).of(nosy(), item);
        assertThat(schema.validate(input.toString(), InputFormat.JSON)).isEmpty();
        assertThat(input.fieldNames())
            .toIterable()
            .contains("kind", "name", "requested", "gaps", "engine", "host");
        ((ObjectNode) input.path("requested")).put("privliged", true);
        assertThat(schema.validate(input.toString(), InputFormat.JSON)).isNotEmpty();
      }
    }
    assertThat(seen).isPositive();
  }

  @Test
  void theInputOfWhatTheSamplesLack() throws Exception {
    Facts build = new Facts((offset, field) -> Origin.written(null, 1, 1, field));
    BuildReader.read(Fragment.of("FROM alpine:3\nENV TOKEN=x\nADD http://a.example/x /\n"), build);
    PolicyChange change =
        new PolicyChange(List.of(new Change("new")), List.of(), List.of(), List.of());
    check(SubjectKind.BUILD, build.view());
    check(SubjectKind.POLICY, new View<>(change, Map.of(), List.of()));
    Volume volume = new Volume("data", "local", Map.of("type", "none"));
    check(SubjectKind.VOLUME, new View<>(volume, Map.of(), List.of()));
  }

  private static void check(SubjectKind kind, View<?> view) throws Exception {
    Item item = new Item(new Subject(kind, "one", null, "one"), view, "");
    ObjectNode input = inputs(host("hardened")).of(nosy(), item);
    assertThat(schema(kind.toString()).validate(input.toString(), InputFormat.JSON)).isEmpty();
  }

  /** What stands in for it would be taken for a fact. */
  @Test
  void whatIsNotKnownIsNotThere() throws Exception {
    Snapshot snapshot = host("careless");
    Item whole = new Subjects(snapshot).of(SubjectKind.CONTAINER).get(1);
    View<?> view = Objects.requireNonNull(whole.view());
    View<?> partly =
        view.withGaps(
            List.of(
                new Gap("/user/uid", "why"),
                new Gap("/seccomp", "so"),
                new Gap("/nowhere/at/all", "so"),
                new Gap("/mounts/0/source", "so")));
    PolicyInputs inputs = inputs(snapshot);
    ObjectNode before = inputs.of(nosy(), whole);
    assertThat(before.at("/requested/user/uid").isMissingNode()).isFalse();
    assertThat(before.at("/requested/mounts/0/source").isMissingNode()).isFalse();
    ObjectNode input = inputs.of(nosy(), new Item(whole.subject(), partly, "", whole.container()));
    for (String unknown : List.of("user/uid", "seccomp", "mounts/0/source")) {
      assertThat(input.at("/requested/" + unknown).isMissingNode()).as(unknown).isTrue();
    }
    assertThat(input.at("/requested/mounts/0/destination").isMissingNode()).isFalse();
    assertThat(input.at("/gaps/requested").path("/user/uid").asText()).isEqualTo("why");
  }

  @Test
  void theDataAround() throws Exception {
    Schema schema = schema("plimsoll");
    for (String name : List.of("careless", "hardened")) {
      Snapshot snapshot = host(name);
      ObjectNode around = inputs(snapshot).around(nosy());
      assertThat(around.path("containers")).hasSize(snapshot.containers().size());
      assertThat(schema.validate(around.toString(), InputFormat.JSON)).isEmpty();
      assertThat(around.at("/containers/0/enforced/seccomp")).isInstanceOf(ObjectNode.class);
      ((ObjectNode) around.at("/containers/0/enforced/seccomp")).put("mode", "none at all");
      assertThat(schema.validate(around.toString(), InputFormat.JSON)).isNotEmpty();
    }
  }
}
