package plimsoll.derive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import plimsoll.model.Host.Component;
import plimsoll.model.Version;

/**
 * Known ways out of containers, by the versions that have them: {@code
 * rules/advisories/runtimes.yaml}.
 *
 * @param checked until when advisories are in the table
 */
record Vulnerabilities(String checked, List<Advisory> advisories) {
  private static final String RESOURCE = "/plimsoll/rules/advisories/runtimes.yaml";

  private static final class Loaded {
    static final Vulnerabilities TABLE = load();
  }

  /**
   * An advisory.
   *
   * @param ids what it is known by, that of the CVE list first
   * @param since the first version that has it; null for all from the beginning
   * @param mended the first version of each series that does not have it
   */
  record Advisory(
      String component,
      List<String> ids,
      String what,
      @Nullable Version since,
      List<Version> mended) {

    boolean affects(Version version) {
      if (since != null && version.compareTo(since) < 0) {
        return false;
      }
      return mended.stream()
              .noneMatch(first -> first.sameSeries(version) && version.compareTo(first) >= 0)
          && mended.stream().anyMatch(first -> version.compareTo(first) < 0);
    }
  }

  /** The table that comes with the program. */
  static Vulnerabilities table() {
    return Loaded.TABLE;
  }

  /** What a component has and its distribution does not say it has mended. */
  List<String> of(Component component) {
    Version version = Version.of(component.version()).orElse(null);
    List<String> found = new ArrayList<>();
    for (Advisory advisory : advisories) {
      if (version != null
          && advisory.component().equals(component.name())
          && advisory.affects(version)
          && advisory.ids().stream().noneMatch(id -> component.mended().contains(id))) {
        found.add(advisory.ids().get(0) + " in " + component.name() + " (" + advisory.what() + ")");
      }
    }
    return found;
  }

  private static Vulnerabilities load() {
    try (InputStream in = Vulnerabilities.class.getResourceAsStream(RESOURCE)) {
      Map<String, Object> root =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Objects.requireNonNull(in));
      List<Advisory> advisories = new ArrayList<>();
      for (Object each : (List<?>) root.getOrDefault("advisories", List.of())) {
        Map<?, ?> entry = (Map<?, ?>) each;
        Object since = entry.get("since");
        advisories.add(
            new Advisory(
                String.valueOf(entry.get("component")),
                texts(entry.get("ids")),
                String.valueOf(entry.get("what")),
                since == null ? null : version(String.valueOf(since)),
                texts(entry.get("mended")).stream().map(Vulnerabilities::version).toList()));
      }
      return new Vulnerabilities(String.valueOf(root.get("checked")), advisories);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(@Nullable Object list) {
    List<String> texts = new ArrayList<>();
    for (Object each : list instanceof List<?> all ? all : List.of()) {
      texts.add(String.valueOf(each));
    }
    return texts;
  }

  private static Version version(String text) {
    return Version.of(text)
        .orElseThrow(() -> new IllegalStateException(RESOURCE + ": no version: " + text));
  }
}
