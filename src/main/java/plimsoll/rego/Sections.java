package plimsoll.rego;

/**
 * The sections of a WebAssembly module, as far as they decide what memory it takes to start it,
 * before anything else reads it (WebAssembly core specification, binary format).
 */
final class Sections {
  private static final int TABLES = 4;
  private static final int MEMORIES = 5;

  /** Tables of functions: OPA's modules have one of some hundred entries. */
  private static final long MAX_ENTRIES = 100_000;

  private final byte[] wasm;
  private int at;

  private Sections(byte[] wasm) {
    this.wasm = wasm;
  }

  /**
   * Complains of tables that would fill the memory, and of memories of the module's own. What is
   * broken is left to whoever reads all of it.
   */
  static void check(byte[] wasm) throws BadPolicyException {
    Sections sections = new Sections(wasm);
    sections.at = 8;
    while (sections.at < wasm.length) {
      int id = wasm[sections.at++];
      long end = sections.number() + sections.at;
      if (id == TABLES) {
        sections.tables();
      } else if (id == MEMORIES && sections.number() > 0) {
        throw new BadPolicyException(
            "it has a memory of its own: it is none that OPA has compiled, which are given theirs");
      }
      if (end < sections.at || end > wasm.length) {
        return;
      }
      sections.at = (int) end;
    }
  }

  private void tables() throws BadPolicyException {
    long count = number();
    long entries = 0;
    for (long i = 0; i < count && at < wasm.length; i++) {
      at++; // what kind of references
      boolean bounded = (number() & 1) != 0;
      entries += number();
      if (bounded) {
        number();
      }
      if (entries > MAX_ENTRIES) {
        throw new BadPolicyException("its tables have more than " + MAX_ENTRIES + " entries");
      }
    }
  }

  /** An unsigned number in LEB128; 0 after the end. */
  private long number() {
    long number = 0;
    for (int shift = 0; shift < 63 && at < wasm.length; shift += 7) {
      byte part = wasm[at++];
      number |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return number;
      }
    }
    return number;
  }
}
