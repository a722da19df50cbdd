package plimsoll.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.DaemonLine;
import plimsoll.derive.Derivation;
import plimsoll.dockerfile.BuildReader;
import plimsoll.dockerfile.DockerfileException;
import plimsoll.dockerfile.Facts;
import plimsoll.engine.Evaluator;
import plimsoll.engine.Scope;
import plimsoll.finding.Finding;
import plimsoll.finding.Subject;
import plimsoll.finding.Verdict;
import plimsoll.model.Engine;
import plimsoll.model.Origin;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.read.BadComposeException;
import plimsoll.read.ClientWorld;
import plimsoll.read.ComposeReader;
import plimsoll.read.RunLineException;
import plimsoll.read.RunReader;
import plimsoll.read.RunReader.Described;
import plimsoll.read.Word;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.SubjectKind;
import plimsoll.shell.Fragment;

/**
 * Judges the examples in a rule: run lines and compose files for containers, lines of dockerd for
 * the engine, Dockerfiles for builds.
 */
final class RuleExamples {
  private RuleExamples() {}

  /**
   * One example.
   *
   * @param wrong what is wrong with it or with the rule; null where the rule says of it what it
   *     should
   */
  record Tried(String line, @Nullable String wrong) {}

  static List<Tried> judge(Rule rule) {
    List<Tried> tried = new ArrayList<>();
    rule.examples().good().forEach(line -> tried.add(judge(rule, line, Verdict.PASS)));
    rule.examples().bad().forEach(line -> tried.add(judge(rule, line, Verdict.FAIL)));
    return tried;
  }

  /** Whether examples of what a kind of rule judges can be read. */
  static boolean readable(SubjectKind kind) {
    return kind == SubjectKind.CONTAINER || kind == SubjectKind.ENGINE || kind == SubjectKind.BUILD;
  }

  private static Tried build(Rule rule, String text, Verdict expected) {
    Facts facts = new Facts((offset, field) -> Origin.written(null, 1, offset + 1, field));
    try {
      BuildReader.read(Fragment.of(text), facts);
    } catch (DockerfileException e) {
      return new Tried(text, "docker would not build it: " + e.getMessage());
    }
    return tried(
        text,
        expected,
        Evaluator.findings(
                new RuleSet(List.of(rule)),
                new Subject(SubjectKind.BUILD, "Dockerfile", null, "build Dockerfile"),
                facts.view(),
                snapshot(null, List.of()),
                Scope.ALL)
            .get(0));
  }

  private static Tried tried(String example, Verdict expected, Finding finding) {
    return new Tried(
        example,
        finding.verdict() == expected
            ? null
            : "should be " + expected + ", is " + finding.verdict() + ": " + finding.message());
  }

  private static Tried judge(Rule rule, String line, Verdict expected) {
    if (rule.subject() == SubjectKind.BUILD) {
      return build(rule, line, expected);
    }
    Snapshot snapshot;
    try {
      if (rule.subject() == SubjectKind.CONTAINER && line.startsWith("services:")) {
        List<Described> services = ComposeReader.read("compose.yaml", line, new Beside(rule));
        // The first is judged, amid the others.
        return tried(line, expected, finding(rule, snapshot(null, services)));
      }
      List<Word> words = Word.split(line);
      String begin = rule.subject() == SubjectKind.ENGINE ? "dockerd" : "docker run";
      if (!(line + " ").startsWith(begin + " ")) {
        return new Tried(line, "an example is a line that starts with " + begin);
      }
      snapshot =
          rule.subject() == SubjectKind.ENGINE
              ? snapshot(DaemonLine.read(words.stream().map(Word::text).toList()), List.of())
              : snapshot(
                  null,
                  List.of(RunReader.read(words.subList(2, words.size()), new Beside(rule), null)));
    } catch (IllegalArgumentException | RunLineException | BadComposeException e) {
      return new Tried(line, "docker would not take it: " + e.getMessage());
    }
    return tried(line, expected, finding(rule, snapshot));
  }

  private static Finding finding(Rule rule, Snapshot snapshot) {
    return Evaluator.findings(new RuleSet(List.of(rule)), Derivation.derive(snapshot), Scope.ALL)
        .get(0);
  }

  private static Snapshot snapshot(@Nullable View<Engine> engine, List<Described> described) {
    return Snapshot.described(
        Version.tool(),
        engine,
        described.stream().map(Described::container).toList(),
        described.stream().flatMap(one -> one.volumes().stream()).distinct().toList());
  }

  /** The files that the rule's own examples name. */
  private record Beside(Rule rule) implements ClientWorld {
    @Override
    public String file(String path) throws IOException {
      Map<String, String> files = rule.examples().files();
      String text = files.get(path);
      if (text == null) {
        throw new FileNotFoundException(path + " is not among the example's files");
      }
      return text;
    }

    @Override
    public @Nullable String variable(String name) {
      return null;
    }

    @Override
    public String folder() {
      return "/work";
    }
  }
}
