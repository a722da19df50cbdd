package plimsoll.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import plimsoll.rego.RegoPolicy;
import plimsoll.report.Plain;
import plimsoll.rule.BadRuleException;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleReader;
import plimsoll.rule.RuleSet;
import plimsoll.yaml.Problem;

/**
 * Rules somebody wrote: every {@code .yaml} and {@code .yml} file at or below a path.
 *
 * @param builtIn the rules that come with the program, whose ids are taken
 * @param rules those without a mistake, by their file
 * @param problems every mistake of the others
 * @param texts what stands in each file, to show where a mistake is
 */
record RuleFolder(
    RuleSet builtIn, Map<Path, Rule> rules, List<Problem> problems, Map<String, String> texts) {
  private static final int MAX_FILES = 10_000;
  private static final int MAX_SIZE = 1 << 20;

  /**
   * Reads them.
   *
   * @throws UnusableException if there is nothing at a path, or it cannot be read, or must not be
   *     trusted
   */
  static RuleFolder read(List<Path> paths, Trust trust) throws UnusableException {
    RuleFolder folder =
        new RuleFolder(
            RuleSet.builtIn(), new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>());
    for (Path path : paths) {
      List<Path> files = files(path);
      if (files.isEmpty()) {
        throw new UnusableException(
            "there is no rule in " + path + ": no file there ends in .yaml");
      }
      for (Path file : files) {
        trust.require(file);
        folder.add(file, trust);
      }
    }
    return folder;
  }

  /** With the rules that come with the program; a mistake in any of these is an error. */
  static RuleSet withBuiltIn(List<Path> paths, Trust trust) throws UnusableException {
    if (paths.isEmpty()) {
      return RuleSet.builtIn();
    }
    RuleFolder folder = read(paths, trust);
    if (!folder.problems.isEmpty()) {
      throw new UnusableException("there are mistakes in rules:\n" + folder.explained().strip());
    }
    return folder.builtIn.with(List.copyOf(folder.rules.values()));
  }

  private static List<Path> files(Path path) throws UnusableException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    // Links are not followed: what is judged by lies here, and there are no circles.
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> files =
          all.filter(file -> file.toString().matches(".*\\.ya?ml"))
              .filter(Files::isRegularFile)
              .sorted()
              .limit(MAX_FILES + 1L)
              .toList();
      if (files.size() > MAX_FILES) {
        throw new UnusableException("there are more than " + MAX_FILES + " files in " + path);
      }
      return files;
    } catch (IOException | java.io.UncheckedIOException e) {
      IOException cause = e instanceof IOException io ? io : new IOException(e);
      throw new UnusableException("cannot read rules from " + path + ": " + Target.reason(cause));
    }
  }

  /** A policy of a rule, which is trusted as the rule is. */
  private static byte[] beside(Path rule, String path, Trust trust) throws IOException {
    Path file = rule.resolveSibling(path);
    try {
      trust.require(file);
    } catch (UnusableException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is no file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(RegoPolicy.MAX_SIZE + 1);
    } catch (IOException e) {
      throw new IOException(Target.reason(e), e);
    }
  }

  private void add(Path file, Trust trust) throws UnusableException {
    String name = Plain.line(file.toString());
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE) {
        problems.add(new Problem(name, 1, 1, "it is larger than a rule can be (1 MiB)"));
        return;
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      texts.put(name, text);
      Rule rule = RuleReader.read(name, text, path -> beside(file, path, trust));
      String twin = twin(rule.id());
      if (twin == null) {
        rules.put(file, rule);
      } else {
        problems.add(new Problem(name, 1, 1, "the id " + rule.id() + " is that of " + twin));
      }
    } catch (BadRuleException e) {
      problems.addAll(e.problems());
    } catch (CharacterCodingException e) {
      problems.add(new Problem(name, 1, 1, "it is not text in UTF-8"));
    } catch (IOException e) {
      throw new UnusableException("cannot read " + file + ": " + Target.reason(e));
    }
  }

  private @org.jspecify.annotations.Nullable String twin(String id) {
    if (builtIn.find(id).isPresent()) {
      return "a rule that comes with Plimsoll";
    }
    for (Map.Entry<Path, Rule> other : rules.entrySet()) {
      if (other.getValue().id().equals(id)) {
        return "the rule in " + Plain.line(other.getKey().toString());
      }
    }
    return null;
  }

  /** Each mistake with its place. */
  String explained() {
    return Mistakes.explained(problems, texts);
  }
}
