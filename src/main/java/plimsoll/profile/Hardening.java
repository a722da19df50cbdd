package plimsoll.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import plimsoll.profile.Profile.Setting;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;
import plimsoll.read.Word;

/** Adds a profile's flags to a run line, where the line does not speak of the same thing itself. */
public final class Hardening {
  /** Root in every spelling the engine takes: {@code 0}, {@code 00}, {@code +0}, {@code root}. */
  private static final Pattern ROOT = Pattern.compile("([+-]?0*|root)(:.*)?");

  private final RunLine line;
  private final Profile profile;
  private final Abilities abilities;
  private final List<Setting> added = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private Hardening(RunLine line, Profile profile, Abilities abilities) {
    this.line = line;
    this.profile = profile;
    this.abilities = abilities;
  }

  /**
   * A run line with what was added to it.
   *
   * @param line all flags; those that were added stand in unwritten words
   * @param added what the profile added, in order
   * @param warnings what was left out because the host cannot do it, and what else to know
   */
  public record Hardened(RunLine line, List<Setting> added, List<String> warnings) {
    /** Copies the lists. */
    public Hardened {
      added = List.copyOf(added);
      warnings = List.copyOf(warnings);
    }
  }

  /** Hardens a line. What it says itself is kept, whether or not it is wise. */
  public static Hardened harden(RunLine line, Profile profile, Abilities abilities) {
    return new Hardening(line, profile, abilities).harden();
  }

  private Hardened harden() {
    for (Setting setting : profile.flags()) {
      if (!isSpokenOf(setting) && isFor(setting) && isPossible(setting)) {
        added.add(resolved(setting));
      }
    }
    if (!profile.flags().isEmpty()) {
      warnAboutEngine();
    }
    List<Given> flags = new ArrayList<>();
    for (Setting setting : reduced()) {
      flags.add(new Given(setting.flag(), setting.value(), Word.unwritten(setting.value())));
    }
    for (Given given : line.flags()) {
      flags.add(
          given.flag() == RunFlag.PUBLISH && profile.loopback() && publishes()
              ? new Given(given.flag(), onLoopback(given.value()), given.word())
              : given);
    }
    return new Hardened(line.with(flags), reduced(), warnings);
  }

  /** Dropping all capabilities makes dropping one of them idle. */
  private List<Setting> reduced() {
    boolean all =
        added.stream().anyMatch(s -> s.flag() == RunFlag.CAP_DROP && s.value().equals("ALL"));
    return added.stream()
        .filter(s -> !all || s.flag() != RunFlag.CAP_DROP || s.value().equals("ALL"))
        .toList();
  }

  /** Whether the line says something about the same thing, or about one that excludes it. */
  private boolean isSpokenOf(Setting setting) {
    return switch (setting.flag()) {
      case CAP_DROP ->
          spoken(setting, line.all(RunFlag.CAP_DROP))
              || line.all(RunFlag.CAP_DROP).stream()
                  .anyMatch(given -> given.value().equalsIgnoreCase("all"));
      case CAP_ADD ->
          spoken(setting, line.all(RunFlag.CAP_ADD))
              || line.all(RunFlag.CAP_DROP).stream()
                  .anyMatch(given -> about(RunFlag.CAP_ADD, given.value()).equals(setting.about()));
      case TMPFS -> mountPoints().contains(destination(setting.value()));
      case CPUS ->
          line.last(RunFlag.CPUS) != null
              || line.last(RunFlag.CPU_QUOTA) != null
              || line.last(RunFlag.CPU_PERIOD) != null;
      case RESTART -> line.last(RunFlag.RESTART) != null || line.isOn(RunFlag.RM);
      case USER -> line.last(RunFlag.USER) != null;
      default ->
          setting.flag().kind() == RunFlag.Kind.LIST
              ? spoken(setting, line.all(setting.flag()))
              : line.last(setting.flag()) != null;
    };
  }

  private static boolean spoken(Setting setting, List<Given> given) {
    return given.stream()
        .anyMatch(one -> about(one.flag().canonical(), one.value()).equals(setting.about()));
  }

  /**
   * What a flag is about: the flag, and where it may be given for several things which of them.
   * Capabilities are one each, whatever their spelling.
   */
  static String about(RunFlag flag, String value) {
    String thing =
        switch (flag) {
          case TMPFS -> destination(value);
          case ULIMIT, LOG_OPT, SYSCTL, LABEL, ANNOTATION, ENV, STORAGE_OPT ->
              value.split("=", 2)[0];
          case SECURITY_OPT -> value.split("[=:]", 2)[0];
          case CAP_ADD, CAP_DROP -> value.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
          default -> flag.kind() == RunFlag.Kind.LIST ? value : "";
        };
    return flag + " " + thing;
  }

