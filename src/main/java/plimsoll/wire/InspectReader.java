package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Activity;
import plimsoll.model.Capabilities;
import plimsoll.model.Confinement;
import plimsoll.model.Confinement.KernelPaths;
import plimsoll.model.Identity;
import plimsoll.model.ImageReference;
import plimsoll.model.Lifecycle;
import plimsoll.model.Lifecycle.HealthCheck;
import plimsoll.model.Namespaces;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Namespaces.Namespace;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.model.User;
import plimsoll.model.Variable;
import plimsoll.model.View;
import plimsoll.wire.ImageReader.Inspected;

/**
 * {@code GET /containers/ID/json} to the requested view. Engine API 1.41 (20.10) and later.
 *
 * <p>An inspect answer does not keep apart what was asked for from what the image says and from
 * what the engine filled in. A value equal to the engine's default counts as not asked for, a user
 * equal to the image's as the image's.
 */
public final class InspectReader {
  private final JsonNode inspect;
  private final JsonNode config;
  private final JsonNode hostConfig;
  private final @Nullable Inspected image;
  private final List<ExecReader.Started> started;
  private final Provenance provenance = new Provenance();

  private InspectReader(
      JsonNode inspect, @Nullable Inspected image, List<ExecReader.Started> started) {
    this.started = started;
    this.inspect = inspect;
    this.config = inspect.path("Config");
    this.hostConfig = inspect.path("HostConfig");
    this.image = image;
  }

  /** Who the container is. */
  public static Identity identity(JsonNode inspect) {
    JsonNode state = inspect.path("State");
    JsonNode labels = inspect.path("Config").path("Labels");
    return new Identity(
        inspect.path("Id").asText(),
        inspect.path("Name").asText().replaceFirst("^/", ""),
        Json.text(state, "Status", "unknown"),
        Json.positive(state, "Pid"),
        Json.text(inspect.path("Config"), "Image"),
        Json.text(inspect, "Image"),
        service(Json.map(labels)));
  }

  private static @Nullable String service(Map<String, String> labels) {
    String swarm = labels.get("com.docker.swarm.service.name");
    if (swarm != null) {
      return "service " + swarm;
    }
    String project = labels.get("com.docker.compose.project");
    String service = labels.get("com.docker.compose.service");
    return project != null && service != null ? "compose " + project + "/" + service : null;
  }

  /**
   * What was requested.
   *
   * @param image the container's image, so that what it says is not taken for a request; null where
   *     it is gone
   */
  public static View<Confinement> requested(JsonNode inspect, @Nullable Inspected image) {
    return requested(inspect, image, List.of());
  }

  /**
   * What was requested.
   *
   * @param started what {@code docker exec} and health checks have running in it
   */
  public static View<Confinement> requested(
      JsonNode inspect, @Nullable Inspected image, List<ExecReader.Started> started) {
    return new InspectReader(inspect, image, started).read();
  }

  private View<Confinement> read() {
    KnownFields.noteUnknown(inspect, provenance);
    boolean privileged = truth("/privileged", "Privileged");
    SecurityOptions options = SecurityOptions.read(hostConfig.path("SecurityOpt"), provenance);
    Confinement facts =
        new Confinement(
            privileged,
            user(),
            capabilities(privileged),
            options.seccomp(privileged),
            options.label(hostConfig),
            options.noNewPrivileges(),
            namespaces(),
            MountReader.read(inspect, image == null ? null : image.facts(), provenance),
            truth("/readOnlyRoot", "ReadonlyRootfs"),
            kernelPaths(privileged),
            DeviceReader.read(hostConfig, provenance),
            LimitsReader.read(hostConfig, provenance),
            NetworkingReader.read(inspect, provenance),
            lifecycle(),
            Optional.ofNullable(said("/runtime", "Runtime")).orElse("runc"),
            said("/cgroupParent", "CgroupParent"),
            Json.map(hostConfig.path("Sysctls")),
            imageReference(),
            environment(),
            Json.map(hostConfig.path("Annotations")),
            Json.texts(hostConfig.path("VolumesFrom")),
            labels());
    for (String name : List.of("Sysctls", "Annotations", "VolumesFrom")) {
      provenance.origin(
          "/" + Character.toLowerCase(name.charAt(0)) + name.substring(1), origin(name));
    }
    return provenance.view(facts);
  }

  private User user() {
    String spec = config.path("User").asText("");
    String field = "Config.User";
    String ofImage = image == null ? null : Optional.ofNullable(image.facts().user()).orElse("");
    if (spec.isEmpty()) {
      provenance.origin("/user", Origin.byDefault(field));
    } else {
      provenance.origin(
          "/user", spec.equals(ofImage) ? Origin.image(field) : Origin.inspect(field));
    }
    provenance.origin(
        "/user/groups",
        Json.says(hostConfig.path("GroupAdd"))
            ? Origin.inspect("HostConfig.GroupAdd")
            : Origin.byDefault("HostConfig.GroupAdd"));
    Long uid = uid(spec);
    if (uid == null) {
      provenance.gap(
          "/user/uid",
          "user " + spec + " is a name: only the image's /etc/passwd knows its number");
    }
    return new User(spec, uid, null, gid(spec), Json.texts(hostConfig.path("GroupAdd")));
  }

