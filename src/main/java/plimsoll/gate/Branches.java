package plimsoll.gate;

import java.util.ArrayList;
import java.util.List;
import plimsoll.shell.Fragment;

/** Parts of files that are there on a branch only, though a shell does not see why. */
final class Branches {
  private final List<int[]> ranges = new ArrayList<>();

  /** What stands between two offsets of the file is there on a branch only. */
  void branch(int from, int to) {
    ranges.add(new int[] {from, to});
  }

  void branch(Fragment text) {
    if (!text.text().isEmpty()) {
      branch(text.at(0), text.at(text.text().length()) + 1);
    }
  }

  boolean isBranch(int offset) {
    for (int[] range : ranges) {
      if (offset >= range[0] && offset < range[1]) {
        return true;
      }
    }
    return false;
  }
}
