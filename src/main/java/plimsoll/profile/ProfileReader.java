package plimsoll.profile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import plimsoll.model.Suggestion;
import plimsoll.profile.Profile.Setting;
import plimsoll.read.ClientWorld;
import plimsoll.read.CreateRequest;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLineException;
import plimsoll.read.Word;
import plimsoll.rule.Severity;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/** Reads a profile from YAML, and checks each flag in it as docker's client would. */
public final class ProfileReader {
  private static final Set<String> KEYS =
      Set.of(
          "title",
          "extends",
          "level",
          "refuse",
          "accept",
          "forbid",
          "leaves",
          "loopback",
          "without",
          "flags");

  /** Flags that are about one run, not about a kind of program. */
  private static final Set<RunFlag> ONE_RUN =
      EnumSet.of(
          RunFlag.ATTACH,
          RunFlag.CIDFILE,
          RunFlag.DETACH,
          RunFlag.DETACH_KEYS,
          RunFlag.HELP,
          RunFlag.INTERACTIVE,
          RunFlag.NAME,
          RunFlag.PULL,
          RunFlag.QUIET,
          RunFlag.RM,
          RunFlag.SIG_PROXY,
          RunFlag.TTY);

  private final String name;
  private final Problems problems;
  private final Parents parents;

  private ProfileReader(String name, String file, Parents parents) {
    this.name = name;
    this.problems = new Problems(file);
    this.parents = parents;
  }

  /** Finds the profile that another extends. */
  public interface Parents {
    /**
     * The profile of a name.
     *
     * @throws IOException if there is none; the message says so, for people
     */
    Profile find(String name) throws IOException;
  }

  /**
   * Reads one.
   *
   * @param name what the profile is called
   * @param file its file, for messages
   * @throws BadProfileException with every mistake in it
   */
  public static Profile read(String name, String file, String yaml, Parents parents)
      throws BadProfileException {
    ProfileReader reader = new ProfileReader(name, file, parents);
    Node node = reader.problems.compose(yaml);
    Profile profile = node == null ? null : reader.profile(new YamlMap(node, reader.problems));
    if (profile == null || !reader.problems.found().isEmpty()) {
      throw new BadProfileException(reader.problems.found());
    }
    return profile;
  }

  private Profile profile(YamlMap map) {
    map.only(KEYS);
    Profile parent = parent(map);
    Map<String, String> leaves = new LinkedHashMap<>(parent == null ? Map.of() : parent.leaves());
    leaves.putAll(reasons(map, "leaves"));
    Map<String, String> forbid = new LinkedHashMap<>(parent == null ? Map.of() : parent.forbid());
    forbid.putAll(reasons(map, "forbid"));
    return new Profile(
        name,
        map.need("title"),
        map.get("level") == null
            ? (parent == null ? null : parent.level())
            : severity(map, "level"),
        map.get("refuse") == null
            ? (parent == null ? null : parent.refuse())
            : severity(map, "refuse"),
        map.get("accept") == null && parent != null ? parent.accept() : reasons(map, "accept"),
        forbid,
        leaves,
        map.get("loopback") == null ? parent != null && parent.loopback() : truth(map, "loopback"),
        flags(map, parent));
  }

