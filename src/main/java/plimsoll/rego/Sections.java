package plimsoll.rego;

/**
 * The sections of a WebAssembly module, as far as they decide what memory it takes to start it,
 * before anything else reads it (WebAssembly core specification, binary format).
 */
final class Sections {
  private static final int CUSTOM = 0;
  private static final int TYPES = 1;
  private static final int IMPORTS = 2;
  private static final int TABLES = 4;
  private static final int MEMORIES = 5;
  private static final int EXPORTS = 7;

  /** Tables of functions: OPA's modules have one of some hundred entries. */
  private static final long MAX_ENTRIES = 100_000;

  private final byte[] wasm;
  private int at;

  private Sections(byte[] wasm) {
    this.wasm = wasm;
  }

  /**
   * Complains of tables that would fill the memory, of memories of the module's own, and of names
   * and types longer than the module, for which room would be made before they are read. What else
   * is broken is left to whoever reads all of it.
   */
  static void check(byte[] wasm) throws BadPolicyException {
    Sections sections = new Sections(wasm);
    sections.at = 8;
    while (sections.at < wasm.length) {
      int id = wasm[sections.at++];
      long end = sections.number() + sections.at;
      switch (id) {
        case CUSTOM -> sections.skip(sections.number());
        case TYPES -> sections.types();
        case IMPORTS -> sections.imports();
        case TABLES -> sections.tables();
        case EXPORTS -> sections.exports();
        case MEMORIES -> {
          if (sections.number() > 0) {
            throw new BadPolicyException(
                "it has a memory of its own: it is none that OPA has compiled, which are given"
                    + " theirs");
          }
        }
        default -> {}
      }
      if (end < sections.at || end > wasm.length) {
        return;
      }
      sections.at = (int) end;
    }
  }

  private void types() throws BadPolicyException {
    long count = number();
    for (long i = 0; i < count && at < wasm.length; i++) {
      at++; // that it is a function
      skip(number()); // what it takes, one byte each
      skip(number()); // what it returns
    }
  }

  private void imports() throws BadPolicyException {
    long count = number();
    for (long i = 0; i < count && at < wasm.length; i++) {
      skip(number()); // the name of a module
      skip(number()); // a name in it
      int kind = wasm.length > at ? wasm[at++] : 0;
      switch (kind) {
        case 1 -> {
          at++; // what kind of references
          limits();
        }
        case 2 -> limits();
        case 3 -> at += 2; // a global: its type, and whether it changes
        default -> number();
      }
    }
  }

  private void exports() throws BadPolicyException {
    long count = number();
    for (long i = 0; i < count && at < wasm.length; i++) {
      skip(number()); // the name
      at++; // what it is
      number();
    }
  }

  private void skip(long bytes) throws BadPolicyException {
    if (bytes > wasm.length - at) {
      throw new BadPolicyException("it is broken: something in it is longer than all of it");
    }
    at += (int) bytes;
  }

  /** The least there is of a table or a memory. */
  private long limits() {
    boolean bounded = (number() & 1) != 0;
    long least = number();
    if (bounded) {
      number();
    }
    return least;
  }

  private void tables() throws BadPolicyException {
    long count = number();
    long entries = 0;
    for (long i = 0; i < count && at < wasm.length; i++) {
      at++; // what kind of references
      entries += limits();
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
