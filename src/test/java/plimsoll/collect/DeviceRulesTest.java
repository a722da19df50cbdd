package plimsoll.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import plimsoll.model.Devices;

class DeviceRulesTest {
  @Test
  void whatEveryContainerMayDoIsUsual() {
    assertThat(DeviceRules.usual("c *:* m")).isTrue();
    assertThat(DeviceRules.usual("c 1:3 rwm")).isTrue();
    assertThat(DeviceRules.usual("c 10:200 rwm")).isTrue();
    assertThat(DeviceRules.usual("c *:* rwm")).isFalse();
    assertThat(DeviceRules.usual("a *:* rwm")).isFalse();
    assertThat(DeviceRules.usual("b 8:0 rwm")).isFalse();
  }

  @Test
  void aRuleCoversAnother() {
    assertThat(DeviceRules.covers("c 1:* rw", "c 1:7 r")).isTrue();
    assertThat(DeviceRules.covers("a *:* rwm", "b 8:0 rwm")).isTrue();
    assertThat(DeviceRules.covers("c 1:7 r", "c 1:7 rw")).isFalse();
    assertThat(DeviceRules.covers("c 1:7 rwm", "b 1:7 r")).isFalse();
    assertThat(DeviceRules.covers("c 1:7 rwm", "c 1:* r")).isFalse();
    assertThat(DeviceRules.covers("nonsense", "c 1:7 r")).isFalse();
  }

  @Test
  void aNodeThatWasAskedForExplainsItsRule() {
    HostFiles files = new HostFiles(Path.of("/"));
    Devices.Node reading = new Devices.Node("/dev/full", "/dev/full", "r");
    assertThat(DeviceRules.isOf("c 1:7 r", files, reading)).isTrue();
    assertThat(DeviceRules.isOf("c 1:7 rwm", files, reading)).isFalse();
    assertThat(DeviceRules.isOf("c 1:5 r", files, reading)).isFalse();
    Devices.Node all = new Devices.Node("/dev/full", null, null);
    assertThat(DeviceRules.isOf("c 1:7 rwm", files, all)).isTrue();
    assertThat(DeviceRules.isOf("c 1:7 r", files, new Devices.Node("/dev/none", null, null)))
        .isFalse();
  }
}
