package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {
  @ParameterizedTest
  @CsvSource({
    // In a straight line, as runc did up to 1.2, and along a curve, as later ones do.
    "12, 300, true",
    "39, 1024, true",
    "100, 1024, true",
    "1, 2, true",
    "10000, 262144, true",
    "500, 300, false",
    "100, 300, false",
  })
  void aWeightIsOfItsShares(long weight, long shares, boolean expected) {
    assertThat(Weights.isOfShares(weight, shares)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "10000, 1000", "100, 20"})
  void weightsOfInputAndOutput(long weight, int blkio) {
    assertThat(Weights.toBlkio(weight)).isEqualTo(blkio);
  }
}
