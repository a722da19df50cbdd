package plimsoll.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's audit rules, by what they record and not by the words in them: a rule about {@code
 * /etc/docker/daemon.json} records nothing of the folder around it, and one that looks at users
 * from 1000 up nothing of what root does.
 *
 * <p>The kernel's own are read through {@code auditctl -l}. It prints a rule to <em>not</em> record
 * a file as if it were one to record it; that cannot be told from outside.
 */
final class AuditRules {
  private static final String FILE = "/etc/audit/audit.rules";

  /** Programs that set audit rules themselves, without auditctl. */
  private static final Set<String> OTHER_AGENTS = Set.of("auditbeat", "go-audit", "osqueryd");

  private final List<Watch> watches;
  private final @Nullable String silent;
  private final @Nullable String unknown;
  private final String source;
  private final boolean kernel;

  private AuditRules(
      List<Watch> watches,
      @Nullable String silent,
      @Nullable String unknown,
      String source,
      boolean kernel) {
    this.watches = watches;
    this.silent = silent;
    this.unknown = unknown;
    this.source = source;
    this.kernel = kernel;
  }

  /**
   * A rule about a path.
   *
   * @param path where it looks, the folders before the last name resolved
   * @param below whether it looks at all below as well
   * @param permissions of {@code rwxa} what it records
   * @param processors {@code b64} and {@code b32}, of which calls it looks at
   * @param narrow what else must be so for it to record anything; null for nothing
   * @param never whether it makes the kernel record nothing
   * @param text the rule as it was listed
   */
  private record Watch(
      String path,
      boolean below,
      String permissions,
      Set<String> processors,
      @Nullable String narrow,
      boolean never,
      String text) {
    boolean covers(String file) {
      return path.equals(file) || (below && (path.equals("/") || file.startsWith(path + "/")));
    }
  }

  /**
   * What is recorded of a file.
   *
   * @param audited whether all is; null where it cannot be told, and then why is in {@code rule}
   * @param rule the rule that is about it; null for none
   */
  record Recorded(@Nullable Boolean audited, @Nullable String rule) {}

  /** Where the rules were read, for origins. */
  String source() {
    return source;
  }

  /** Asks the kernel; where nothing can, what the files that are loaded at boot say. */
  static AuditRules read(HostFiles files, HostCommands commands) {
    try {
      String status = commands.run("auditctl", List.of("-s"));
      return of(
          files, commands.run("auditctl", List.of("-l")), enabled(status), "auditctl -l", true);
    } catch (HostCommands.MissingException e) {
      return fromFiles(files);
    } catch (IOException e) {
      return new AuditRules(
          List.of(),
          null,
          "the kernel's audit rules cannot be read: " + e.getMessage() + "; run as root",
          "auditctl -l",
          true);
    }
  }

  /** {@code enabled 1}, or 2 where the rules are locked. */
  private static boolean enabled(String status) {
    return !status.lines().map(String::strip).anyMatch("enabled 0"::equals);
  }

  private static AuditRules fromFiles(HostFiles files) {
    try {
      for (long pid : files.processes()) {
        String name = files.tryRead("/proc/" + pid + "/comm");
        if (name != null && OTHER_AGENTS.contains(name)) {
          return new AuditRules(
              List.of(),
              null,
              name + " sets the audit rules, and auditctl is not installed to show them",
              FILE,
              false);
        }
      }
      return of(files, files.read(FILE), true, FILE, false);
    } catch (IOException e) {
      // Neither a program nor a file: nobody asked the kernel for anything.
      return new AuditRules(List.of(), "auditctl is not installed", null, FILE, false);
    }
  }

  /**
   * Reads rules as {@code auditctl -l} lists them and as files hold them.
   *
   * @param enabled whether the kernel audits at all
   * @param kernel whether the rules are in force
   */
  static AuditRules of(
      HostFiles files, String listed, boolean enabled, String source, boolean kernel) {
    List<Watch> watches = new ArrayList<>();
    String silent = enabled ? null : "audit is switched off (auditctl -e 0)";
    for (String line : listed.split("\n")) {
      String text = line.strip();
      if (text.startsWith("-a ") || text.startsWith("-A ") || text.startsWith("-w ")) {
        Rule rule = Rule.parse(text);
        if (rule.is("task", "never") && rule.narrow.isEmpty()) {
          silent = "no process is audited (" + text + ")";
        }
        Watch watch = rule.watch(files);
        if (watch != null) {
          watches.add(watch);
        }
      }
    }
    return new AuditRules(watches, silent, null, source, kernel);
  }

