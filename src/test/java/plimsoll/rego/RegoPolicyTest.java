package plimsoll.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.archive.TarReader;
import plimsoll.rego.RegoPolicy.Answer;
import plimsoll.testing.Project;

/** Policies that go right, and in every way wrong: {@code src/test/rego}. */
class RegoPolicyTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static byte[] file(String name) {
    try {
      return Files.readAllBytes(Project.root().resolve("src/test/rego").resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] wasm() {
    try {
      TarReader tar =
          new TarReader(new GZIPInputStream(new ByteArrayInputStream(file("hostile.tar.gz"))));
      TarArchiveEntry entry = tar.next();
      while (entry != null && !entry.getName().endsWith(".wasm")) {
        entry = tar.next();
      }
      return tar.content().readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static RegoPolicy policy(String rule) {
    try {
      return RegoPolicy.load(
          "hostile.tar.gz",
          file("hostile.tar.gz"),
          true,
          "hostile/" + rule,
          json("{'word': 'ünd so'}"),
          Duration.ofSeconds(rule.equals("endless") ? 2 : 20));
    } catch (BadPolicyException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Answer> judge(RegoPolicy policy, int subjects, String input) {
    JsonNode around = json("{'containers': [1, 2, 3]}");
    return policy.judge(around, Collections.nCopies(subjects, json(input)));
  }

  private static String failure(String rule) {
    Answer answer = judge(policy(rule), 1, "{'name': 'web'}").get(0);
    assertThat(answer.violations()).isEmpty();
    return String.valueOf(answer.failure());
  }

  /** With some kilobytes of input it is compiled first. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3000})
  void itIsGivenItsInputAndItsDataInterpretedAndCompiled(int subjects) {
    RegoPolicy policy = policy("fine");
    for (int turn = 0; turn < 2; turn++) {
      List<Answer> answers = judge(policy, subjects, "{'name': 'wéb'}");
      assertThat(answers).hasSize(subjects);
      assertThat(answers)
          .allSatisfy(answer -> {
            assertThat(answer.failure()).isNull();
            assertThat(answer.violations())
                .containsExactly(
                    new Violation("wéb of 3: ünd so", "/privileged", "requested", null, false));
          });
    }
  }

  /** As much as is worth several machines, where there are as many processors. */
  @Test
  void answersAreInTheOrderOfTheirInputsWhoeverGivesThem() {
    List<ObjectNode> inputs = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      inputs.add(json("{'name': 'c" + i + "'}").put("long", "x".repeat(1 << 20)));
    }
    assertThat(inputs.size() << 20).isGreaterThan((int) (2 * Machines.WORTH_ANOTHER));
    List<Answer> answers = policy("fine").judge(json("{'containers': []}"), inputs);
    assertThat(answers).hasSize(13);
    for (int i = 0; i < 13; i++) {
      assertThat(answers.get(i).violations())
          .extracting(Violation::message)
          .containsExactly("c" + i + " of 0: ünd so");
    }
  }

  @Test
  void oneInputIsNotSeenInTheNext() {
    RegoPolicy policy = policy("echo");
    JsonNode around = json("{'containers': []}");
    List<Answer> answers =
        policy.judge(
            around, List.of(json("{'requested': {'a': 1}}"), json("{'requested': {'b': 2}}")));
    assertThat(answers.get(0).violations().get(0).message()).isEqualTo("{\"a\":1}");
    assertThat(answers.get(1).violations().get(0).message()).isEqualTo("{\"b\":2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          undefined     | answered nothing: its entrypoint is undefined
          text          | answered with a text and not with a set of violations
          texts         | a violation that is a text
          unknown_field | has a field mesage; it may have message, path, view, severity and because
          pathless      | without a path
          severe        | whose severity is terrible and none of critical, high, info, low, medium
          """)
  void nonsenseIsAnErrorThatNamesThePolicy(String rule, String complaint) {
    assertThat(failure(rule)).startsWith("the policy hostile.tar.gz ").contains(complaint);
  }

  @Test
  void oneThatDoesNotEndIsStoppedAndNotAskedAgain() {
    RegoPolicy policy = policy("endless");
    long before = System.nanoTime();
    List<Answer> answers = new ArrayList<>(judge(policy, 5, "{}"));
    answers.addAll(judge(policy, 5, "{}"));
    assertThat(answers).hasSize(10);
    assertThat(answers)
        .allSatisfy(answer ->
            assertThat(answer.failure())
                .contains("had not ended after 2 seconds, and was stopped"));
    // Ten times as long it would have taken if each had been tried.
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(18));
  }

  @Test
  void oneThatWantsAllMemoryIsStopped() {
    assertThat(failure("greedy")).containsAnyOf("failed", "memory", "had not ended");
  }

  @Test
  void functionsThatAreNotThereAreNamedWhenItIsLoaded() {
    assertThatThrownBy(
            () -> RegoPolicy.load("m.tar.gz", file("missing.tar.gz"), true, null, json("{}")))
        .isInstanceOf(BadPolicyException.class)
        .hasMessageContaining("it calls http.send, time.now_ns");
  }

  @Test
  void entrypointsAreToldWhereNoneFits() {
    assertThatThrownBy(
            () -> RegoPolicy.load("m", file("hostile.tar.gz"), true, "hostile/fin", json("{}")))
        .hasMessageContaining("it has no entrypoint hostile/fin; it was built with hostile/echo,");
    assertThatThrownBy(() -> RegoPolicy.load("m", file("hostile.tar.gz"), true, null, json("{}")))
        .hasMessageContaining("it has several entrypoints");
  }

  @Test
  void whatPlimsollSaysCannotBeSaidByData() {
    assertThatThrownBy(
            () -> RegoPolicy.load("m", wasm(), false, "hostile/fine", json("{'plimsoll': {}}")))
        .hasMessageContaining("its data has a key plimsoll");
  }

  @Test
  void twoAreEqualByWhatTheySay() throws BadPolicyException {
    RegoPolicy one = RegoPolicy.load("a", wasm(), false, "hostile/fine", json("{'a': 1}"));
    assertThat(RegoPolicy.load("b", wasm(), false, "hostile/fine", json("{'a': 1}")))
        .isEqualTo(one)
        .hasSameHashCodeAs(one);
    assertThat(RegoPolicy.load("a", wasm(), false, "hostile/fine", json("{'a': 2}")))
        .isNotEqualTo(one);
  }

  @Test
  void brokenModulesEndInAClearError() {
    Random random = new Random(7);
    byte[] whole = wasm();
    for (int i = 0; i < 24; i++) {
      byte[] broken = whole.clone();
      if (i % 3 == 0) {
        broken = java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
      } else if (i % 3 == 1) {
        for (int k = 0; k < 20; k++) {
          broken[8 + random.nextInt(whole.length - 8)] = (byte) random.nextInt();
        }
      } else {
        // The headers of sections, where counts and limits stand.
        broken[8 + random.nextInt(600)] = (byte) random.nextInt();
      }
      byte[] module = broken;
      try {
        RegoPolicy policy =
            RegoPolicy.load("x", module, false, "hostile/fine", json("{}"), Duration.ofSeconds(5));
        assertThat(judge(policy, 1, "{'name': 'a'}")).hasSize(1);
      } catch (BadPolicyException e) {
        assertThat(e).hasMessageStartingWith("it ");
      }
    }
    byte[] noise = new byte[5000];
    random.nextBytes(noise);
    assertThatThrownBy(() -> RegoPolicy.load("x", noise, false, null, json("{}")))
        .hasMessageContaining("it is no WebAssembly module");
  }

  @Test
  void aTableThatWouldFillTheMemoryIsRefusedBeforeItIsMade() {
    byte[] module = {
      0,
      'a',
      's',
      'm',
      1,
      0,
      0,
      0,
      4,
      9,
      1,
      0x70,
      0,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      0x0f,
      0
    };
    assertThatThrownBy(() -> RegoPolicy.load("x", module, false, null, json("{}")))
        .hasMessageContaining("its tables have more than 100000 entries");
  }

  private static byte[] bundle(TarArchiveEntry entry, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static void assertRefused(byte[] bundle, String complaint) {
    assertThatThrownBy(() -> RegoPolicy.load("x", bundle, true, null, json("{}")))
        .isInstanceOf(BadPolicyException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void hostileBundlesAreRefused() throws IOException {
    byte[] text = "{}".getBytes(StandardCharsets.UTF_8);
    assertRefused(bundle(new TarArchiveEntry("a/../../etc/x"), text), "which leads out of it");
    TarArchiveEntry link = new TarArchiveEntry("policy.wasm", TarConstants.LF_SYMLINK);
    link.setLinkName("/etc/passwd");
    assertRefused(bundle(link, new byte[0]), "is a link, a device or has holes");
    assertRefused(
        bundle(new TarArchiveEntry("policy.wasm"), new byte[65 << 20]),
        "it unpacks to more than 64 MiB");
    assertRefused(
        bundle(new TarArchiveEntry("data.json"), text), "the bundle holds no policy.wasm");
    assertRefused(bundle(new TarArchiveEntry("policy.wasm"), text), "it is no WebAssembly module");
    assertRefused(text, "it is no bundle of OPA");
    byte[] whole = file("hostile.tar.gz");
    assertRefused(java.util.Arrays.copyOf(whole, whole.length / 2), "it is no bundle of OPA");
  }
}
