package plimsoll.launch;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * The keys that leave a container running: {@code ctrl-p,ctrl-q} unless told. A part of them that
 * was typed is held back until it is clear what comes of it.
 */
final class DetachKeys {
  private static final String USUAL = "ctrl-p,ctrl-q";

  private final byte[] keys;
  private int matched;

  private DetachKeys(byte[] keys) {
    this.keys = keys;
  }

  /**
   * Reads a sequence: letters, or {@code ctrl-} with one of {@code a-z@[\]^_}, separated by commas.
   *
   * @throws IllegalArgumentException if it is none
   */
  static DetachKeys of(@org.jspecify.annotations.Nullable String text) {
    String[] names = (text == null ? USUAL : text).split(",", -1);
    byte[] keys = new byte[names.length];
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      if (name.length() == 1 && name.charAt(0) < 128) {
        keys[i] = (byte) name.charAt(0);
      } else if (name.toLowerCase(Locale.ROOT).matches("ctrl-[a-z@\\[\\\\\\]^_]")) {
        keys[i] = (byte) (Character.toUpperCase(name.charAt(5)) & 0x1f);
      } else {
        throw new IllegalArgumentException(
            "invalid detach keys: \"" + name + "\" is neither one key nor ctrl- and one");
      }
    }
    return new DetachKeys(keys);
  }

  /**
   * What to pass on of what was typed.
   *
   * @return null where the whole sequence was typed
   */
  byte @org.jspecify.annotations.Nullable [] pass(byte[] typed, int length) {
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    for (int i = 0; i < length; i++) {
      byte key = typed[i];
      if (matched > 0 && key != keys[matched]) {
        passed.write(keys, 0, matched);
        matched = 0;
      }
      if (key == keys[matched]) {
        matched++;
        if (matched == keys.length) {
          return null;
        }
      } else {
        passed.write(key);
      }
    }
    return passed.toByteArray();
  }
}
