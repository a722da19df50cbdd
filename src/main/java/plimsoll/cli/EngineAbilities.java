package plimsoll.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import plimsoll.profile.Abilities;

/** What a host can do, by what its engine says of it ({@code GET /info}). */
final class EngineAbilities {
  private EngineAbilities() {}

  /**
   * Reads them.
   *
   * @param image what the engine says of the image; null where it is not there
   */
  static Abilities of(JsonNode info, @Nullable JsonNode image) {
    String options = info.path("SecurityOptions").toString();
    String init = info.path("InitCommit").path("ID").asText();
    String major = info.path("ServerVersion").asText().split("\\.", 2)[0];
    return new Abilities(
        info.path("MemoryLimit").asBoolean(),
        info.path("SwapLimit").asBoolean(),
        info.path("PidsLimit").asBoolean(),
        info.path("CpuCfsQuota").asBoolean(),
        Math.max(1, info.path("NCPU").asInt(1)),
        !init.equals("N/A"),
        options.contains("name=seccomp"),
        options.contains("name=apparmor") || options.contains("name=selinux"),
        info.path("LoggingDriver").asText(),
        major.matches("[0-9]{1,4}") ? Integer.parseInt(major) : 0,
        image == null ? null : image.path("Config").path("User").asText());
  }
}
