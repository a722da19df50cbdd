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

  /** How the kernel says that seccomp killed a process. */
  private static final Pattern SECCOMP =
      Pattern.compile("type=1326 audit\\(([0-9]{1,12})\\..* sig=31 .*syscall=([0-9]+)");

  /** How long ago, in seconds, what is still this program's may have been logged. */
  private static final long RECENT = 5;

  private Autopsy() {}

  /** Why it failed, where that can be told. */
  static List<String> of(
      Ended ended, CreateRequest request, List<Setting> added, EngineClient client) {
    return Diagnosis.of(
        new Diagnosis.Ending(
            ended.code(),
            ranOutOfMemory(ended, client),
            ended.printed(),
            ended.code() == 159 ? systemCall() : null),
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

  private static @Nullable String systemCall() {
    try {
      Process dmesg =
          new ProcessBuilder("dmesg").redirectError(ProcessBuilder.Redirect.DISCARD).start();
      dmesg.getOutputStream().close();
      String log = new String(dmesg.getInputStream().readNBytes(16 << 20), StandardCharsets.UTF_8);
      Matcher matcher = SECCOMP.matcher(log);
      String last = null;
      while (matcher.find()) {
        if (Long.parseLong(matcher.group(1)) >= System.currentTimeMillis() / 1000 - RECENT) {
          last = matcher.group(2);
        }
      }
      return last;
    } catch (IOException e) {
      return null;
    }
  }
}
