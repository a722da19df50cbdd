package plimsoll.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A run of the command line in this process, and the JSON report it printed, if it was one. */
record Audited(int exit, String out, String err, JsonNode report) {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  static Audited run(String... args) {
    return run(Map.of(), args);
  }

  static Audited run(Map<String, String> environment, String... args) {
    return run(environment, Path.of("/"), args);
  }

  static Audited run(Map<String, String> environment, Path root, String... args) {
    return run(environment, root, false, args);
  }

  /** With standard error on a terminal. */
  static Audited onTerminal(String... args) {
    return onTerminal(Map.of(), args);
  }

  static Audited onTerminal(Map<String, String> environment, String... args) {
    return run(environment, Path.of("/"), true, args);
  }

  private static Audited run(
      Map<String, String> environment, Path root, boolean terminal, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    int exit =
        Main.run(
            new Edges(
                InputStream.nullInputStream(),
                outStream,
                errStream,
                environment,
                root,
                CLOCK,
                false,
                terminal,
                null),
            args);
    String text = out.toString(StandardCharsets.UTF_8);
    return new Audited(exit, text, err.toString(StandardCharsets.UTF_8), json(text));
  }

  /** An audit of the engine at an address, with everything in its JSON report. */
  static Audited engine(String host, String... more) {
    List<String> args =
        new ArrayList<>(List.of("audit", "--host", host, "--output", "json", "--show", "all"));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  /** A report that was written elsewhere. */
  static Audited read(Path file) throws IOException {
    String text = Files.readString(file);
    return new Audited(0, text, "", json(text));
  }

  private static JsonNode json(String text) {
    try {
      return text.startsWith("{") ? new ObjectMapper().readTree(text) : MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  List<JsonNode> findings() {
    return StreamSupport.stream(report.path("findings").spliterator(), false).toList();
  }

  /** The finding of one rule, for the engine or host, or for the container of that name. */
  JsonNode finding(String rule, String... name) {
    Optional<JsonNode> found =
        findings().stream()
            .filter(f -> f.path("rule").asText().equals(rule))
            .filter(
                f -> name.length == 0 || f.path("subject").path("name").asText().equals(name[0]))
            .findFirst();
    return found.orElseThrow(
        () -> new AssertionError("no finding of " + rule + " in " + out + err));
  }

  /** {@code verdict because [views] confirmed} of a finding, for short assertions. */
  String verdict(String rule, String... name) {
    JsonNode finding = finding(rule, name);
    List<String> views = new ArrayList<>();
    finding.path("views").forEach(view -> views.add(view.asText()));
    return finding.path("verdict").asText()
        + (finding.path("because").isNull() ? "" : " " + finding.path("because").asText())
        + " "
        + views
        + (finding.path("confirmed").isNull()
            ? ""
            : finding.path("confirmed").asBoolean() ? " confirmed" : " not confirmed");
  }

  /** Rules that failed for a container, in order. */
  List<String> failed(String container) {
    return findings().stream()
        .filter(f -> f.path("subject").path("name").asText().equals(container))
        .filter(f -> f.path("verdict").asText().equals("fail"))
        .map(f -> f.path("rule").asText().replace("container-", ""))
        .sorted()
        .toList();
  }

  /** Rules about the host that it breaks, without {@code host-}. */
  List<String> failedOfHost() {
    return findings().stream()
        .filter(f -> f.path("verdict").asText().equals("fail"))
        .map(f -> f.path("rule").asText())
        .filter(rule -> rule.startsWith("host-"))
        .map(rule -> rule.substring("host-".length()))
        .sorted()
        .toList();
  }
}
