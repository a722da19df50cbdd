package plimsoll.rego;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A policy that was written in Rego and compiled by OPA, with its data. Two are equal if they say
 * the same of everything: by their bytes.
 */
public final class RegoPolicy {
  /** The largest file of a policy, in bytes. */
  public static final int MAX_SIZE = 16 << 20;

  /** To start it, to have it read its data, and for each subject. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** What Plimsoll itself puts below {@code data}. */
  public static final String OWN_DATA = "plimsoll";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String name;
  private final byte[] wasm;
  private final String entrypoint;
  private final int number;
  private final ObjectNode data;
  private final Machines machines;

  private RegoPolicy(
      String name, byte[] wasm, String entrypoint, int number, ObjectNode data, Machines machines) {
    this.name = name;
    this.wasm = wasm;
    this.entrypoint = entrypoint;
    this.number = number;
    this.data = data;
    this.machines = machines;
  }

  /**
   * Loads a policy: starts it, and asks it what it needs.
   *
   * @param name the file, for messages
   * @param content what is in it
   * @param bundle whether that is a bundle, or a module alone
   * @param entrypoint the rule that is evaluated, {@code acme/labels/violations}; null for the only
   *     one
   * @param ofRule what the policy finds below {@code data}, beside what its bundle has there
   * @throws BadPolicyException if it cannot be used
   */
  public static RegoPolicy load(
      String name, byte[] content, boolean bundle, @Nullable String entrypoint, ObjectNode ofRule)
      throws BadPolicyException {
    return load(name, content, bundle, entrypoint, ofRule, LIMIT);
  }

  static RegoPolicy load(
      String name,
      byte[] content,
      boolean bundle,
      @Nullable String entrypoint,
      ObjectNode ofRule,
      Duration limit)
      throws BadPolicyException {
    PolicyFile file = bundle ? PolicyFile.bundle(content, entrypoint) : PolicyFile.module(content);
    ObjectNode data = merged(file.data(), ofRule);
    Machines machines = new Machines(file.wasm(), limit);
    Map<String, Integer> entrypoints;
    try {
      Sections.check(file.wasm());
      Set<String> missing = new TreeSet<>();
      entrypoints =
          machines.first(machine -> {
            missing.addAll(machine.builtins());
            return new TreeMap<>(machine.entrypoints());
          });
      missing.removeAll(Machine.provided());
      if (!missing.isEmpty()) {
        throw new BadPolicyException(
            "it calls "
                + String.join(", ", missing)
                + ": WebAssembly has no such function of Rego's here. What it needs to know beside"
                + " its input belongs into data");
      }
    } catch (PolicyFailedException e) {
      throw new BadPolicyException("it cannot be started: it " + e.getMessage());
    }
    String chosen = entrypoint;
    if (chosen == null) {
      if (entrypoints.size() != 1) {
        throw new BadPolicyException(
            "it has several entrypoints: name one of " + String.join(", ", entrypoints.keySet()));
      }
      chosen = entrypoints.keySet().iterator().next();
    }
    Integer number = entrypoints.get(chosen);
    if (number == null) {
      throw new BadPolicyException(
          "it has no entrypoint "
              + chosen
              + "; it was built with "
              + String.join(", ", entrypoints.keySet()));
    }
    return new RegoPolicy(name, file.wasm(), chosen, number, data, machines);
  }

  private static ObjectNode merged(ObjectNode ofBundle, ObjectNode ofRule)
      throws BadPolicyException {
    for (ObjectNode one : List.of(ofBundle, ofRule)) {
      if (one.has(OWN_DATA)) {
        throw new BadPolicyException(
            "its data has a key " + OWN_DATA + ", which is where Plimsoll puts its own");
      }
    }
    ObjectNode data = ofBundle.deepCopy();
    data.setAll(ofRule);
    return data;
  }

  /** The file, for messages. */
  public String name() {
    return name;
  }

  /** The rule that is evaluated: {@code acme/labels/violations}. */
  public String entrypoint() {
    return entrypoint;
  }

  /**
   * What it says of one subject.
   *
   * @param failure why it could not say anything, as a sentence that names it; null where it could
   */
  public record Answer(List<Violation> violations, @Nullable String failure) {
    /** Copies the list. */
    public Answer {
      violations = List.copyOf(violations);
    }
  }

  /**
   * Judges subjects: as many at once as are worth it. Once it has failed it is not asked again,
   * whatever follows: what a policy does that ran wild is worth nothing.
   *
   * @param around what it finds as {@code data.plimsoll}
   * @param inputs a document for each subject
   * @return as many answers
   */
  public List<Answer> judge(JsonNode around, List<? extends JsonNode> inputs) {
    ObjectNode all = data.deepCopy();
    all.set(OWN_DATA, around);
    byte[] world = bytes(all);
    List<byte[]> documents = inputs.stream().map(RegoPolicy::bytes).toList();
    long bytes = documents.stream().mapToLong(document -> document.length).sum();
    int parts =
        (int)
            Math.max(
                1,
                Math.min(
                    Runtime.getRuntime().availableProcessors(), bytes / Machines.WORTH_ANOTHER));
    int size = documents.size() / parts + 1;
    return IntStream.range(0, parts)
        .parallel()
        .mapToObj(part ->
            documents.subList(
                Math.min(documents.size(), part * size),
                Math.min(documents.size(), (part + 1) * size)))
        .flatMap(part -> judge(world, bytes, part).stream())
        .toList();
  }

  private List<Answer> judge(byte[] world, long bytes, List<byte[]> inputs) {
    List<Answer> answers = new ArrayList<>();
    try (Machines.Turn turn = machines.turn(world, bytes)) {
      for (byte[] input : inputs) {
        answers.add(new Answer(Violation.read(turn.evaluate(number, input)), null));
      }
    } catch (PolicyFailedException e) {
      Answer none = new Answer(List.of(), "the policy " + name + " " + e.getMessage());
      while (answers.size() < inputs.size()) {
        answers.add(none);
      }
    }
    return answers;
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("facts that cannot be written as JSON", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RegoPolicy policy
        && policy.entrypoint.equals(entrypoint)
        && policy.data.equals(data)
        && Arrays.equals(policy.wasm, wasm);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(wasm) * 31 + data.hashCode();
  }
}
