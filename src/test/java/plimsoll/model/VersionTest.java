package plimsoll.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
  private static Version version(String text) {
    return Version.of(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0.0-rc93, 1.0.0-rc95",
    "1.0.0~rc95+ds1, 1.0.0",
    "1.2.0-rc.2, 1.2.0-rc.3",
    "1.1.5+ds1, 1.1.12",
    "v1.7.31, 1.7.32",
    "20.10.24+dfsg1, 23.0.0",
    "1.1.7-0ubuntu1~22.04.1, 1.1.12",
    "28.0.0-beta.1, 28.0.0",
  })
  void theFirstIsOlder(String older, String newer) {
    assertThat(version(older)).isLessThan(version(newer));
    assertThat(version(newer)).isGreaterThan(version(older));
  }

  @Test
  void whatADistributionAddsDoesNotCount() {
    assertThat(version("1.6.20~ds1")).isEqualByComparingTo(version("1.6.20"));
    assertThat(version("2.0")).isEqualByComparingTo(version("2.0.0"));
    assertThat(version("1.2.9").sameSeries(version("1.2.0-rc3"))).isTrue();
    assertThat(version("1.3.0").sameSeries(version("1.2.9"))).isFalse();
    assertThat(Version.of("unknown")).isEmpty();
    assertThat(Version.of("1".repeat(50))).isNotNull();
  }
}
