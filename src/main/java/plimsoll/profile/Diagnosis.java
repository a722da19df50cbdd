package plimsoll.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plimsoll.profile.Profile.Setting;
import plimsoll.read.RunFlag;

/**
 * Why a program failed, where there is evidence that its confinement made it fail: which control,
 * and what would allow just that. Without evidence nothing is said.
 */
public final class Diagnosis {
  private static final String PATH = "['\"‘]?(/[^\\s:'\"‘’]*)['\"’]?";

  /** Killed by SIGKILL, as a shell and docker count it. */
  private static final int KILLED = 137;

  /** Killed by SIGSYS, which seccomp sends. */
  private static final int BAD_SYSTEM_CALL = 159;

  /** What a program says where a capability is missing, by capability. */
  private static final Map<String, Pattern> MISSING =
      Map.of(
          "CHOWN", pattern("(chown|chgrp|lchown|changing ownership).*Operation not permitted"),
          "SETGID", pattern("(setgid|setgroups|initgroups|setresgid).*Operation not permitted"),
          "SETUID", pattern("(setuid|setresuid|su: can't set uid).*(Operation not permitted)?"),
          "FOWNER", pattern("chmod.*Operation not permitted"),
          "NET_RAW", pattern("(ping|traceroute|raw socket).*(permission denied|not permitted)"),
          "MKNOD", pattern("mknod.*Operation not permitted"),
          "SYS_CHROOT", pattern("(chroot|can't change root).*Operation not permitted"),
          "NET_ADMIN",
              pattern("(ip|ifconfig|iptables|RTNETLINK|SIOC[A-Z]*).*(Operation not permitted)"),
          "SYS_TIME", pattern("(can't set date|settimeofday|clock_settime).*not permitted"),
          "SYS_NICE", pattern("(setpriority|renice|nice).*(Permission denied|not permitted)"));

  private final JsonNode hostConfig;
  private final JsonNode body;
  private final List<Setting> added;
  private final List<String> lines = new ArrayList<>();

  private Diagnosis(JsonNode body, List<Setting> added) {
    this.body = body;
    this.hostConfig = body.path("HostConfig");
    this.added = added;
  }

  /**
   * What is known of how it ended.
   *
   * @param code the exit code
   * @param outOfMemory whether the kernel killed a process of it for want of memory
   * @param forkRefused whether the kernel logged that its cgroup had no process left
   * @param printed the last that it printed; hostile
   * @param systemCall the call that seccomp killed it for, by the kernel's log; null where that
   *     says nothing
   */
  public record Ending(
      int code,
      boolean outOfMemory,
      boolean forkRefused,
      String printed,
      @Nullable String systemCall) {}

  /**
   * Says why, one line for each control.
   *
   * @param body the create request
   * @param added what the profile added to it
   */
  public static List<String> of(Ending ending, JsonNode body, List<Setting> added) {
    Diagnosis diagnosis = new Diagnosis(body, added);
    if (ending.code() != 0) {
      diagnosis.memory(ending);
      diagnosis.seccomp(ending);
      diagnosis.files(ending.printed());
      diagnosis.counts(ending);
      diagnosis.privileges(ending.printed());
    }
    return diagnosis.lines;
  }

  private static Pattern pattern(String text) {
    return Pattern.compile("(?i)" + text);
  }

  private void memory(Ending ending) {
    if (ending.outOfMemory()) {
      long limit = hostConfig.path("Memory").asLong();
      say(
          "the kernel killed a process of it for want of memory (exit " + ending.code() + ")",
          RunFlag.MEMORY,
          "the limit is "
              + (limit >> 20)
              + " MiB; to give it more: --memory "
              + (limit >> 19)
              + "m");
    } else if (ending.code() == KILLED && ending.printed().contains("Out of memory")) {
      say("it printed \"Out of memory\"", RunFlag.MEMORY, "to give it more: --memory");
    }
  }

  private void seccomp(Ending ending) {
    if (ending.code() == BAD_SYSTEM_CALL) {
      String call = ending.systemCall();
      lines.add(
          "seccomp killed it (SIGSYS, exit "
              + ending.code()
              + ")"
              + (call == null ? "" : " for system call " + call)
              + "; to allow just that: a profile of your own with it, --security-opt seccomp=FILE");
    }
  }