  /** The words of one rule. */
  private static final class Rule {
    private final String text;
    private final Set<String> action = new HashSet<>();
    private final List<String> narrow = new ArrayList<>();
    private final Set<String> calls = new TreeSet<>();
    private final Set<String> processors = new TreeSet<>();
    private @Nullable String path;
    private boolean below;
    private boolean watch;
    private @Nullable String permissions;

    private Rule(String text) {
      this.text = text;
    }

    static Rule parse(String text) {
      Rule rule = new Rule(text);
      String option = "";
      for (String word : text.split("\\s+")) {
        rule.option(option, word);
        option = word;
      }
      return rule;
    }

    private void option(String option, String value) {
      switch (option) {
        case "-w" -> {
          path = value;
          watch = true;
          action.addAll(List.of("always", "exit"));
        }
        case "-p" -> permissions = value;
        case "-a", "-A" -> action.addAll(List.of(value.split(",")));
        case "-S" -> calls.addAll(List.of(value.split(",")));
        case "-F" -> field(value);
        case "-C" -> narrow.add(value);
        default -> {}
      }
    }

    private void field(String field) {
      int equals = field.indexOf('=');
      String name = equals < 0 ? field : field.substring(0, equals);
      String value = equals < 0 ? "" : field.substring(equals + 1);
      switch (name) {
        case "path" -> path = value;
        case "dir" -> {
          path = value;
          below = true;
        }
        case "perm" -> permissions = value;
        case "arch" -> processors.add(value);
        case "key" -> {}
        default -> narrow.add(field);
      }
    }

    boolean is(String list, String what) {
      return action.contains(list) && action.contains(what);
    }

    @Nullable Watch watch(HostFiles files) {
      String at = path;
      if (at == null || !action.contains("exit")) {
        return null;
      }
      calls.remove("all");
      if (!calls.isEmpty()) {
        narrow.add("-S " + String.join(",", calls));
      }
      String where = located(files, at);
      return new Watch(
          where,
          below || (watch && files.isFolder(where)),
          permissions == null ? "rwxa" : permissions,
          processors.isEmpty() ? Set.of("b64", "b32") : Set.copyOf(processors),
          narrow.isEmpty() ? null : String.join(", ", narrow),
          action.contains("never"),
          text);
    }
  }

  /** The kernel watches a name in a folder: links before it are followed, one at the end is not. */
  private static String located(HostFiles files, String path) {
    String clean = path.length() > 1 && path.endsWith("/") ? path.replaceAll("/+$", "") : path;
    int last = clean.lastIndexOf('/');
    if (last < 0 || clean.isEmpty()) {
      return path;
    }
    String folder = last == 0 ? "/" : files.realPath(clean.substring(0, last));
    return (folder.equals("/") ? "" : folder) + clean.substring(last);
  }

  /**
   * What is recorded of a file.
   *
   * @param path where it really is
   * @param program whether it is enough to record that it is started
   */
  Recorded of(String path, boolean program) {
    if (unknown != null) {
      return new Recorded(null, unknown);
    }
    if (silent != null) {
      return new Recorded(false, silent);
    }
    Set<String> recorded = new HashSet<>();
    String closest = null;
    for (Watch watch : watches) {
      if (!watch.covers(path)) {
        continue;
      }
      if (watch.never() && watch.narrow() == null) {
        return new Recorded(false, watch.text());
      }
      closest = closest == null ? watch.text() : closest;
      if (watch.narrow() == null && !watch.never()) {
        for (String processor : watch.processors()) {
          watch.permissions().chars().forEach(letter -> recorded.add(processor + (char) letter));
        }
        if (whole(recorded, "wa") || (program && whole(recorded, "x"))) {
          return kernel
              ? new Recorded(true, watch.text())
              : new Recorded(
                  null, source + " asks for it, but auditctl is not installed to ask the kernel");
        }
      }
    }
    return new Recorded(false, closest);
  }

  private static boolean whole(Set<String> recorded, String permissions) {
    return permissions
        .chars()
        .allMatch(p -> recorded.contains("b64" + (char) p) && recorded.contains("b32" + (char) p));
  }
}
