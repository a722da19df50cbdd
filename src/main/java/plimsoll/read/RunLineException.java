package plimsoll.read;

/** A run line that the docker client refuses; the message is about the word at {@link #word()}. */
public final class RunLineException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Word word;

  /** What is wrong with a word. */
  public RunLineException(Word word, String message) {
    super(message);
    this.word = word;
  }

  /** The word that is wrong, or after which something is missing. */
  public Word word() {
    return word;
  }
}
