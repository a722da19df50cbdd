package plimsoll.shell;

import java.util.List;
import plimsoll.shell.Command.Here;
import plimsoll.shell.Command.Simple;
import plimsoll.shell.Expansion.Selector;

/** Here-documents that become files: {@code cat > NAME <<EOF}, {@code tee NAME <<EOF}. */
final class Documents {
  private Documents() {}

  /**
   * Tells of those of a command.
   *
   * @param from what they are fed to
   * @param to what writes them, which may be behind it in a pipeline
   * @param words those of {@code to}, wrappers such as sudo taken off; not empty
   * @throws ShellException if the listener does
   */
  static void tell(
      Simple from, Simple to, List<Arg> words, Expansion expansion, CommandListener listener)
      throws ShellException {
    String program = words.get(0).base();
    if (from.heres().isEmpty() || !(program.equals("cat") || program.equals("tee"))) {
      return;
    }
    List<Arg> names =
        program.equals("tee")
            ? words.subList(1, words.size())
            : expansion.fields(to.redirects(), new Selector(-1, 0));
    for (Here here : from.heres()) {
      Fragment body = here.text();
      Fragment text = here.quoted || names.isEmpty() ? body : expanded(here, expansion);
      for (Arg name : names) {
        listener.writes(name.text(), body, text);
      }
    }
  }

  /** What is written; the body itself where that is nothing a shell would take. */
  private static Fragment expanded(Here here, Expansion expansion) {
    try {
      List<Arg> all = expansion.fields(List.of(ShellReader.document(here)), new Selector(-1, 0));
      return all.isEmpty() ? here.text() : all.get(0).fragment();
    } catch (ShellException e) {
      // A program of another language, in which a dollar is something else.
      return here.text();
    }
  }
}
