package plimsoll.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetachKeysTest {
  private static @Nullable String pass(DetachKeys keys, String typed) {
    byte[] bytes = typed.getBytes(StandardCharsets.ISO_8859_1);
    byte[] passed = keys.pass(bytes, bytes.length);
    return passed == null ? null : new String(passed, StandardCharsets.ISO_8859_1);
  }

  @Test
  void theUsualKeysLeave() {
    assertThat(pass(DetachKeys.of(null), "abc\u0010\u0011")).isNull();
    DetachKeys keys = DetachKeys.of(null);
    assertThat(pass(keys, "a\u0010")).isEqualTo("a");
    assertThat(pass(keys, "\u0011")).isNull();
  }

  @Test
  void whatTurnsOutToBeSomethingElseIsPassedOn() {
    DetachKeys keys = DetachKeys.of(null);
    assertThat(pass(keys, "\u0010")).isEmpty();
    assertThat(pass(keys, "x")).isEqualTo("\u0010x");
    assertThat(pass(keys, "\u0010\u0010")).isEqualTo("\u0010");
    assertThat(pass(keys, "\u0011")).isNull();
  }

  @Test
  void otherKeysMayBeChosen() {
    assertThat(pass(DetachKeys.of("ctrl-a,q"), "\u0001q")).isNull();
    assertThat(pass(DetachKeys.of("q"), "q")).isNull();
    assertThat(pass(DetachKeys.of("ctrl-],ctrl-\\"), "\u001d\u001c")).isNull();
    assertThat(pass(DetachKeys.of("ctrl-@"), "\u0000")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ctrl-", "ctrl-?", "ab", "ctrl-p,", "shift-a"})
  void whatIsNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> DetachKeys.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
