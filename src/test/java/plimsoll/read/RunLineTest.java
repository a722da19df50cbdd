package plimsoll.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words to flags, by the rules of the client's flag library. */
class RunLineTest {

  private static RunLine parse(String line) throws RunLineException {
    return RunLine.parse(Word.of(List.of(line.split(" "))));
  }

  @Test
  void everyFlagOfTheTableIsKnown() {
    assertThat(RunFlag.values()).hasSize(107);
  }

  @Test
  void flagsEndAtTheImage() throws RunLineException {
    RunLine line = parse("--rm alpine --privileged -v /:/host");
    assertThat(line.image().text()).isEqualTo("alpine");
    assertThat(line.all(RunFlag.PRIVILEGED)).isEmpty();
    assertThat(line.command())
        .extracting(Word::text)
        .containsExactly("--privileged", "-v", "/:/host");
  }

  @Test
  void twoHyphensEndTheFlagsToo() throws RunLineException {
    assertThat(parse("--rm -- alpine ls").image().text()).isEqualTo("alpine");
  }

  @ParameterizedTest
  @CsvSource({
    "-p 80:80 x, PUBLISH, 80:80",
    "-p80:80 x, PUBLISH, 80:80",
    "-p=80:80 x, PUBLISH, 80:80",
    "--publish=80:80 x, PUBLISH, 80:80",
    "-itp 80:80 x, PUBLISH, 80:80",
    "-itp80:80 x, PUBLISH, 80:80",
    "--privileged x, PRIVILEGED, true",
    "--privileged=false x, PRIVILEGED, false",
    "-it=false x, TTY, false",
    "--net=host x, NETWORK, host",
    "--user= x, USER, ''",
    "-e A=b=c x, ENV, A=b=c",
    "-m1g x, MEMORY, 1g"
  })
  void valuesStandWhereTheClientLooksForThem(String line, RunFlag flag, String value)
      throws RunLineException {
    RunLine.Given given = parse(line).last(flag);
    assertThat(given).isNotNull();
    assertThat(given.value()).isEqualTo(value);
    assertThat(parse(line).image().text()).isEqualTo("x");
  }

  @Test
  void aSwitchTakesNoWordOfItsOwn() throws RunLineException {
    assertThat(parse("--privileged false").image().text()).isEqualTo("false");
  }

  @Test
  void theLastOfSeveralCountsAndAllAreKept() throws RunLineException {
    RunLine line = parse("--user a --user b --cap-add A --cap-add B x");
    assertThat(line.last(RunFlag.USER)).extracting(RunLine.Given::value).isEqualTo("b");
    assertThat(line.all(RunFlag.CAP_ADD))
        .extracting(RunLine.Given::value)
        .containsExactly("A", "B");
  }

  @Test
  void aFlagRemembersItsPlace() throws RunLineException {
    RunLine.Given given = parse("--rm --net host x").last(RunFlag.NETWORK);
    assertThat(given).extracting(g -> g == null ? 0 : g.word().column()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nope x|unknown flag: --nope|1",
        "--rm -z x|unknown shorthand flag: 'z' in -z|6",
        "-itz x|unknown shorthand flag: 'z' in -itz|1",
        "--rm|requires at least 1 argument: the image is missing|1",
        "--name|flag needs an argument: --name|1",
        "-itp|flag needs an argument: 'p' in -itp|1",
        "--privileged=yes x|invalid argument \"yes\" for \"--privileged\" flag|1",
        "---rm x|bad flag syntax: ---rm|1"
      })
  void whatTheClientRefusesIsRefusedWithItsPlace(String line, String message, int column) {
    RunLineException e = catchThrowableOfType(RunLineException.class, () -> parse(line));
    assertThat(e).isNotNull().hasMessageStartingWith(message);
    assertThat(e.word().column()).isEqualTo(column);
  }

  @Test
  void theFlagsAreThoseOfTheInstalledClientOrKnownNotToBe() throws IOException {
    var client = java.nio.file.Path.of("/usr/local/bin/docker");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isExecutable(client), "there is no newer docker client here");
    String help =
        plimsoll.testing.Ran.run(
                java.time.Duration.ofMinutes(1),
                java.util.Map.of(),
                List.of(client.toString(), "run", "--help"))
            .out();
    List<String> known = Arrays.stream(RunFlag.values()).map(RunFlag::toString).toList();
    assertThat(
            java.util.regex.Pattern.compile(
                    "^ {2,6}(?:-\\w, )?(--[a-z0-9-]+)", java.util.regex.Pattern.MULTILINE)
                .matcher(help)
                .results()
                .map(match -> match.group(1)))
        .isNotEmpty()
        .allMatch(known::contains);
  }
}
