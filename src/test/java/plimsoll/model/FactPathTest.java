package plimsoll.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import plimsoll.model.FactPath.UnknownFactException;

class FactPathTest {

  @Test
  void readsThroughRecords() throws UnknownFactException {
    FactPath path = FactPath.of("/namespaces/network/host", Confinement.class);
    assertThat(path.read(Confinement.EMPTY)).isNull();
    assertThat(path.shape()).isEqualTo(Boolean.class);
  }

  @Test
  void readsTheElementTypeOfLists() throws UnknownFactException {
    FactPath path = FactPath.of("/mounts", Confinement.class);
    assertThat(path.elementType()).isEqualTo(Mount.class);
  }

  @Test
  void suggestsTheNearestField() {
    assertThatThrownBy(() -> FactPath.of("/limts/pids", Confinement.class))
        .isInstanceOf(UnknownFactException.class)
        .hasMessage("no field /limts; did you mean limits?");
    assertThatThrownBy(() -> FactPath.of("/limits/pidz", Confinement.class))
        .hasMessage("no field /limits/pidz; did you mean pids?");
  }

  @Test
  void listsTheFieldsWhereNothingIsNear() {
    assertThatThrownBy(() -> FactPath.of("/seccomp/xyzzy", Confinement.class))
        .hasMessage("no field /seccomp/xyzzy; there are mode, profile, content, allowsEverything");
  }

  @Test
  void aListHasNoFields() {
    assertThatThrownBy(() -> FactPath.of("/mounts/source", Confinement.class))
        .hasMessageContaining("/mounts is a list, it has no field source; to look at its elements");
  }
}
