package plimsoll.collect;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.EngineFiles.Wanted;
import plimsoll.model.Engine;
import plimsoll.model.Host.Component;
import plimsoll.model.HostFile.Role;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/**
 * The programs that containers are run by, with what their packages say was mended in them:
 * distributions mend a version and keep its number.
 */
final class Components {
  private static final Pattern ADVISORY =
      Pattern.compile("CVE-[0-9]{4}-[0-9]{4,7}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}");

  /** A version as distributions write it: {@code 1.1.5+ds1}, {@code 1.1.7-0ubuntu1}. */
  private static final Pattern DISTRIBUTIONS =
      Pattern.compile(".*([+~](ds|dfsg|deb)|-[0-9.]+ubuntu|\\.(el|fc|amzn)[0-9]).*");

  private static final Map<String, List<String>> PACKAGES =
      Map.of(
          "docker", List.of("docker.io", "moby-engine"),
          "containerd", List.of("containerd", "moby-containerd"),
          "runc", List.of("runc", "moby-runc"));

  private static final int MAX_LINES = 100_000;

  private final HostFiles files;
  private final List<Wanted> programs;

  /**
   * For a host.
   *
   * @param programs where they are; none of those on another host
   */
  Components(HostFiles files, List<Wanted> programs) {
    this.files = files;
    this.programs = programs;
  }

  List<Component> read(Engine engine, Provenance provenance) {
    List<Component> components = new ArrayList<>();
    String product = engine.version().product();
    add(
        components,
        product == null ? "docker" : product,
        engine.version().engine(),
        Role.ENGINE_PROGRAM);
    add(components, "containerd", engine.version().containerd(), Role.CONTAINERD_PROGRAM);
    add(components, "runc", engine.version().runc(), Role.RUNTIME_PROGRAM);
    for (int i = 0; i < components.size(); i++) {
      String program = components.get(i).program();
      provenance.origin(
          "/components/" + i, program == null ? Origin.info("GET /version") : Origin.host(program));
    }
    return components;
  }

  private void add(List<Component> components, String name, @Nullable String version, Role role) {
    if (version == null) {
      return;
    }
    String program =
        programs.stream()
            .filter(wanted -> wanted.role() == role)
            .map(Wanted::path)
            .filter(path -> role != Role.RUNTIME_PROGRAM || path.endsWith("/runc"))
            .findFirst()
            .orElse(null);
    SortedSet<String> mended = mended(name, version, program);
    components.add(
        new Component(
            name,
            version,
            program,
            mended != null,
            mended == null ? new TreeSet<>() : mended,
            List.of()));
  }

  /** Empty for a build that is no distribution's; null where it cannot be told what was mended. */
  private @Nullable SortedSet<String> mended(
      String name, String version, @Nullable String program) {
    SortedSet<String> mended = new TreeSet<>();
    if (program != null) {
      for (String debian : PACKAGES.getOrDefault(name, List.of())) {
        if (owns(debian, program)) {
          return changelog("/usr/share/doc/" + debian + "/changelog.Debian.gz");
        }
      }
      try {
        advisories(
            new BufferedReader(
                new StringReader(
                    files.commands().run("rpm", List.of("-q", "--changelog", "-f", program)))),
            mended);
        return mended;
      } catch (IOException e) {
        // There is no such package manager, or no package of it has the program.
      }
    }
    return DISTRIBUTIONS.matcher(version).matches() ? null : mended;
  }

  /**
   * Whether a package of dpkg has a file; its lists may name a path from before /usr was merged.
   */
  private boolean owns(String debian, String program) {
    String list = files.tryRead("/var/lib/dpkg/info/" + debian + ".list");
    return list != null
        && List.of(list.split("\n")).stream()
            .anyMatch(path -> path.equals(program) || ("/usr" + path).equals(program));
  }

  private @Nullable SortedSet<String> changelog(String path) {
    SortedSet<String> mended = new TreeSet<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(new FileInputStream(files.at(path).toFile())),
                StandardCharsets.UTF_8))) {
      advisories(lines, mended);
      return mended;
    } catch (IOException e) {
      return null;
    }
  }

  private static void advisories(BufferedReader lines, SortedSet<String> found) throws IOException {
    int count = 0;
    for (String line = lines.readLine();
        line != null && count++ < MAX_LINES;
        line = lines.readLine()) {
      Matcher advisory = ADVISORY.matcher(line);
      while (advisory.find()) {
        found.add(advisory.group());
      }
    }
  }
}
