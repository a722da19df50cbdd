package plimsoll.rule;

/**
 * A control of a published benchmark.
 *
 * @param benchmark {@code cis-docker}
 * @param version the benchmark's version, {@code 1.8}
 * @param id the control's number in that version, {@code 5.5}
 * @param level the profile level it belongs to; {@link #NO_LEVEL} where nobody said
 */
public record Control(String benchmark, String version, String id, int level) {
  /** A level that is not known. */
  public static final int NO_LEVEL = 0;
}
