package plimsoll.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

  @Test
  void namesFoldCaseAndPrefix() {
    assertThat(Capabilities.normalise("cap_Sys_Admin")).isEqualTo("SYS_ADMIN");
    assertThat(Capabilities.normalise("sys_admin")).isEqualTo("SYS_ADMIN");
  }

  @Test
  void whatNobodyDroppedIsUnrequested() {
    Capabilities said = Capabilities.requested(List.of("SYS_ADMIN"), List.of("net_raw"), false);
    assertThat(said.bounding()).contains("SYS_ADMIN", "CHOWN").doesNotContain("NET_RAW");
    assertThat(said.unrequested()).contains("CHOWN").doesNotContain("SYS_ADMIN", "NET_RAW");
  }

  @Test
  void droppingAllLeavesWhatIsAddedByName() {
    Capabilities said = Capabilities.requested(List.of("CHOWN"), List.of("all"), false);
    assertThat(said.bounding()).containsExactly("CHOWN");
    assertThat(said.unrequested()).isEmpty();
  }

  @Test
  void addingAllWinsOverDroppingAll() {
    Capabilities said = Capabilities.requested(List.of("ALL"), List.of("ALL"), false);
    assertThat(said.bounding()).hasSize(Capabilities.ALL.size());
  }

  @Test
  void masksAreReadBitByBit() {
    // What /proc/PID/status shows in a container that says nothing.
    assertThat(Capabilities.fromMask("00000000a80425fb"))
        .containsExactlyInAnyOrderElementsOf(Capabilities.ENGINE_DEFAULT);
    assertThat(Capabilities.fromMask("0000020000000000")).containsExactly("CAPABILITY_41");
  }
}
