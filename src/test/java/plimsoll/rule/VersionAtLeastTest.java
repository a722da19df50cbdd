package plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.rule.Operator.VersionAtLeast;

/** Control 1.2.2: versions are compared as numbers, and can be too old. */
class VersionAtLeastTest {
  @ParameterizedTest
  @CsvSource({
    "20.10.24+dfsg1, 29.0.0, false",
    "29.0.0, 29.0.0, true",
    "29.8.2, 29.0.0, true",
    "v29.1, 29.0.0, true",
    "29, 29.0.0, true",
    "9.0, 29.0, false",
    "100.0, 29.0, true",
    "1.1.5+ds1, 1.1.12, false",
    "1.1.12, 1.1.5, true",
    "29.0.0-rc.1, 29.0.0, false",
    "29.0.1-rc.1, 29.0.0, true",
    "1.6.20~ds1, 1.6.20, true",
    "dev, 29.0, false",
    "'', 29.0, false",
  })
  void numbersCount(String actual, String bound, boolean accepted) {
    assertThat(new VersionAtLeast(bound).accepts(actual)).isEqualTo(accepted);
  }

  @Test
  void anUnknownVersionIsNoPass() {
    assertThat(new VersionAtLeast("1").accepts(null)).isFalse();
  }
}
