package plimsoll.rego;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;
import plimsoll.archive.TarReader;

/** What {@code opa build -t wasm} writes: a module, alone or in a bundle with its data. */
final class PolicyFile {
  private static final int MAX_ENTRIES = 10_000;
  private static final long MAX_UNPACKED = 64L << 20;

  /** {@code \0asm} (WebAssembly core specification, binary format of modules). */
  private static final byte[] MAGIC = {0, 'a', 's', 'm'};

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final byte[] wasm;
  private final ObjectNode data;

  private PolicyFile(byte[] wasm, ObjectNode data) {
    this.wasm = wasm;
    this.data = data;
  }

  /** The module. */
  byte[] wasm() {
    return wasm;
  }

  /** What is below {@code data} for it. */
  ObjectNode data() {
    return data;
  }

  /** A module. */
  static PolicyFile module(byte[] file) throws BadPolicyException {
    for (int i = 0; i < MAGIC.length; i++) {
      if (file.length <= i || file[i] != MAGIC[i]) {
        throw new BadPolicyException(
            "it is no WebAssembly module; opa build -t wasm puts one into its bundle as policy.wasm");
      }
    }
    return new PolicyFile(file, MAPPER.createObjectNode());
  }

  /**
   * A bundle: a gzip-compressed tar archive.
   *
   * @param entrypoint which of several modules is wanted; null where there is one
   */
  static PolicyFile bundle(byte[] file, @Nullable String entrypoint) throws BadPolicyException {
    Map<String, byte[]> files;
    try {
      files = unpack(file);
    } catch (IOException e) {
      throw new BadPolicyException("it is no bundle of OPA, which is a .tar.gz: " + e.getMessage());
    }
    String module = module(files, entrypoint);
    byte[] wasm = files.get(module);
    if (wasm == null) {
      throw new BadPolicyException(
          "the bundle holds no "
              + module
              + ": it was not built with opa build -t wasm -e PACKAGE/RULE");
    }
    byte[] data = files.get("data.json");
    JsonNode tree = data == null ? MAPPER.createObjectNode() : json("data.json", data);
    if (!(tree instanceof ObjectNode object)) {
      throw new BadPolicyException("the bundle's data.json is no JSON object");
    }
    return new PolicyFile(module(wasm).wasm(), object);
  }

  private static String module(Map<String, byte[]> files, @Nullable String entrypoint)
      throws BadPolicyException {
    byte[] manifest = files.get(".manifest");
    for (JsonNode one :
        manifest == null ? MAPPER.createArrayNode() : json(".manifest", manifest).path("wasm")) {
      if (entrypoint == null || one.path("entrypoint").asText("").equals(entrypoint)) {
        return relative(one.path("module").asText(""));
      }
    }
    return "policy.wasm";
  }

  private static JsonNode json(String name, byte[] text) throws BadPolicyException {
    try {
      return MAPPER.readTree(new ByteArrayInputStream(text));
    } catch (JsonProcessingException e) {
      throw new BadPolicyException(
          "the bundle's " + name + " is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadPolicyException("the bundle's " + name + " cannot be read: " + e.getMessage());
    }
  }

  /** The files of a bundle that are of use. Nothing is written anywhere. */
  private static Map<String, byte[]> unpack(byte[] file) throws IOException, BadPolicyException {
    Map<String, byte[]> files = new TreeMap<>();
    int entries = 0;
    TarReader tar =
        new TarReader(new GZIPInputStream(new ByteArrayInputStream(file)), MAX_UNPACKED);
    for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
      String name = relative(entry.getName());
      if (++entries > MAX_ENTRIES) {
        throw new BadPolicyException("the bundle has more than " + MAX_ENTRIES + " entries");
      }
      if (entry.isDirectory()) {
        continue;
      }
      if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
        throw new BadPolicyException(
            "the bundle's " + name + " is a link, a device or has holes; a bundle holds files");
      }
      boolean wanted =
          name.endsWith(".wasm") || name.equals("data.json") || name.equals(".manifest");
      byte[] content = wanted ? tar.content().readAllBytes() : new byte[0];
      if (wanted && files.put(name, content) != null) {
        throw new BadPolicyException("the bundle holds " + name + " twice");
      }
    }
    return files;
  }

  private static String relative(String name) throws BadPolicyException {
    String relative = name.replaceFirst("^(\\.?/)+", "");
    for (String step : relative.split("/", -1)) {
      if (step.equals("..")) {
        throw new BadPolicyException("the bundle holds " + name + ", which leads out of it");
      }
    }
    return relative;
  }
}
