package plimsoll.collect;

import java.io.IOException;
import java.util.Set;
import plimsoll.model.Devices;

/** Rules of the device controller, {@code c 1:3 rwm}. */
final class DeviceRules {
  private DeviceRules() {}

  /**
   * What engines and runtimes allow every container: to make any node, and to use the harmless ones
   * and pseudo-terminals. The list differs between versions; this is all of them together.
   */
  private static final Set<String> USUAL =
      Set.of(
          "c *:* m",
          "b *:* m",
          "c 1:3",
          "c 1:5",
          "c 1:7",
          "c 1:8",
          "c 1:9",
          "c 5:0",
          "c 5:1",
          "c 5:2",
          "c 10:200",
          "c 136:*");

  static boolean usual(String rule) {
    return USUAL.contains(rule) || USUAL.contains(rule.replaceFirst(" [rwm]+$", ""));
  }

  /** Whether a rule is for a device node of the host, and allows no more than it was asked for. */
  static boolean isOf(String rule, HostFiles files, Devices.Node node) {
    String asked = node.permissions() == null ? "rwm" : node.permissions();
    try {
      String kind = rule.substring(0, 2);
      return covers(kind + files.deviceNumber(node.path()) + " " + asked, rule);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether one rule allows all that another does. */
  static boolean covers(String rule, String other) {
    String[] one = rule.split("[ :]");
    String[] two = other.split("[ :]");
    if (one.length != 4 || two.length != 4) {
      return rule.equals(other);
    }
    return (one[0].equals("a") || one[0].equals(two[0]))
        && (one[1].equals("*") || one[1].equals(two[1]))
        && (one[2].equals("*") || one[2].equals(two[2]))
        && two[3].chars().allMatch(c -> one[3].indexOf(c) >= 0);
  }
}
