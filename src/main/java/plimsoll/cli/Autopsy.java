package plimsoll.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;
import plimsoll.launch.Launcher.Ended;
import plimsoll.profile.Diagnosis;
import plimsoll.profile.Profile.Setting;
import plimsoll.read.CreateRequest;

/** Gathers what is left of a program that failed: the engine's events and the kernel's log. */
final class Autopsy {
  /** Killed by SIGKILL. */
  private static final int KILLED = 137;

  /** Killed by SIGSYS, which seccomp sends. */
  private static final int BAD_SYSTEM_CALL = 159;

  /** How the kernel says that seccomp killed a process. */
  private static final Pattern SECCOMP =
      Pattern.compile("type=1326 audit\\(([0-9]{1,12})\\..* sig=31 .*syscall=([0-9]+)");

  /** How long ago, in seconds, what is still this program's may have been logged. */
  private static final long RECENT = 5;

  private Autopsy() {}

  /** Why it failed, where that can be told. */
  static List<String> of(
      Ended ended, CreateRequest request, List<Setting> added, EngineClient client) {
    if (ended.code() == 0) {
      return List.of();
    }
    String log = kernelLog();
    return Diagnosis.of(
        new Diagnosis.Ending(
            ended.code(),
            ranOutOfMemory(ended, client),
            refusedToFork(ended.id(), log),
            ended.printed(),
            ended.code() == BAD_SYSTEM_CALL ? systemCall(log) : null),
        request.body(),
        added);
  }

  /** The engine remembers its last events, also of a container that has been removed. */
  private static boolean ranOutOfMemory(Ended ended, EngineClient client) {
    String filters =
        URLEncoder.encode(
            "{\"container\":[\"" + ended.id() + "\"],\"event\":[\"oom\"]}", StandardCharsets.UTF_8);
    // The engine hears of it from somebody else than of the end, and may a moment later.
    long now = System.currentTimeMillis() + (ended.code() == KILLED ? 500 : 0);
    String until = String.format(Locale.ROOT, "%d.%03d000000", now / 1000, now % 1000);
    try {
      return client.get("/events?since=1&until=" + until + "&filters=" + filters).has("status");
    } catch (EngineException e) {
      return false;
    }
  }

  /** Once for each cgroup the kernel logs which one had no process left; its path has the id. */
  private static boolean refusedToFork(String id, String log) {
    return log.lines()
        .anyMatch(line -> line.contains("fork rejected by pids controller") && line.contains(id));
  }

  private static @Nullable String systemCall(String log) {
    Matcher matcher = SECCOMP.matcher(log);
    String last = null;
    while (matcher.find()) {
      if (Long.parseLong(matcher.group(1)) >= System.currentTimeMillis() / 1000 - RECENT) {
        last = matcher.group(2);
      }
    }
    return last;
  }

  /** What the kernel logged since it started, as far as it is kept; empty where nobody may read. */
  private static String kernelLog() {
    try {
      Process dmesg =
          new ProcessBuilder("dmesg").redirectError(ProcessBuilder.Redirect.DISCARD).start();
      dmesg.getOutputStream().close();
      return new String(dmesg.getInputStream().readNBytes(16 << 20), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
