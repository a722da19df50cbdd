package plimsoll.collect;

/** How weights of cgroup version 1 and of version 2 translate. */
final class Weights {
  private Weights() {}

  /**
   * Whether a {@code cpu.weight} is what a runtime makes of a number of shares: in a straight line
   * (runc before 1.3, the OCI's formula), or along a curve that maps 1024 to 100 (later ones).
   */
  static boolean isOfShares(long weight, long shares) {
    long line = 1 + (shares - 2) * 9999 / 262_142;
    double log = Math.log((double) shares) / Math.log(2);
    double curve = Math.pow(10, (log * log + 125 * log) / 612 - 7.0 / 34);
    return Math.abs(weight - line) <= 1 || Math.abs(weight - curve) <= 1.5;
  }

  /** Shares of a {@code cpu.weight}, in a straight line. */
  static long toShares(long weight) {
    return 2 + (weight - 1) * 262_142 / 9999;
  }

  /** The blkio weight of an {@code io.weight}. */
  static int toBlkio(long weight) {
    return (int) Math.round(10 + (weight - 1) * 990 / 9999.0);
  }
}
