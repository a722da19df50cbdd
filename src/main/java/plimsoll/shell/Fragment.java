package plimsoll.shell;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Text as a shell gets to see it, which may be a part of a file, unquoted or put together: each
 * character knows where in the file it stands.
 */
public final class Fragment {
  /** Nothing. */
  public static final Fragment EMPTY = new Fragment("", new int[0]);

  private final String text;
  private final int[] offsets;

  private Fragment(String text, int[] offsets) {
    this.text = text;
    this.offsets = offsets;
  }

  /** The text. */
  public String text() {
    return text;
  }

  /** Text all of which stands for what is at an offset of the file. */
  public static Fragment at(String text, int offset) {
    return new Builder().add(text, offset).build();
  }

  /** A whole file. */
  public static Fragment of(String file) {
    return of(file, 0);
  }

  /** A whole file that is taken into another: its offsets begin at {@code base}. */
  public static Fragment of(String file, int base) {
    int[] offsets = new int[file.length()];
    Arrays.setAll(offsets, i -> base + i);
    return new Fragment(file, offsets);
  }

  /** The offset in the file of a character, or of the end. */
  public int at(int index) {
    return offsets.length == 0 ? 0 : offsets[Math.min(index, offsets.length - 1)];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fragment fragment
        && text.equals(fragment.text)
        && Arrays.equals(offsets, fragment.offsets);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** A part of it. */
  public Fragment slice(int from, int to) {
    return new Fragment(text.substring(from, to), Arrays.copyOfRange(offsets, from, to));
  }

  /** The same with one character for another, each where that stood. */
  public Fragment with(char old, char other) {
    return new Fragment(text.replace(old, other), offsets);
  }

  /** Puts text together from pieces of a file. */
  public static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private int[] offsets = new int[16];

    /** Adds a character that stands at an offset of the file. */
    public Builder add(char c, int offset) {
      if (text.length() == offsets.length) {
        offsets = Arrays.copyOf(offsets, offsets.length * 2);
      }
      offsets[text.length()] = offset;
      text.append(c);
      return this;
    }

    /** Adds a piece. */
    public Builder add(Fragment piece) {
      for (int i = 0; i < piece.text.length(); i++) {
        add(piece.text.charAt(i), piece.offsets[i]);
      }
      return this;
    }

    /** Adds text all of which stands for what is at an offset. */
    public Builder add(String piece, int offset) {
      for (int i = 0; i < piece.length(); i++) {
        add(piece.charAt(i), offset);
      }
      return this;
    }

    /** How long it is so far. */
    public int length() {
      return text.length();
    }

    /** What was put together. */
    public Fragment build() {
      return new Fragment(text.toString(), Arrays.copyOf(offsets, text.length()));
    }
  }
}
