package plimsoll.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told of what a script does, by {@link Interpreter}. */
public interface CommandListener {
  /**
   * A command that would run.
   *
   * @param at the offset at which it stands, which need not be where its words come from: those of
   *     {@code $RUN} and {@code eval "$RUN"} come from where the variable is set
   * @param words the program and its arguments, wrappers such as sudo taken off; never empty
   * @param executed whether a shell or an interpreter runs what it prints
   */
  void runs(int at, List<Arg> words, boolean executed);

  /**
   * A script that this one takes in: {@code . lib.sh}.
   *
   * @param path as it is named, with characters of {@link Unknowns} for what is open
   * @return null where it is not known
   */
  default @Nullable Fragment sourced(String path) {
    return null;
  }

  /**
   * A here-document that becomes a file: {@code cat > NAME <<EOF}.
   *
   * @param name with characters of {@link Unknowns} for what is open
   * @param body as it stands in the script
   * @param text with what is expanded in it put in; the same as {@code body} where nothing is
   */
  default void writes(String name, Fragment body, Fragment text) throws ShellException {
    // It is not looked into.
  }
}
