package plimsoll.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.model.Seccomp;
import plimsoll.model.SecurityLabel;

/**
 * {@code HostConfig.SecurityOpt}: {@code name=value}, {@code name:value} or a bare name, in the
 * order given. Of several with the same name the last counts, but SELinux label options add up.
 */
final class SecurityOptions {
  private static final String FIELD = "HostConfig.SecurityOpt";

  private @Nullable Boolean noNewPrivileges;
  private @Nullable String seccomp;
  private @Nullable String apparmor;
  private @Nullable String selinux;
  private final Provenance provenance;

  private SecurityOptions(Provenance provenance) {
    this.provenance = provenance;
  }

  static SecurityOptions read(JsonNode list, Provenance provenance) {
    SecurityOptions options = new SecurityOptions(provenance);
    for (String option : Json.texts(list)) {
      options.take(option);
    }
    return options;
  }

  private void take(String option) {
    int separator = separator(option);
    String name = separator < 0 ? option : option.substring(0, separator);
    String value = separator < 0 ? "" : option.substring(separator + 1);
    switch (name) {
      case "no-new-privileges" -> noNewPrivileges = value.isEmpty() || !isFalse(value);
      case "seccomp" -> seccomp = value;
      case "apparmor" -> apparmor = value;
      case "label" -> selinux = selinux == null ? value : selinux + "," + value;
      case "systempaths", "credentialspec", "writable-cgroups" -> {
        // systempaths shows in MaskedPaths; credentialspec is for Windows.
        if (name.equals("writable-cgroups")) {
          provenance.gap(
              "/unmapped/" + FIELD + "/" + name,
              FIELD + " holds " + option + ", which this version of Plimsoll does not judge");
        }
      }
      default ->
          provenance.gap(
              "/unmapped/" + FIELD + "/" + name,
              FIELD + " holds " + name + ", which this version of Plimsoll does not know");
    }
  }

  private static int separator(String option) {
    for (int i = 0; i < option.length(); i++) {
      if (option.charAt(i) == '=' || option.charAt(i) == ':') {
        return i;
      }
    }
    return -1;
  }

  /** What Go's strconv.ParseBool, which the engine uses, takes for false. */
  private static boolean isFalse(String value) {
    return switch (value) {
      case "0", "f", "F", "false", "FALSE", "False" -> true;
      default -> false;
    };
  }

  boolean noNewPrivileges() {
    provenance.origin(
        "/noNewPrivileges",
        noNewPrivileges == null ? Origin.byDefault(FIELD) : Origin.inspect(FIELD));
    return Optional.ofNullable(noNewPrivileges).orElse(false);
  }

  Seccomp seccomp(boolean privileged) {
    if (privileged) {
      // Docker Engine runs a privileged container without a filter, even one that was asked for
      // (seen on 20.10).
      provenance.origin("/seccomp", Origin.inspect("HostConfig.Privileged"));
      return new Seccomp(Seccomp.Mode.DISABLED, Seccomp.Profile.UNCONFINED, null, true);
    }
    if (seccomp == null || seccomp.equals("builtin")) {
      provenance.origin(
          "/seccomp", seccomp == null ? Origin.byDefault(FIELD) : Origin.inspect(FIELD));
      return new Seccomp(Seccomp.Mode.FILTER, Seccomp.Profile.ENGINE_DEFAULT, null, false);
    }
    provenance.origin("/seccomp", Origin.inspect(FIELD));
    if (seccomp.equals("unconfined")) {
      return new Seccomp(Seccomp.Mode.DISABLED, Seccomp.Profile.UNCONFINED, null, true);
    }
    return custom(seccomp);
  }

  private Seccomp custom(String profile) {
    try {
      ObjectMapper mapper = new ObjectMapper();
      JsonNode json = mapper.readTree(profile);
      if (!json.isObject() || !json.has("defaultAction")) {
        throw new com.fasterxml.jackson.databind.JsonMappingException(null, "no profile");
      }
      boolean everything = SeccompProfile.allowsEverything(json);
      return new Seccomp(
          Seccomp.Mode.FILTER, Seccomp.Profile.CUSTOM, mapper.writeValueAsString(json), everything);
    } catch (JsonProcessingException e) {
      provenance.gap(
          "/seccomp/allowsEverything",
          FIELD + " names a seccomp profile whose content is not in the engine's record");
      return new Seccomp(Seccomp.Mode.FILTER, Seccomp.Profile.CUSTOM, null, null);
    }
  }

  /**
   * The labels asked for.
   *
   * @param hostConfig what may switch SELinux labels off by the way
   */
  SecurityLabel label(JsonNode hostConfig) {
    boolean privileged = hostConfig.path("Privileged").asBoolean(false);
    if (apparmor != null) {
      provenance.origin("/label/apparmor", Origin.inspect(FIELD));
    } else {
      provenance.origin(
          "/label/apparmor",
          privileged ? Origin.inspect("HostConfig.Privileged") : Origin.byDefault(FIELD));
    }
    String by = switchesLabelsOff(hostConfig);
    boolean switchedOff = by != null && (selinux == null || selinux.equals("disable"));
    provenance.origin(
        "/label/selinux",
        switchedOff && by != null
            ? Origin.inspect(by)
            : selinux == null ? Origin.byDefault(FIELD) : Origin.inspect(FIELD));
    return new SecurityLabel(
        apparmor == null && privileged ? "unconfined" : apparmor,
        switchedOff ? "disable" : selinux);
  }

  /** For these Docker Engine notes label=disable of its own accord. */
  private static @Nullable String switchesLabelsOff(JsonNode hostConfig) {
    if (hostConfig.path("Privileged").asBoolean(false)) {
      return "HostConfig.Privileged";
    }
    for (String field : List.of("PidMode", "IpcMode")) {
      if (hostConfig.path(field).asText("").equals("host")) {
        return "HostConfig." + field;
      }
    }
    return null;
  }
}