  private static String destination(String tmpfs) {
    return cleaned(tmpfs.split(":", 2)[0]);
  }

  private static String cleaned(String path) {
    return path.length() > 1 ? path.replaceAll("/+$", "") : path;
  }

  private Set<String> mountPoints() {
    Set<String> points =
        line.all(RunFlag.TMPFS).stream()
            .map(given -> destination(given.value()))
            .collect(Collectors.toSet());
    for (Given volume : line.all(RunFlag.VOLUME)) {
      String[] parts = volume.value().split(":");
      points.add(cleaned(parts[Math.min(1, parts.length - 1)]));
    }
    for (Given mount : line.all(RunFlag.MOUNT)) {
      for (String part : mount.value().split(",")) {
        if (part.matches("(dst|destination|target)=.*")) {
          points.add(cleaned(part.substring(part.indexOf('=') + 1)));
        }
      }
    }
    return points;
  }

  /** Whether it is for this kind of run and image. */
  private boolean isFor(Setting setting) {
    return switch (setting.flag()) {
      case USER -> {
        String user = abilities.imageUser();
        if (user == null) {
          warnings.add(
              "the image is not here, so whom it runs as is not known; --user is what it gets if"
                  + " that is root");
        }
        yield user == null || ROOT.matcher(user.strip()).matches();
      }
      case RESTART -> line.isOn(RunFlag.DETACH) && !setting.value().equals("no");
      case LOG_OPT -> {
        Given driver = line.last(RunFlag.LOG_DRIVER);
        String name = driver == null ? String.valueOf(abilities.logDriver()) : driver.value();
        yield Set.of("json-file", "local").contains(name);
      }
      default -> true;
    };
  }

  /** Whether the host can do it; says so where it cannot. */
  private boolean isPossible(Setting setting) {
    String why =
        switch (setting.flag()) {
          case MEMORY -> abilities.memory() ? null : "the host does not limit memory";
          case MEMORY_SWAP ->
              !abilities.memory()
                  ? "the host does not limit memory"
                  : abilities.swap() ? null : "the host does not count swap (swapaccount=1)";
          case PIDS_LIMIT -> abilities.pids() ? null : "the host does not limit processes";
          case CPUS -> abilities.cpu() ? null : "the host does not limit processor time";
          case INIT -> abilities.init() ? null : "the engine has no init program (tini)";
          default -> null;
        };
    if (why != null) {
      warnings.add("left out " + setting.flag() + " " + setting.value() + ": " + why);
    }
    return why == null;
  }

  private Setting resolved(Setting setting) {
    if (setting.flag() == RunFlag.MEMORY_SWAP && setting.value().equals("same")) {
      return new Setting(setting.flag(), memory(), setting.from());
    }
    if (setting.flag() == RunFlag.CPUS
        && Double.parseDouble(setting.value()) > abilities.processors()) {
      return new Setting(setting.flag(), String.valueOf(abilities.processors()), setting.from());
    }
    return setting;
  }

  private String memory() {
    Given given = line.last(RunFlag.MEMORY);
    return given != null
        ? given.value()
        : profile.flags().stream()
            .filter(setting -> setting.flag() == RunFlag.MEMORY)
            .map(Setting::value)
            .findFirst()
            .orElse("0");
  }

  private void warnAboutEngine() {
    if (!abilities.seccomp()) {
      warnings.add("the engine filters no system calls: it has no seccomp");
    }
    if (!abilities.lsm()) {
      warnings.add("neither AppArmor nor SELinux confines containers on this host");
    }
  }

  /** Whether the network it is on takes ports: the engine ignores them on these. */
  private boolean publishes() {
    Given network = line.last(RunFlag.NETWORK);
    return network == null
        || !(List.of("none", "host").contains(network.value())
            || network.value().startsWith("container:"));
  }

  /** {@code [ADDRESS:][[HOST]:]CONTAINER} with the loopback's address where none is given. */
  private String onLoopback(String port) {
    String rest = port.startsWith("[") ? "" : port.replaceFirst("/.*", "");
    long colons = rest.chars().filter(c -> c == ':').count();
    String bound =
        port.startsWith("[") || port.contains("=") || (colons >= 2 && !port.startsWith(":"))
            ? port
            : colons == 0
                ? "127.0.0.1::" + port
                : "127.0.0.1" + (port.startsWith(":") && colons == 2 ? "" : ":") + port;
    if (!bound.equals(port)) {
      warnings.add(
          "the port "
              + port
              + " is published on 127.0.0.1, since no address is given"
              + (abilities.engine() < 28
                  ? "; this engine is older than 28, so neighbours in its network can reach it all"
                      + " the same"
                  : ""));
    }
    return bound;
  }
}
