package plimsoll.shell;

import org.jspecify.annotations.Nullable;
import plimsoll.shell.Value.Arm;

/**
 * A word of a command as the program gets it.
 *
 * @param fragment its text, with a character of {@link Unknowns} for each thing a file leaves open
 * @param start the offset in the file of the word, or of what it came from
 * @param arm the branch on which alone it is there, or is this; null for always
 * @param loose whether it stands for any number of words, none included
 */
public record Arg(Fragment fragment, int start, @Nullable Arm arm, boolean loose) {
  /** Whether it is there, or is this, on a branch only. */
  public boolean maybe() {
    return arm != null;
  }

  /** Which of the places where branches come together its branch ends at; -1 for none. */
  public int join() {
    return arm == null ? -1 : arm.join();
  }

  /** Which of the branches that come together there it is on. */
  public int which() {
    return arm == null ? 0 : arm.which();
  }

  /** The same, on a branch only. */
  public Arg onBranch() {
    return arm == null ? new Arg(fragment, start, Arm.ANY, loose) : this;
  }

  /** Its text. */
  public String text() {
    return fragment.text();
  }

  /** The last part of a path. */
  public String base() {
    return text().substring(text().lastIndexOf('/') + 1);
  }
}
