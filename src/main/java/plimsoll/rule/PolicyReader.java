package plimsoll.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import plimsoll.model.Confinement;
import plimsoll.model.Engine;
import plimsoll.model.FactPath;
import plimsoll.model.FactPath.UnknownFactException;
import plimsoll.model.Host;
import plimsoll.rego.BadPolicyException;
import plimsoll.rego.RegoPolicy;
import plimsoll.rule.Condition.Of;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/** Reads the key {@code policy} of a rule. */
public final class PolicyReader {
  private static final int MAX_VALUES = 100_000;

  private final SubjectKind subject;
  private final Problems problems;
  private final Files files;
  private int values;

  PolicyReader(SubjectKind subject, Problems problems, Files files) {
    this.subject = subject;
    this.problems = problems;
    this.files = files;
  }

  /** The files beside a rule's. */
  @FunctionalInterface
  public interface Files {
    /** There are none. */
    Files NONE =
        path -> {
          throw new IOException("there are no files here");
        };

    /**
     * Reads one.
     *
     * @param path relative to the rule's folder, and within it
     * @return at most {@link RegoPolicy#MAX_SIZE} bytes and one
     * @throws IOException with a message for people
     */
    byte[] read(String path) throws IOException;
  }

  /** Reads it; after a complaint, a condition that always holds. */
  Condition read(Node node) {
    YamlMap map = new YamlMap(node, problems);
    map.only(Set.of("bundle", "wasm", "entrypoint", "reads", "data"));
    List<Condition.Read> reads = map.get("reads") == null ? null : reads(map);
    Node bundle = map.get("bundle");
    Node wasm = map.get("wasm");
    Node file = bundle == null ? wasm : bundle;
    if (file == null || (bundle != null && wasm != null)) {
      problems.add(
          node, "a policy is one file: bundle, which opa build makes, or wasm, a module alone");
      return ConditionReader.NOTHING;
    }
    ObjectNode data = data(map);
    String entrypoint = map.get("entrypoint") == null ? null : map.need("entrypoint");
    String path = YamlMap.text(file, problems);
    if (path.startsWith("/") || (path + "/").startsWith("../") || path.contains("/../")) {
      problems.add(file, "a policy lies in the folder of its rule or below");
      return ConditionReader.NOTHING;
    }
    try {
      byte[] content = files.read(path);
      if (content.length > RegoPolicy.MAX_SIZE) {
        problems.add(
            file,
            path + " is larger than a policy can be (" + (RegoPolicy.MAX_SIZE >> 20) + " MiB)");
        return ConditionReader.NOTHING;
      }
      return new Condition.Policy(
          RegoPolicy.load(path, content, bundle != null, entrypoint, data), reads);
    } catch (BadPolicyException e) {
      problems.add(file, path + ": " + e.getMessage());
    } catch (IOException e) {
      problems.add(file, "cannot read " + path + ": " + e.getMessage());
    }
    return ConditionReader.NOTHING;
  }

  private List<Condition.Read> reads(YamlMap map) {
    List<Condition.Read> reads = new ArrayList<>();
    Node list = map.get("reads");
    for (Node path : list == null ? List.<Node>of() : YamlMap.list(list, problems)) {
      String text = YamlMap.text(path, problems);
      Of of = Of.SUBJECT;
      for (Of one : List.of(Of.ENGINE, Of.HOST, Of.CONTAINERS)) {
        String prefix = one.name().toLowerCase(Locale.ROOT) + ":";
        if (text.startsWith(prefix)) {
          of = one;
          text = text.substring(prefix.length());
        }
      }
      Class<?> facts =
          switch (of) {
            case SUBJECT -> subject.facts();
            case ENGINE -> Engine.class;
            case HOST -> Host.class;
            case CONTAINERS -> Confinement.class;
          };
      if (!text.startsWith("/")) {
        problems.add(
            path, "a path begins with a slash, after engine:, host: or containers: if it has one");
        continue;
      }
      try {
        reads.add(new Condition.Read(of, FactPath.of(text, facts)));
      } catch (UnknownFactException e) {
        problems.add(path, String.valueOf(e.getMessage()));
      }
    }
    return reads;
  }

  private ObjectNode data(YamlMap map) {
    Node node = map.get("data");
    JsonNode data = node == null ? null : json(node);
    if (data instanceof ObjectNode object) {
      return object;
    }
    if (node != null) {
      problems.add(node, "data is a map, as data is in Rego");
    }
    return JsonNodeFactory.instance.objectNode();
  }

  /** YAML as JSON has it; what aliases repeat is there as often as they do. */
  private JsonNode json(Node node) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (++values > MAX_VALUES) {
      if (values == MAX_VALUES + 1) {
        problems.add(node, "data has more than " + MAX_VALUES + " values");
      }
      return nodes.nullNode();
    }
    if (node instanceof MappingNode map) {
      ObjectNode object = nodes.objectNode();
      for (NodeTuple tuple : map.getValue()) {
        object.set(YamlMap.text(tuple.getKeyNode(), problems), json(tuple.getValueNode()));
      }
      return object;
    }
    if (node instanceof SequenceNode list) {
      var array = nodes.arrayNode();
      list.getValue().forEach(element -> array.add(json(element)));
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private static JsonNode scalar(ScalarNode node) {
    String text = node.getValue();
    JsonNode plain = node.getTag().equals(Tag.STR) ? null : parsed(text.toLowerCase(Locale.ROOT));
    if (node.getTag().equals(Tag.NULL)) {
      return JsonNodeFactory.instance.nullNode();
    }
    return plain == null ? JsonNodeFactory.instance.textNode(text) : plain;
  }

  private static @Nullable JsonNode parsed(String text) {
    try {
      JsonNode value = new ObjectMapper().readTree(text);
      return value.isNumber() || value.isBoolean() ? value : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
