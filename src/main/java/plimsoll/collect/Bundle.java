package plimsoll.collect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plimsoll.wire.SeccompProfile;

/**
 * The OCI bundles of containers (runtime-spec, config.json): what the engine told the runtime to
 * do, with every default resolved.
 */
final class Bundle {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HostFiles files;
  private final List<String> folders;

  /** By profile, since most containers have the same: whether it lets every call through. */
  private final Map<String, Boolean> profiles = new ConcurrentHashMap<>();

  /**
   * Looks where engines keep bundles.
   *
   * @param execRoot where the daemon keeps what lasts as long as it runs
   */
  Bundle(HostFiles files, @Nullable String execRoot) {
    this.files = files;
    String task = "io.containerd.runtime.v2.task/moby/";
    this.folders =
        List.of(
            (execRoot == null ? "/run/docker" : execRoot) + "/containerd/daemon/" + task,
            "/run/containerd/" + task);
  }

  /** The path of a container's bundle; empty where it is not found. */
  Optional<String> file(String id) {
    return folders.stream()
        .map(folder -> folder + id + "/config.json")
        .filter(files::exists)
        .findFirst();
  }

  /** Whether the system call filter in a bundle lets every call through; no filter does. */
  boolean allowsEverything(String file) throws IOException {
    String profile = seccomp(files.read(file));
    if (profile == null) {
      return true;
    }
    Boolean known = profiles.get(profile);
    if (known == null) {
      try {
        JsonNode json = MAPPER.readTree(profile);
        known = SeccompProfile.allowsEverything(json);
      } catch (JsonProcessingException e) {
        throw new IOException(file + " is not JSON", e);
      }
      profiles.put(profile, known);
    }
    return known;
  }

  /**
   * The rules of the device controller in a bundle, {@code c 1:3 rwm}: on cgroup version 2 they are
   * a program in the kernel, and this is what it was made from.
   */
  List<String> devices(String file) throws IOException {
    List<String> rules = new ArrayList<>();
    try (JsonParser parser = MAPPER.createParser(files.read(file))) {
      if (parser.nextToken() == JsonToken.START_OBJECT
          && enter(parser, "linux", JsonToken.START_OBJECT)
          && enter(parser, "resources", JsonToken.START_OBJECT)
          && enter(parser, "devices", JsonToken.START_ARRAY)) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          JsonNode rule = MAPPER.readTree(parser);
          String type = rule.path("type").asText("a");
          if (rule.path("allow").asBoolean()) {
            rules.add(
                type
                    + " "
                    + number(rule.path("major"))
                    + ":"
                    + number(rule.path("minor"))
                    + " "
                    + rule.path("access").asText("rwm"));
          } else if (type.equals("a")) {
            rules.clear();
          }
        }
      }
      return rules;
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not JSON", e);
    }
  }

  /** Goes to the value of a key of the object that a parser is in; false where there is none. */
  private static boolean enter(JsonParser parser, String key, JsonToken start) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(key);
      JsonToken value = parser.nextToken();
      if (found) {
        return value == start;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static String number(JsonNode number) {
    return number.isNumber() && number.asLong() >= 0 ? number.asText() : "*";
  }

  /** The text of the object at {@code "seccomp"}, found without reading the rest as JSON. */
  private static @Nullable String seccomp(String text) {
    int start = text.indexOf("\"seccomp\":{");
    if (start < 0) {
      return null;
    }
    start = text.indexOf('{', start);
    int depth = 0;
    boolean quoted = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '{') {
        depth++;
      } else if (!quoted && c == '}' && --depth == 0) {
        return text.substring(start, i + 1);
      }
    }
    return null;
  }
}
