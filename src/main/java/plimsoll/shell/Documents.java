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
   * @throws ShellException if something in one that is expanded does not end
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
      Fragment text = body;
      if (!here.quoted && !names.isEmpty()) {
        List<Arg> all = expansion.fields(List.of(ShellReader.document(here)), new Selector(-1, 0));
        text = all.isEmpty() ? body : all.get(0).fragment();
      }
      for (Arg name : names) {
        listener.writes(name.text(), body, text);
      }
    }
  }
}
