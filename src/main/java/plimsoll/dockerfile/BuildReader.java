package plimsoll.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.dockerfile.Dockerfile.Parsed;
import plimsoll.dockerfile.Instruction.Flag;
import plimsoll.model.Build;
import plimsoll.model.ImageReference;
import plimsoll.shell.Fragment;
import plimsoll.shell.ShellException;
import plimsoll.shell.Unknowns;
import plimsoll.wire.Secrets;

/** Follows a Dockerfile through its stages and tells what it has built. */
public final class BuildReader {
  private static final Pattern WINDOWS = Pattern.compile("(?i).*(windows|nanoserver|servercore).*");
  private static final Pattern OTHER_SHELL =
      Pattern.compile("(?i)(.*[/\\\\])?(cmd|powershell|pwsh)(\\.exe)?");

  /** Images whose names say that they do not run as root. */
  private static final Pattern NOT_ROOT =
      Pattern.compile("(?i).*(non-?root|rootless|unprivileged).*");

  private static final Pattern PORTS =
      Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/([a-zA-Z]+))?");

  private final Facts facts;
  private final Unknowns unknowns;
  private final Words words;
  private final boolean backtick;
  private final Map<String, Stage> stages = new HashMap<>();
  private final Map<String, Fragment> global = new HashMap<>();
  private @Nullable Stage stage;
  private boolean powershell;

  /** What an image has so far. */
  private static final class Stage {
    final Map<String, Fragment> values = new HashMap<>();
    final Set<String> arguments = new HashSet<>();
    String base = "";
    @Nullable Fragment user;
    @Nullable Boolean healthCheck;
    int healthCheckAt;
    int start;

    void inherit(Stage other) {
      // What ARG declares ends with the stage.
      other.values.forEach((name, value) -> {
        if (!other.arguments.contains(name)) {
          values.put(name, value);
        }
      });
      base = other.base;
      user = other.user;
      healthCheck = other.healthCheck;
      healthCheckAt = other.healthCheckAt;
      start = other.start;
    }
  }

  private BuildReader(Facts facts, Unknowns unknowns, char escape) {
    this.facts = facts;
    this.unknowns = unknowns;
    this.words = new Words(escape, unknowns);
    this.backtick = escape == '`';
  }

  /**
   * Reads a Dockerfile.
   *
   * @param facts takes what it says
   * @return the offset at which its last stage begins
   * @throws DockerfileException if docker would not build it, or a command in it cannot be read
   */
  public static int read(Fragment text, Facts facts) throws DockerfileException {
    Parsed parsed = Dockerfile.parse(text);
    BuildReader reader = new BuildReader(facts, new Unknowns(), parsed.escape());
    for (Instruction instruction : parsed.instructions()) {
      reader.read(instruction);
    }
    return reader.end();
  }

  private void read(Instruction instruction) throws DockerfileException {
    if (stage == null && !Set.of("FROM", "ARG").contains(instruction.keyword())) {
      throw new DockerfileException(
          "there is no FROM before " + instruction.keyword(), instruction.start());
    }
    switch (instruction.keyword()) {
      case "FROM" -> from(instruction);
      case "ARG" -> argument(instruction);
      case "ENV" -> environment(instruction);
      case "USER" -> {
        List<Fragment> who = words.split(instruction.rest());
        if (stage != null && !instruction.onbuild() && !who.isEmpty()) {
          Fragment user = expand(who.get(0));
          stage.user = user.text().isEmpty() ? null : user;
        }
      }
      case "HEALTHCHECK" -> {
        if (stage != null && !instruction.onbuild()) {
          stage.healthCheck = !instruction.rest().text().strip().equalsIgnoreCase("none");
          stage.healthCheckAt = instruction.start();
        }
      }
      case "COPY", "ADD" ->
          new Copies(facts, words, unknowns).read(instruction, this::expand, stages.keySet());
      case "EXPOSE" -> words.split(instruction.rest()).forEach(this::expose);
      case "SHELL" -> {
        List<Fragment> shell = Words.json(instruction.rest());
        powershell =
            shell != null && !shell.isEmpty() && OTHER_SHELL.matcher(shell.get(0).text()).matches();
      }
      case "RUN" -> run(instruction);
      default -> {
        // Says nothing that is judged.
      }
    }
  }

  private Map<String, Fragment> values() {
    return stage == null ? global : stage.values;
  }

  private Fragment expand(Fragment word) {
    return words.expand(word, values());
  }

  private void from(Instruction instruction) throws DockerfileException {
    List<Fragment> parts = words.split(instruction.rest());
    if (parts.isEmpty()) {
      throw new DockerfileException("FROM names no image", instruction.start());
    }
    Fragment image = words.expand(parts.get(0), global);
    Stage next = new Stage();
    next.start = instruction.start();
    Stage before = stages.get(image.text().toLowerCase(Locale.ROOT));
    if (before != null) {
      next.inherit(before);
      next.start = instruction.start();
    } else if (image.text().equals("scratch")) {
      next.base = "scratch";
      powershell = false;
    } else {
      next.base = unknowns.shown(image.text());
      powershell = WINDOWS.matcher(image.text()).matches() || backtick;
      base(image.text(), "FROM", parts.get(0).at(0));
    }
    stages.put(String.valueOf(stages.size()), next);
    if (parts.size() > 2 && parts.get(1).text().equalsIgnoreCase("as")) {
      stages.put(parts.get(2).text().toLowerCase(Locale.ROOT), next);
    }
    stage = next;
  }

  private void base(String image, String field, int offset) {
    facts.base(
        ImageReference.parse(unknowns.shown(image)),
        field,
        offset,
        Unknowns.isIn(image)
            ? "the image " + unknowns.shown(image) + " is known only when it is built"
            : null);
  }

  private void argument(Instruction instruction) {
    for (Fragment word : words.split(instruction.rest())) {
      int equals = word.text().indexOf('=');
      String name = equals < 0 ? word.text() : word.text().substring(0, equals);
      Fragment value = equals < 0 ? null : expand(word.slice(equals + 1, word.text().length()));
      int at = word.at(0);
      Map<String, Fragment> values = values();
      if (value != null) {
        values.put(name, value);
      } else {
        Fragment outside = stage == null ? null : global.get(name);
        values.put(
            name,
            outside != null ? outside : new Fragment.Builder().add(unknowns.of(name), at).build());
      }
      if (stage != null) {
        stage.arguments.add(name);
      }
      facts.argument(name, value == null ? null : unknowns.shown(value.text()), at);
    }
  }

  private void environment(Instruction instruction) {
    List<Fragment> parts = words.split(instruction.rest());
    List<Map.Entry<Fragment, Fragment>> pairs = new ArrayList<>();
    if (!parts.isEmpty() && !parts.get(0).text().contains("=")) {
      String rest = instruction.rest().text();
      int from = rest.indexOf(parts.get(0).text()) + parts.get(0).text().length();
      int to = rest.stripTrailing().length();
      while (from < to && Character.isWhitespace(rest.charAt(from))) {
        from++;
      }
      pairs.add(Map.entry(parts.get(0), instruction.rest().slice(Math.min(from, to), to)));
    } else {
      for (Fragment part : parts) {
        int equals = part.text().indexOf('=');
        if (equals > 0) {
          pairs.add(Map.entry(part.slice(0, equals), part.slice(equals + 1, part.text().length())));
        }
      }
    }
    Map<String, Fragment> set = new HashMap<>();
    for (Map.Entry<Fragment, Fragment> pair : pairs) {
      Fragment key = pair.getKey();
      Fragment raw = pair.getValue();
      String name = words.expand(key, Map.of()).text();
      Fragment value = expand(raw);
      set.put(name, value);
      secret(name, raw, value, key.at(0));
      String off = Verification.setting(name + "=" + value.text());
      if (off != null) {
        facts.command(new Build.Command("ENV", null, off, null, null, null), key.at(0));
      }
    }
    if (stage != null && !instruction.onbuild()) {
      // All of one instruction are put in before any of them is set.
      stage.values.putAll(set);
      stage.arguments.removeAll(set.keySet());
    }
  }

  private void secret(String name, Fragment raw, Fragment value, int at) {
    String secret = Secrets.suspicion(name, unknowns.shown(value.text()));
    if (secret == null && stage != null && Secrets.isName(name)) {
      Matcher variable = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)").matcher(raw.text());
      while (variable.find()) {
        if (stage.arguments.contains(variable.group(1)) && !value.text().isEmpty()) {
          secret = "from an argument of the build";
        }
      }
    }
    if (secret != null) {
      facts.secret(name, secret, at);
    }
  }

  private void expose(Fragment word) {
    Matcher port = PORTS.matcher(expand(word).text());
    if (port.matches()) {
      int first = Integer.parseInt(port.group(1));
      facts.ports(
          new Build.Ports(
              first,
              port.group(2) == null ? first : Integer.parseInt(port.group(2)),
              port.group(3) == null ? "tcp" : port.group(3).toLowerCase(Locale.ROOT)),
          word.at(0));
    }
  }

  private void run(Instruction instruction) throws DockerfileException {
    for (Flag flag : instruction.flags()) {
      String value = expand(flag.value()).text();
      if (flag.name().equals("security") && value.equals("insecure")) {
        facts.grant("security.insecure", "RUN", flag.start());
      } else if (flag.name().equals("network") && value.equals("host")) {
        facts.grant("network.host", "RUN", flag.start());
      }
    }
    Fragment script = instruction.script();
    if (script == null) {
      return;
    }
    if (powershell && !instruction.isJson()) {
      facts.gap("/commands", "the commands are for a shell of Windows, which is not followed");
      return;
    }
    try {
      RunCommands.read(script, values(), unknowns, facts);
    } catch (ShellException e) {
      throw new DockerfileException(String.valueOf(e.getMessage()), e.offset());
    }
  }

  private int end() throws DockerfileException {
    Stage last = stage;
    if (last == null) {
      throw new DockerfileException("there is no FROM", 0);
    }
    Fragment user = last.user;
    if (user == null) {
      facts.user(null, last.start);
      if (NOT_ROOT.matcher(last.base).matches()) {
        facts.gap("/user", "whether the image " + last.base + " sets a user is not known");
      }
    } else {
      String text = user.text();
      int colon = text.indexOf(':');
      String name = colon < 0 ? text : text.substring(0, colon);
      facts.user(unknowns.shown(name), user.at(0));
      if (Unknowns.isIn(name)) {
        facts.gap("/user", "the user " + unknowns.shown(name) + " is known only when it is built");
      }
    }
    facts.healthCheck(last.healthCheck, last.healthCheckAt);
    return last.start;
  }
}
