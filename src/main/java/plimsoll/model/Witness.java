package plimsoll.model;

/** Who can testify to what is enforced; {@link Field#TABLE} says who does for which fact. */
public enum Witness {
  /** Files of the kernel show it for a running process. */
  KERNEL,
  /** The OCI bundle shows it: what the engine told the runtime to do. */
  BUNDLE,
  /** Only the engine knows: an enforced view says nothing about it. */
  ENGINE;

  /** The witness of the fact at a JSON pointer into {@link Confinement}. */
  public static Witness of(String pointer) {
    Field field = Field.of(pointer);
    return field == null ? ENGINE : field.witness();
  }
}
