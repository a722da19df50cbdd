package plimsoll.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import plimsoll.derive.Derivation;
import plimsoll.finding.Finding;
import plimsoll.finding.Verdict;
import plimsoll.model.Snapshot;
import plimsoll.rule.RuleSet;
import plimsoll.testing.Project;
import plimsoll.wire.SnapshotJson;

/** What a fingerprint survives, and what it does not, on a recorded host. */
class FingerprintTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fingerprints of failures, by rule and subject. */
  private static Map<String, String> after(Consumer<ObjectNode> change) throws Exception {
    ObjectNode tree =
        (ObjectNode)
            JSON.readTree(Files.readString(Project.root().resolve("samples/hosts/careless.json")));
    change.accept(tree);
    Snapshot snapshot = SnapshotJson.read(new ByteArrayInputStream(JSON.writeValueAsBytes(tree)));
    Map<String, String> fingerprints = new TreeMap<>();
    for (Finding finding :
        Evaluator.evaluate(
                RuleSet.builtIn(),
                Derivation.derive(snapshot),
                Scope.ALL,
                new Snapshot.Tool("plimsoll", "test"))
            .findings()) {
      if (finding.verdict() == Verdict.FAIL) {
        fingerprints.put(
            finding.rule().id() + " " + finding.subject().name(), finding.fingerprint());
      }
    }
    assertThat(fingerprints).hasSizeGreaterThan(100);
    return fingerprints;
  }

  private static void eachContainer(ObjectNode tree, Consumer<ObjectNode> change) {
    tree.path("containers").forEach(container -> change.accept((ObjectNode) container));
  }

  private static void reverse(JsonNode list) {
    List<JsonNode> elements = new ArrayList<>();
    list.forEach(elements::add);
    Collections.reverse(elements);
    ((ArrayNode) list).removeAll().addAll(elements);
  }

  /** Containers that share another's network name it by its id. */
  private static void renew(ObjectNode tree, String id) {
    eachContainer(
        tree,
        container -> {
          if (container.at("/requested/facts/namespaces/network") instanceof ObjectNode network
              && network.path("of").asText().equals(id)) {
            network.put("of", new StringBuilder(id).reverse().toString());
          }
        });
  }

  @Test
  void nothingChanges() throws Exception {
    assertThat(after(tree -> {})).isEqualTo(after(tree -> {}));
  }

  @Test
  void aContainerMadeAnewKeepsThem() throws Exception {
    assertThat(
            after(tree ->
                eachContainer(
                    tree,
                    container -> {
                      ObjectNode identity = (ObjectNode) container.path("identity");
                      String id = identity.path("id").asText();
                      identity.put("id", new StringBuilder(id).reverse().toString());
                      renew(tree, id);
                      if (identity.hasNonNull("pid")) {
                        identity.put("pid", identity.path("pid").asLong() + 1000);
                      }
                    })))
        .isEqualTo(after(tree -> {}));
  }

  @Test
  void theOrderOfContainersAndOfWhatIsInThemDoesNotMatter() throws Exception {
    Map<String, String> reversed =
        after(tree -> {
          reverse(tree.path("containers"));
          eachContainer(
              tree,
              container -> {
                for (String view : List.of("requested", "enforced")) {
                  JsonNode facts = container.path(view).path("facts");
                  for (String list :
                      List.of("/mounts", "/devices/nodes", "/networking/ports", "/environment")) {
                    if (facts.at(list) instanceof ArrayNode array) {
                      reverse(array);
                    }
                  }
                }
              });
        });
    assertThat(reversed).isEqualTo(after(tree -> {}));
  }

  @Test
  void anotherContainerBesideThemDoesNotMatter() throws Exception {
    Map<String, String> before = after(tree -> {});
    Map<String, String> more =
        after(tree -> {
          ObjectNode twin = tree.path("containers").get(0).deepCopy();
          ((ObjectNode) twin.path("identity")).put("name", "another").put("id", "f".repeat(64));
          ((ArrayNode) tree.path("containers")).insert(0, twin);
        });
    assertThat(more).containsAllEntriesOf(before).hasSizeGreaterThan(before.size());
    // The twin fails the same rules, as somebody else.
    more.forEach((who, fingerprint) -> {
      if (who.endsWith(" another")) {
        assertThat(before).doesNotContainValue(fingerprint);
      }
    });
  }

  /** A service is who it is, whatever its containers are called; without one the name is. */
  @Test
  void renamingMattersOnlyWithoutAService() throws Exception {
    for (boolean service : List.of(true, false)) {
      Consumer<ObjectNode> serve =
          tree ->
              eachContainer(
                  tree,
                  container -> {
                    ObjectNode identity = (ObjectNode) container.path("identity");
                    if (service) {
                      identity.put("service", "compose shop " + identity.path("name").asText());
                    }
                  });
      Map<String, String> before = after(serve);
      Map<String, String> renamed =
          after(
              serve.andThen(tree ->
                  eachContainer(
                      tree,
                      container -> {
                        ObjectNode identity = (ObjectNode) container.path("identity");
                        identity.put("name", "re-" + identity.path("name").asText());
                      })));
      int compared = 0;
      for (Map.Entry<String, String> entry : before.entrySet()) {
        String[] who = entry.getKey().split(" ", 2);
        String now = renamed.get(who[0] + " re-" + who[1]);
        if (now != null) {
          compared++;
          assertThat(now.equals(entry.getValue())).as(entry.getKey()).isEqualTo(service);
        }
      }
      assertThat(compared).isGreaterThan(50);
    }
  }

  @Test
  void whatIsWrongMatters() throws Exception {
    Map<String, String> before = after(tree -> {});
    Map<String, String> worse =
        after(tree ->
            eachContainer(
                tree,
                container -> {
                  for (String view : List.of("requested", "enforced")) {
                    if (container.path(view).at("/facts/capabilities/bounding")
                            instanceof ArrayNode capabilities
                        && !capabilities.isEmpty()) {
                      capabilities.add("SYS_BOOT");
                    }
                  }
                }));
    String agent = "container-dangerous-capability ";
    long changed =
        before.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(agent))
            .filter(entry -> !entry.getValue().equals(worse.get(entry.getKey())))
            .count();
    assertThat(changed).isPositive();
    assertThat(worse.get("container-no-pids-limit agent"))
        .isEqualTo(before.get("container-no-pids-limit agent"));
  }
}