  private void files(String printed) {
    Matcher readOnly = pattern(PATH + ".*Read-only file system").matcher(printed);
    if (readOnly.find() && hostConfig.path("ReadonlyRootfs").asBoolean()) {
      String folder = parent(readOnly.group(1));
      say(
          quoted(readOnly.group()),
          RunFlag.READ_ONLY,
          "to allow just that: --tmpfs "
              + folder
              + ", or -v NAME:"
              + folder
              + " to keep what is written");
      return;
    }
    Matcher full = pattern(PATH + ".*No space left on device").matcher(printed);
    String at = full.find() ? tmpfs(full.group(1)) : null;
    if (at != null) {
      say(quoted(full.group()), RunFlag.TMPFS, "to make it larger: --tmpfs " + at + ":size=1g");
    }
    Matcher denied = pattern(PATH + ".*Permission denied").matcher(printed);
    if (denied.find()) {
      String mount = tmpfs(denied.group(1));
      if (mount != null && hostConfig.path("Tmpfs").path(mount).asText().contains("noexec")) {
        say(
            quoted(denied.group()),
            RunFlag.TMPFS,
            "nothing there can be executed; to allow just that: --tmpfs " + mount + ":exec");
      } else if (from(RunFlag.USER) != null && !printed.contains("exec " + denied.group())) {
        // Of what cannot be started, a directory among them, the user need not be the reason.
        say(
            quoted(denied.group()),
            RunFlag.USER,
            "it runs as "
                + body.path("User").asText()
                + "; give it a user that may: --user UID:GID, or let the image's files belong to it");
      }
    }
  }

  private void counts(Ending ending) {
    String printed = ending.printed();
    long pids = hostConfig.path("PidsLimit").asLong();
    Matcher fork =
        pattern("(fork|clone|thread|pthread_create).*(Resource temporarily unavailable|EAGAIN)")
            .matcher(printed);
    boolean said = fork.find();
    if (pids > 0 && (said || ending.forkRefused())) {
      say(
          said ? quoted(fork.group()) : "the kernel refused it a process (its log says so)",
          RunFlag.PIDS_LIMIT,
          "the limit is " + pids + "; to allow more: --pids-limit " + 2 * pids);
    }
    Matcher open = pattern("Too many open files").matcher(printed);
    if (open.find() && hostConfig.path("Ulimits").toString().contains("nofile")) {
      say(quoted(open.group()), RunFlag.ULIMIT, "to allow more: --ulimit nofile=65536");
    }
  }

  private void privileges(String printed) {
    Matcher flag = pattern("no new privileges|effective uid is not 0").matcher(printed);
    if (flag.find() && hostConfig.path("SecurityOpt").toString().contains("no-new-privileges")) {
      say(
          quoted(flag.group()),
          RunFlag.SECURITY_OPT,
          "setuid programs gain nothing; to let them: --security-opt no-new-privileges=false"
              + " --allow container-no-new-privileges=REASON");
    }
    for (Map.Entry<String, Pattern> capability : new TreeMap<>(MISSING).entrySet()) {
      Matcher said = capability.getValue().matcher(printed);
      if (said.find() && isDropped(capability.getKey())) {
        boolean root = body.path("User").asText().isEmpty();
        say(
            quoted(said.group()),
            RunFlag.CAP_DROP,
            "to allow just that: --cap-add "
                + capability.getKey()
                + (root
                    ? ""
                    : ", which only root can use: --user 0 --allow container-root-user=REASON"));
        return;
      }
    }
    Matcher bind =
        pattern("(bind|listen)[^\\n]*(:| )([0-9]{1,4})?[^\\n]*(Permission denied|EACCES)")
            .matcher(printed);
    if (bind.find() && isDropped("NET_BIND_SERVICE")) {
      say(
          quoted(bind.group()),
          RunFlag.CAP_DROP,
          "let it listen above 1023, or allow just that: --sysctl"
              + " net.ipv4.ip_unprivileged_port_start=0");
    }
  }

  private boolean isDropped(String capability) {
    String drop = hostConfig.path("CapDrop").toString();
    return (drop.contains("\"ALL\"") || drop.contains("\"CAP_" + capability + "\""))
        && !hostConfig.path("CapAdd").toString().contains("\"CAP_" + capability + "\"");
  }

  /** The tmpfs that a path lies in; null for none. */
  private @Nullable String tmpfs(String path) {
    String found = null;
    for (Map.Entry<String, JsonNode> mount : hostConfig.path("Tmpfs").properties()) {
      if (path.startsWith(mount.getKey() + "/")
          && (found == null || mount.getKey().length() > found.length())) {
        found = mount.getKey();
      }
    }
    return found;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    // A root that can be written to is not to be had piece by piece.
    return slash <= 0 ? path : path.substring(0, slash);
  }

  private static String quoted(String printed) {
    String line = printed.strip();
    return "it printed \"" + (line.length() > 200 ? line.substring(0, 200) + "..." : line) + "\"";
  }

  private @Nullable String from(RunFlag flag) {
    for (Setting setting : added) {
      if (setting.flag() == flag) {
        return setting.from();
      }
    }
    return null;
  }

  private void say(String evidence, RunFlag flag, String way) {
    String from = from(flag);
    lines.add(
        evidence
            + ": that is "
            + flag
            + (from == null ? "" : ", from the profile " + from)
            + "; "
            + way);
  }
}
