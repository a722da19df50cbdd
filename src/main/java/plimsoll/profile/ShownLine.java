package plimsoll.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.profile.Hardening.Hardened;
import plimsoll.profile.Profile.Setting;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;

/** Run lines for people. */
public final class ShownLine {
  private ShownLine() {}

  private static final Pattern COMMANDS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /** The line as one would type it for docker, without the values of variables. */
  public static String masked(RunLine line) {
    return of(
        line.with(
            line.flags().stream()
                .map(given -> new Given(given.flag(), masked(given), given.word()))
                .toList()));
  }

  private static String masked(Given given) {
    return given.flag() == RunFlag.ENV
        ? given.value().replaceFirst("(?s)=.*", "=...")
        : given.value();
  }

  /** The line as one would type it for docker. */
  public static String of(RunLine line) {
    List<String> words = new ArrayList<>(List.of("docker", "run"));
    for (Given given : line.flags()) {
      boolean on = given.flag().kind() == RunFlag.Kind.SWITCH && given.value().equals("true");
      words.add(
          on
              ? given.flag().toString()
              : given.flag().kind() == RunFlag.Kind.SWITCH
                  ? given.flag() + "=" + given.value()
                  : given.flag() + " " + quoted(given.value()));
    }
    words.add(quoted(line.image().text()));
    line.command().forEach(word -> words.add(quoted(word.text())));
    return String.join(" ", words);
  }

  private static String quoted(String word) {
    if (COMMANDS.matcher(word).find()) {
      return escaped(word);
    }
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** As bash reads it, {@code $'\\x1b[2J'}, with nothing in it that commands a terminal. */
  private static String escaped(String word) {
    StringBuilder text = new StringBuilder("$'");
    word.codePoints()
        .forEach(c -> {
          String one = Character.toString(c);
          if (c == '\'' || c == '\\') {
            text.append('\\').append(one);
          } else if (c == '\n') {
            text.append("\\n");
          } else if (COMMANDS.matcher(one).find()) {
            text.append(String.format(c < 0x80 ? "\\x%02x" : "\\U%08x", c));
          } else {
            text.append(one);
          }
        });
    return text.append('\'').toString();
  }

  /** Where each flag's value came from, by flag and value, in the line's order. */
  public static Map<String, String> sources(Hardened hardened) {
    Map<String, String> sources = new LinkedHashMap<>();
    List<Setting> left = new ArrayList<>(hardened.added());
    for (Given given : hardened.line().flags()) {
      String shown =
          given.flag() + (given.flag().kind() == RunFlag.Kind.SWITCH ? "" : " " + masked(given));
      @Nullable Setting setting =
          given.word().isWritten() || left.isEmpty() ? null : left.remove(0);
      sources.put(shown, setting == null ? "you" : "profile " + setting.from());
    }
    return sources;
  }
}
