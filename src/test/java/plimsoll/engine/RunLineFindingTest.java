package plimsoll.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import plimsoll.derive.Derivation;
import plimsoll.finding.Because;
import plimsoll.finding.Finding;
import plimsoll.finding.Verdict;
import plimsoll.model.Snapshot;
import plimsoll.read.FakeWorld;
import plimsoll.read.RunLineException;
import plimsoll.read.RunReader;
import plimsoll.read.RunReader.Described;
import plimsoll.read.Word;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;

/** What a finding says of a run line. */
class RunLineFindingTest {

  private static Finding judge(String id, String line) throws RunLineException {
    List<Word> words = Word.split(line);
    FakeWorld world = new FakeWorld();
    RuleSet.builtIn().find(id).orElseThrow().examples().files().forEach(world::withFile);
    Described described = RunReader.read(words.subList(2, words.size()), world, null);
    Snapshot.Tool tool = new Snapshot.Tool("plimsoll", "test");
    Snapshot snapshot =
        new Snapshot(
            Snapshot.SCHEMA,
            Instant.EPOCH,
            tool,
            null,
            null,
            List.of(described.container()),
            List.of(),
            List.of(),
            described.volumes(),
            List.of());
    Rule rule = RuleSet.builtIn().find(id).orElseThrow();
    return Evaluator.evaluate(
            new RuleSet(List.of(rule)), Derivation.derive(snapshot), Scope.ALL, tool)
        .findings()
        .get(0);
  }

  @org.junit.jupiter.api.Test
  void whatIsWrittenHasItsPlaceAndWhatIsNotIsAssumed() throws RunLineException {
    Finding written =
        judge("container-privileged", "docker run --rm --privileged=true -it alpine sh");
    assertThat(written.judgement().because()).isEqualTo(Because.WRITTEN);
    assertThat(written.evidence().get(0).origin())
        .extracting(o -> o == null ? "" : o.source() + " " + o.line() + ":" + o.column())
        .isEqualTo("file 1:17");
    Finding omitted = judge("container-writable-root", "docker run alpine");
    assertThat(omitted.judgement().because()).isEqualTo(Because.OMITTED);
    assertThat(omitted.evidence().get(0).origin())
        .extracting(o -> o == null ? "" : o.source().toString())
        .isEqualTo("assumed");
  }

  @org.junit.jupiter.api.Test
  void aVolumeInDisguiseIsSeenThroughInARunLine() throws RunLineException {
    Finding finding =
        judge(
            "container-sensitive-mount",
            "docker run --mount type=volume,dst=/x,volume-opt=o=bind,volume-opt=device=/etc alpine");
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
  }
}
