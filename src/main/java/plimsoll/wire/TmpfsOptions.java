package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import plimsoll.model.Mount;

/** Options of a tmpfs, as {@code --tmpfs} and as {@code --mount} spell them. */
final class TmpfsOptions {
  private TmpfsOptions() {}

  /** {@code --tmpfs DESTINATION:OPTIONS}. */
  static Mount mount(String destination, String text) {
    SortedSet<String> options = new TreeSet<>();
    boolean readOnly = false;
    for (String option : text.split(",")) {
      switch (option) {
        case "", "rw" -> readOnly = false;
        case "ro" -> readOnly = true;
        default -> options.add(option.startsWith("size=") ? inBytes(option) : option);
      }
    }
    return new Mount(
        "tmpfs", null, destination, null, readOnly, null, options, List.of(), List.of());
  }

  /** {@code TmpfsOptions} of an element of {@code HostConfig.Mounts}. */
  static SortedSet<String> of(JsonNode mount) {
    SortedSet<String> options = new TreeSet<>();
    JsonNode given = mount.path("TmpfsOptions");
    Long size = Json.positive(given, "SizeBytes");
    if (size != null) {
      options.add("size=" + size);
    }
    Long mode = Json.positive(given, "Mode");
    if (mode != null) {
      options.add("mode=" + Long.toOctalString(mode));
    }
    given.path("Options").forEach(option -> options.add(String.join("=", Json.texts(option))));
    return options;
  }

  /** {@code size=64m} as the kernel takes it: k, m and g are powers of 1024. */
  private static String inBytes(String option) {
    String text = option.substring("size=".length()).toLowerCase(java.util.Locale.ROOT);
    if (!text.matches("[0-9]{1,12}[kmg]?")) {
      return option;
    }
    int shift = Math.max(0, " kmg".indexOf(text.charAt(text.length() - 1)) * 10);
    long number = Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1));
    return "size=" + (number << shift);
  }
}
