package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DaemonFlagsTest {

  private static DaemonFlags parse(String line) {
    return DaemonFlags.parse(List.of(line.split(" ")));
  }

  @Test
  void valuesStandAfterAnEqualsSignOrInTheNextWord() {
    DaemonFlags flags = parse("dockerd --log-level debug --data-root=/x --icc --host a -H b");
    assertThat(flags.last("log-level")).isEqualTo("debug");
    assertThat(flags.last("data-root")).isEqualTo("/x");
    assertThat(flags.last("icc")).isEqualTo("true");
    assertThat(flags.all("host")).containsExactly("a", "b");
  }

  @Test
  void aSwitchTakesNoWordOfItsOwn() {
    DaemonFlags flags = parse("dockerd --live-restore false --tls=false -D -Hunix:///x");
    assertThat(flags.last("live-restore")).isEqualTo("true");
    assertThat(flags.last("tls")).isEqualTo("false");
    assertThat(flags.last("debug")).isEqualTo("true");
    assertThat(flags.last("host")).isEqualTo("unix:///x");
  }

  @Test
  void shortFlagsStandTogether() {
    DaemonFlags flags = parse("dockerd -Dl warn -H=fd://");
    assertThat(flags.last("debug")).isEqualTo("true");
    assertThat(flags.last("log-level")).isEqualTo("warn");
    assertThat(flags.last("host")).isEqualTo("fd://");
  }

  @Test
  void aFlagAtTheEndWithoutItsValueIsNoTrouble() {
    assertThat(parse("dockerd --log-level").last("log-level")).isEmpty();
    assertThat(parse("dockerd").last("icc")).isNull();
  }
}
