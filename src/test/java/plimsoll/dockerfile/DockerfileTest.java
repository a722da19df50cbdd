package plimsoll.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.shell.Fragment;
import plimsoll.shell.Unknowns;

/** What a Dockerfile is made of, as the Dockerfile reference has it. */
class DockerfileTest {

  /** Instructions as {@code KEYWORD[flags] rest}, white space squeezed. */
  private static List<String> instructions(String text) throws DockerfileException {
    return Dockerfile.parse(Fragment.of(text)).instructions().stream()
        .map(one ->
            (one.onbuild() ? "ONBUILD " : "")
                + one.keyword()
                + one.flags().stream()
                    .map(flag -> "[" + flag.name() + "=" + flag.value().text() + "]")
                    .collect(Collectors.joining())
                + " "
                + one.rest().text().strip().replaceAll("\\s+", " ")
                + one.heres().stream()
                    .map(here -> "{" + here.body().text().replace("\n", "|") + "}")
                    .collect(Collectors.joining()))
        .toList();
  }

  @Test
  void linesGoOnOverCommentsAndEmptyLines() throws DockerfileException {
    assertThat(
            instructions(
                "# a comment\n\nfrom alpine \\\n  as x\nRUN a \\\n# no end\n\n  && b \\  \n && c\nRUN d \\\\\nRUN e"))
        .containsExactly("FROM alpine as x", "RUN a && b && c", "RUN d \\\\", "RUN e");
  }

  @Test
  void anotherCharacterMayLetLinesGoOn() throws DockerfileException {
    assertThat(instructions("# syntax=x\n# escape=`\nFROM a\nRUN dir c:\\\nRUN b `\n  c"))
        .containsExactly("FROM a", "RUN dir c:\\", "RUN b c");
    assertThat(instructions("\n# escape=`\nFROM a\nRUN b `\n"))
        .as("a directive after an empty line is a comment")
        .hasSize(2);
  }

  @Test
  void flagsStandBeforeTheArguments() throws DockerfileException {
    assertThat(
            instructions(
                "FROM --platform=linux/amd64 a\nCOPY --from=b --chmod=755 c d\nRUN --mount=type=secret,id=x --network=none y --z\nCMD --w"))
        .containsExactly(
            "FROM[platform=linux/amd64] a",
            "COPY[from=b][chmod=755] c d",
            "RUN[mount=type=secret,id=x][network=none] y --z",
            "CMD --w");
  }

  @Test
  void hereDocumentsFollowTheirInstruction() throws DockerfileException {
    assertThat(
            instructions(
                "FROM a\nRUN <<EOF\nRUN b\nEOF\nCOPY <<\"A\" <<-B /x/\n1\nA\n\t2\n\tB\nRUN echo $((1<<2)) <<< x\nUSER c"))
        .containsExactly(
            "FROM a",
            "RUN <<EOF{RUN b|}",
            "COPY <<\"A\" <<-B /x/{1|}{\t2|}",
            "RUN echo $((1<<2)) <<< x",
            "USER c");
    assertThatThrownBy(() -> instructions("FROM a\nRUN <<EOF\nb\n"))
        .hasMessage("the here-document EOF does not end");
  }

  @Test
  void onbuildIsForOthers() throws DockerfileException {
    assertThat(instructions("FROM a\nONBUILD RUN b\nONBUILD USER c"))
        .containsExactly("FROM a", "ONBUILD RUN b", "ONBUILD USER c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a $X b ~ a|1 2|b",
        "\"$X\"y '$X' \\$X ~ 1 2y|$X|$X",
        "${X}z ${N:-d e} ${N-f} ${X:+g} ${N:+h}i ~ 1 2z|d e|f|g|i",
        "${E:-j} ${E-k}l $N.m ~ j|l|.m",
        "${N:-${X}} ${X#1} ~ 1 2|$X",
        "$1 $ ${ ~ $1|$|${"
      })
  void variablesArePutIn(String text, String expected) {
    Unknowns unknowns = new Unknowns();
    Words words = new Words('\\', unknowns);
    Map<String, Fragment> values = Map.of("X", Fragment.of("1 2"), "E", Fragment.EMPTY);
    assertThat(
            words.split(Fragment.of(text)).stream()
                .map(word -> unknowns.shown(words.expand(word, values).text()))
                .collect(Collectors.joining("|")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "[\"a\", \"b c\"] ~ a|b c",
        "[ \"a\\\"b\" ] ~ a\"b",
        "[] ~ ``",
        "[a] ~ none",
        "[\"a\" ~ none",
        "[\"a\"] b ~ none",
        "a ~ none"
      })
  void arraysAreJson(String text, String expected) {
    List<Fragment> words = Words.json(Fragment.of(text));
    assertThat(
            words == null
                ? "none"
                : words.stream().map(Fragment::text).collect(Collectors.joining("|")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing",
        "ARG X=1",
        "RUN a\nFROM b",
        "FROM",
        "FROM a\nRUNN b",
        "FROM a\n{{ if x }}",
        "FROM a\nRUN echo 'b",
      })
  void whatDockerWouldNotBuildIsAMistake(String text) {
    assertThatThrownBy(() ->
            BuildReader.read(
                Fragment.of(text),
                new Facts((offset, field) -> plimsoll.model.Origin.image(field))))
        .isInstanceOf(DockerfileException.class)
        .hasMessageNotContaining("null");
  }

  @Test
  void aFileThatIsCalledAfterOneNeedNotBeOne() {
    assertThat(Dockerfile.isOne("# x\n\nARG A\nFROM b")).isTrue();
    assertThat(Dockerfile.isOne("from b")).isTrue();
    assertThat(Dockerfile.isOne("package docker\n")).isFalse();
    assertThat(Dockerfile.isOne("")).isFalse();
  }
}