  /** The primary group's number; null where only the image's {@code /etc/passwd} knows it. */
  private static @Nullable Long gid(String spec) {
    String[] parts = spec.split(":", 2);
    if (parts.length == 2) {
      return uid(parts[1]);
    }
    return Long.valueOf(0).equals(uid(spec)) ? (Long) 0L : null;
  }

  /**
   * The number a user is: nobody named, {@code root} and every spelling of zero are 0; null for
   * another name.
   */
  static @Nullable Long uid(String spec) {
    String name = spec.split(":", 2)[0].strip();
    if (name.isEmpty() || name.equals("root")) {
      return 0L;
    }
    if (!name.matches("[+-]?[0-9]{1,10}")) {
      return null;
    }
    return Long.parseLong(name);
  }

  private @Nullable ImageReference imageReference() {
    provenance.origin("/image", Origin.inspect("Config.Image"));
    String text = Json.text(config, "Image");
    ImageReference reference = text == null ? null : ImageReference.parse(text);
    if (reference != null && reference.digest() == null) {
      provenance.origin("/image/digest", Origin.byDefault("Config.Image"));
    }
    return reference;
  }

  /** The engine adds those of the image to what was asked for. */
  private Map<String, String> labels() {
    provenance.origin("/labels", Origin.byDefault("Config.Labels"));
    Map<String, String> labels = Json.map(config.path("Labels"));
    Map<String, String> ofImage = image == null ? Map.of() : image.labels();
    labels.replaceAll((name, value) -> {
      String field = "Config.Labels." + name;
      provenance.origin(
          "/labels/" + Json.step(name),
          value.equals(ofImage.get(name)) ? Origin.image(field) : Origin.inspect(field));
      return Secrets.label(name, value);
    });
    return labels;
  }

  private List<Variable> environment() {
    List<Variable> variables = new ArrayList<>();
    int index = -1;
    for (String entry : Json.texts(config.path("Env"))) {
      index++;
      int equals = entry.indexOf('=');
      if (equals > 0) {
        String field = "Config.Env[" + index + "]";
        provenance.origin(
            "/environment/" + variables.size(),
            image != null && image.environment().contains(entry)
                ? Origin.image(field)
                : Origin.inspect(field));
        variables.add(Secrets.variable(entry.substring(0, equals), entry.substring(equals + 1)));
      }
    }
    provenance.origin("/environment", Origin.byDefault("Config.Env"));
    return variables;
  }

  private Capabilities capabilities(boolean privileged) {
    JsonNode add = hostConfig.path("CapAdd");
    JsonNode drop = hostConfig.path("CapDrop");
    Origin ofAdd = origin("CapAdd");
    Origin ofDrop = origin("CapDrop");
    Origin ofBounding =
        privileged ? Origin.inspect("HostConfig.Privileged") : Json.says(add) ? ofAdd : ofDrop;
    provenance.origin("/capabilities/added", ofAdd);
    provenance.origin("/capabilities/dropped", ofDrop);
    provenance.origin("/capabilities/bounding", ofBounding);
    provenance.origin(
        "/capabilities/unrequested",
        privileged ? ofBounding : Origin.byDefault("HostConfig.CapDrop"));
    return Capabilities.requested(Json.texts(add), Json.texts(drop), privileged);
  }

  private Namespaces namespaces() {
    return new Namespaces(
        namespace("network", "NetworkMode", Mode.PRIVATE),
        namespace("pid", "PidMode", Mode.PRIVATE),
        namespace("ipc", "IpcMode", Mode.PRIVATE),
        namespace("uts", "UTSMode", Mode.PRIVATE),
        userNamespace(),
        namespace("cgroup", "CgroupnsMode", Mode.PRIVATE));
  }

  private Namespace namespace(String name, String field, Mode otherwise) {
    String mode = hostConfig.path(field).asText("");
    provenance.origin("/namespaces/" + name, Origin.inspect("HostConfig." + field));
    if (mode.startsWith("container:")) {
      return Namespace.ofContainer(mode.substring("container:".length()));
    }
    return switch (mode) {
      case "host" -> Namespace.of(Mode.HOST);
      case "none" -> Namespace.of(Mode.NONE);
      case "shareable" -> Namespace.of(Mode.SHAREABLE);
      case "", "default", "private" -> {
        provenance.origin(
            "/namespaces/" + name, origin(field, mode.isEmpty() || mode.equals("default")));
        yield Namespace.of(otherwise);
      }
      // A network's name: the container has a namespace of its own, connected to that network.
      default -> Namespace.of(otherwise);
    };
  }

  private Origin origin(String field, boolean unset) {
    return unset ? Origin.byDefault("HostConfig." + field) : Origin.inspect("HostConfig." + field);
  }

