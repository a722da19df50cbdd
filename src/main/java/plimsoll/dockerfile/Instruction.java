package plimsoll.dockerfile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Fragment;

/**
 * An instruction of a Dockerfile.
 *
 * @param keyword in capitals; of {@code ONBUILD RUN} it is {@code RUN}
 * @param onbuild whether it is left to builds that start from the image
 * @param start the offset of its keyword in the file
 * @param flags what stands before the arguments: {@code --from=builder}
 * @param rest the arguments, lines that continue it joined
 * @param heres here-documents, in the order of their names
 */
public record Instruction(
    String keyword, boolean onbuild, int start, List<Flag> flags, Fragment rest, List<Here> heres) {

  private static final Pattern ONLY_HERE = Pattern.compile("\\s*\\d*<<-?\\S+\\s*");
  private static final Pattern SHELL_SHEBANG =
      Pattern.compile("#!\\s*\\S*/(env\\s+(-S\\s+)?)?(ba|da|a|z|k)?sh\\b.*");

  /** Copies the lists. */
  public Instruction {
    flags = List.copyOf(flags);
    heres = List.copyOf(heres);
  }

  /**
   * A flag.
   *
   * @param value empty for one without
   * @param start its offset in the file
   */
  public record Flag(String name, Fragment value, int start) {}

  /**
   * A here-document.
   *
   * @param name the word that ends it
   * @param body its lines
   */
  public record Here(String name, Fragment body) {}

  /** The flag of a name, the last of several. */
  Optional<Flag> flag(String name) {
    return flags.stream().filter(flag -> flag.name().equals(name)).reduce((one, other) -> other);
  }

  /** Whether its arguments are written as JSON: the exec form. */
  public boolean isJson() {
    return Words.json(rest) != null;
  }

  /** What a shell runs of it, or what runs without one; null for a here-document of another. */
  public @Nullable Fragment script() {
    List<Fragment> words = Words.json(rest);
    Fragment.Builder script = new Fragment.Builder();
    if (words != null) {
      for (Fragment word : words) {
        script.add(" '", word.at(0));
        for (int i = 0; i < word.text().length(); i++) {
          char c = word.text().charAt(i);
          if (c == '\'') {
            script.add("'\\''", word.at(i));
          } else {
            script.add(c, word.at(i));
          }
        }
        script.add('\'', word.at(word.text().length()));
      }
      return script.build();
    }
    if (heres.isEmpty()) {
      return rest;
    }
    if (ONLY_HERE.matcher(rest.text()).matches()) {
      Fragment body = heres.get(0).body();
      boolean other =
          body.text().startsWith("#!")
              && !SHELL_SHEBANG.matcher(body.text().split("\n", 2)[0]).matches();
      return other ? null : body;
    }
    script.add(rest).add('\n', rest.at(rest.text().length()));
    for (Here here : heres) {
      script.add(here.body()).add(here.name() + "\n", here.body().at(here.body().text().length()));
    }
    return script.build();
  }

  boolean is(String name) {
    return keyword.equals(name.toUpperCase(Locale.ROOT));
  }
}
