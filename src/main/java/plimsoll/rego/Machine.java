package plimsoll.rego;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.styra.opa.wasm.DefaultMappers;
import com.styra.opa.wasm.OpaBuiltin.Builtin;
import com.styra.opa.wasm.OpaWasm;
import com.styra.opa.wasm.OpaWasm_ModuleExports;
import com.styra.opa.wasm.builtins.Provided;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A module that has been started. It is used by one thread at a time; whatever goes wrong in it,
 * nothing is to be asked of it any more. The calls are those of OPA's WebAssembly ABI, version 1.
 */
final class Machine {
  private static final int PAGE = 1 << 16;

  /** What the data and the input of one evaluation, and all that it makes of them, may need. */
  static final int MAX_PAGES = 128 << 20 >> 16;

  private final OpaWasm opa;
  private final OpaWasm_ModuleExports exports;
  private final int base;
  private int data;
  private int heap;

  private Machine(OpaWasm opa) {
    this.opa = opa;
    this.exports = opa.exports();
    this.base = exports.opaHeapPtrGet();
    this.heap = base;
  }

  /**
   * Starts a module.
   *
   * @param compiled whether it is translated to Java bytecode first, which takes its time and is
   *     then many times faster, or interpreted
   */
  static Machine start(byte[] wasm, boolean compiled) {
    OpaWasm.Builder builder =
        OpaWasm.builder()
            .withInputStream(new ByteArrayInputStream(wasm))
            .withJsonMapper(DefaultMappers.jsonMapper)
            .withYamlMapper(DefaultMappers.yamlMapper)
            .withDefaultBuiltins(true)
            .withMemory(new ByteArrayMemory(new MemoryLimits(2, MAX_PAGES)));
    return new Machine((compiled ? builder : builder.disableCompiler()).build());
  }

  /** The built-in functions of Rego that the module leaves to whoever runs it. */
  Set<String> builtins() {
    return new TreeSet<>(numbers(exports.builtins()).keySet());
  }

  /** Those that there are here. */
  static Set<String> provided() {
    return Arrays.stream(Provided.all()).map(Builtin::name).collect(Collectors.toSet());
  }

  /** The entrypoints, and the numbers by which the module knows them. */
  Map<String, Integer> entrypoints() {
    return numbers(exports.entrypoints());
  }

  private Map<String, Integer> numbers(int address) {
    try {
      JsonNode object = new ObjectMapper().readTree(text(exports.opaJsonDump(address)));
      Map<String, Integer> numbers = new HashMap<>();
      object.properties().forEach(entry -> numbers.put(entry.getKey(), entry.getValue().asInt()));
      return numbers;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what it says of itself is no JSON", e);
    }
  }

  private String text(int address) {
    return opa.memory().readCString(address, StandardCharsets.UTF_8);
  }

  /** What is below {@code data} from now on. */
  void data(byte[] json) {
    exports.opaHeapPtrSet(base);
    int address = exports.opaMalloc(json.length);
    opa.memory().write(address, json);
    data = exports.opaJsonParse(address, json.length);
    if (data == 0) {
      throw new IllegalStateException("it cannot read its data");
    }
    heap = exports.opaHeapPtrGet();
  }

  /**
   * Evaluates an entrypoint.
   *
   * @return JSON: a list with an object for each result
   */
  String evaluate(int entrypoint, byte[] input) {
    Memory memory = opa.memory();
    long missing = (long) heap + input.length + PAGE - (long) memory.pages() * PAGE;
    if (missing > 0 && memory.grow((int) (missing / PAGE + 1)) < 0) {
      throw new IllegalStateException("its input is too large");
    }
    memory.write(heap, input);
    int answer = exports.opaEval(0, entrypoint, data, heap, input.length, heap + input.length, 0);
    return text(answer);
  }
}