  private @Nullable Profile parent(YamlMap map) {
    Node node = map.get("extends");
    if (node == null) {
      return null;
    }
    try {
      return parents.find(YamlMap.text(node, problems));
    } catch (IOException e) {
      problems.add(node, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable Severity severity(YamlMap map, String key) {
    String text = map.need(key);
    if (text.equals("nothing")) {
      return null;
    }
    Severity severity = Severity.named(text).orElse(null);
    Node node = map.get(key);
    if (severity == null && node != null) {
      problems.add(node, text + " is none of critical, high, medium, low, info, nothing");
    }
    return severity;
  }

  private boolean truth(YamlMap map, String key) {
    String text = map.need(key);
    Node node = map.get(key);
    if (!text.equals("true") && !text.equals("false") && node != null) {
      problems.add(node, "expected true or false");
    }
    return text.equals("true");
  }

  private Map<String, String> reasons(YamlMap map, String key) {
    Map<String, String> reasons = new LinkedHashMap<>();
    YamlMap named = map.map(key);
    for (String rule : named == null ? Set.<String>of() : named.names()) {
      String reason = named == null ? "" : named.need(rule);
      if (named != null && reason.isBlank()) {
        problems.add(named.key(rule), "a reason is needed");
      }
      reasons.put(rule, reason);
    }
    return reasons;
  }

  /** The parent's flags, replaced flag by flag, or thing by thing where one may be given often. */
  private List<Setting> flags(YamlMap map, @Nullable Profile parent) {
    Map<String, Setting> all = new LinkedHashMap<>();
    if (parent != null) {
      parent.flags().forEach(setting -> all.put(setting.about(), setting));
    }
    Node without = map.get("without");
    for (Node node : without == null ? List.<Node>of() : YamlMap.list(without, problems)) {
      RunFlag flag = flag(YamlMap.text(node, problems), node);
      if (flag != null && !all.values().removeIf(setting -> setting.flag() == flag)) {
        problems.add(node, "there is no " + flag.longName() + " to leave out");
      }
    }
    YamlMap flags = map.map("flags");
    for (String key : flags == null ? Set.<String>of() : flags.names()) {
      Node value = flags == null ? null : flags.get(key);
      RunFlag flag = flags == null ? null : flag(key, flags.key(key));
      if (value == null || flag == null) {
        continue;
      }
      boolean list = value instanceof SequenceNode;
      if (list && flag.kind() != RunFlag.Kind.LIST) {
        problems.add(value, "--" + key + " is given once: expected one plain value");
        continue;
      }
      for (Node one : list ? YamlMap.list(value, problems) : List.of(value)) {
        Setting setting = new Setting(flag, YamlMap.text(one, problems), name);
        check(setting, one);
        all.put(setting.about(), setting);
      }
    }
    return new ArrayList<>(all.values());
  }

  /** The flags that may stand in a profile, without dashes; true where one may be given often. */
  public static Map<String, Boolean> flags() {
    Map<String, Boolean> flags = new TreeMap<>();
    for (RunFlag flag : RunFlag.values()) {
      if (!isAboutOneRun(flag)) {
        flags.put(flag.longName(), flag.kind() == RunFlag.Kind.LIST);
      }
    }
    return flags;
  }

  /** Whether a flag has no place in a profile. */
  static boolean isAboutOneRun(RunFlag flag) {
    return ONE_RUN.contains(flag);
  }

  private @Nullable RunFlag flag(String key, Node node) {
    RunFlag flag = RunFlag.named(key).orElse(null);
    if (flag == null) {
      List<String> names =
          java.util.Arrays.stream(RunFlag.values()).map(RunFlag::longName).toList();
      problems.add(
          node,
          "docker run has no flag --"
              + key
              + Suggestion.nearest(key.toLowerCase(Locale.ROOT), names)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse(""));
    } else if (ONE_RUN.contains(flag)) {
      problems.add(node, "--" + key + " is about one run and has no place in a profile");
    }
    return flag == null ? null : flag.canonical();
  }

  private void check(Setting setting, Node node) {
    if (setting.flag() == RunFlag.MEMORY_SWAP && setting.value().equals("same")) {
      return;
    }
    try {
      Word word = Word.unwritten(setting.value());
      RunLine line = RunLine.parse(List.of(Word.unwritten("image")));
      CreateRequest.of(
          line.with(List.of(new RunLine.Given(setting.flag(), setting.value(), word))),
          new NoWorld());
    } catch (RunLineException e) {
      problems.add(node, "docker would not take it: " + e.getMessage());
    }
  }

  /** A profile speaks for itself. */
  private static final class NoWorld implements ClientWorld {
    @Override
    public String file(String path) throws IOException {
      throw new IOException("a profile names no files");
    }

    @Override
    public @Nullable String variable(String variable) {
      return null;
    }

    @Override
    public String folder() {
      return "/";
    }
  }
}