  /**
   * Whether a container that says nothing has a user namespace of its own is the daemon's to say:
   * see derivation.
   */
  private Namespace userNamespace() {
    String mode = hostConfig.path("UsernsMode").asText("");
    provenance.origin("/namespaces/user", origin("UsernsMode"));
    if (mode.startsWith("container:")) {
      return Namespace.ofContainer(mode.substring("container:".length()));
    }
    return switch (mode) {
      case "" -> Namespace.EMPTY;
      case "host" -> Namespace.of(Mode.HOST);
      default -> Namespace.of(Mode.PRIVATE);
    };
  }

  /** Not said, the engine closes what it always closes; an empty list closes nothing. */
  private KernelPaths kernelPaths(boolean privileged) {
    JsonNode masked = hostConfig.path("MaskedPaths");
    JsonNode readOnly = hostConfig.path("ReadonlyPaths");
    KernelPaths paths =
        privileged
            ? KernelPaths.closing(List.of(), List.of())
            : KernelPaths.closing(
                masked.isArray() ? Json.texts(masked) : KernelPaths.MASKED,
                readOnly.isArray() ? Json.texts(readOnly) : KernelPaths.READ_ONLY);
    String field = privileged ? "HostConfig.Privileged" : "HostConfig.MaskedPaths";
    provenance.origin(
        "/kernelPaths",
        paths.equals(KernelPaths.EMPTY) ? Origin.byDefault(field) : Origin.inspect(field));
    return paths;
  }

  private Lifecycle lifecycle() {
    JsonNode restart = hostConfig.path("RestartPolicy");
    JsonNode log = hostConfig.path("LogConfig");
    provenance.origin("/lifecycle/init", origin("Init"));
    provenance.origin(
        "/lifecycle/restart",
        Json.text(restart, "Name", "no").equals("no")
            ? Origin.byDefault("HostConfig.RestartPolicy")
            : Origin.inspect("HostConfig.RestartPolicy"));
    // The engine writes its own default driver into the record: derivation tells the two apart.
    provenance.origin(
        "/lifecycle/logDriver",
        Json.text(log, "Type") == null
            ? Origin.byDefault("HostConfig.LogConfig.Type")
            : Origin.inspect("HostConfig.LogConfig.Type"));
    Map<String, String> logOptions = Json.map(log.path("Config"));
    provenance.origin("/lifecycle/logOptions", Origin.byDefault("HostConfig.LogConfig.Config"));
    for (String option : logOptions.keySet()) {
      provenance.origin(
          "/lifecycle/logOptions/" + option,
          Origin.inspect("HostConfig.LogConfig.Config." + option));
    }
    HealthCheck healthCheck = ImageReader.healthCheck(config);
    boolean ofImage = image != null && healthCheck == image.facts().healthCheck();
    provenance.origin(
        "/lifecycle/healthCheck",
        healthCheck == HealthCheck.ABSENT
            ? Origin.byDefault("Config.Healthcheck")
            : ofImage ? Origin.image("Config.Healthcheck") : Origin.inspect("Config.Healthcheck"));
    Long retries = Json.number(restart, "MaximumRetryCount");
    return new Lifecycle(
        Json.truth(hostConfig, "Init"),
        Json.text(restart, "Name", "no"),
        retries == null ? 0 : retries.intValue(),
        healthCheck,
        Json.text(log, "Type", "json-file"),
        null,
        maskedLogOptions(logOptions),
        execs(),
        activity());
  }

  /** Of one that runs, the kernel tells more than the engine. */
  private @Nullable Activity activity() {
    JsonNode state = inspect.path("State");
    boolean running = state.path("Running").asBoolean(false);
    boolean killed = !running && state.path("OOMKilled").asBoolean(false);
    String health = running ? Json.text(state.path("Health"), "Status") : null;
    if (killed) {
      provenance.origin("/lifecycle/activity", Origin.inspect("State.OOMKilled"));
      return new Activity(null, null, 1, null, null);
    }
    if (health != null && !health.equals("none")) {
      provenance.origin("/lifecycle/activity/health", Origin.inspect("State.Health.Status"));
      return new Activity(null, null, null, null, health);
    }
    return null;
  }

  private List<Lifecycle.Hook> execs() {
    provenance.origin("/lifecycle/hooks", Origin.inspect("ExecIDs"));
    return started.stream()
        .filter(exec -> !exec.healthCheck())
        .map(exec ->
            new Lifecycle.Hook(
                "exec",
                exec.exec().user().isEmpty() ? null : exec.exec().user(),
                exec.exec().privileged()))
        .toList();
  }

  /**
   * Logging options carry tokens and passwords; only sizes, counts and switches are kept readable.
   */
  private static Map<String, String> maskedLogOptions(Map<String, String> options) {
    options.replaceAll((name, value) ->
        value.matches("(?i)[0-9]{1,9}[kmg]?b?|true|false|blocking|non-blocking") ? value : "***");
    return options;
  }

  private boolean truth(String pointer, String field) {
    boolean value = hostConfig.path(field).asBoolean(false);
    provenance.origin(pointer, origin(field));
    return value;
  }

  private @Nullable String said(String pointer, String field) {
    provenance.origin(pointer, origin(field));
    return Json.text(hostConfig, field);
  }

  private Origin origin(String field) {
    return origin(field, !Json.says(hostConfig.path(field)));
  }
}
