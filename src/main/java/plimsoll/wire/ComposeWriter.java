package plimsoll.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import plimsoll.model.Confinement;
import plimsoll.model.Devices;
import plimsoll.model.Limits;
import plimsoll.model.Limits.Memory;
import plimsoll.model.Mount;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Networking.Port;
import plimsoll.model.Seccomp;
import plimsoll.model.View;
import plimsoll.model.Volume;

/**
 * The requested view to a compose file of one service (compose-spec.io). Only what somebody asked
 * for is written.
 */
public final class ComposeWriter {
  /** Facts that a compose file has no words for, by pointer, with the reason. */
  public static final Map<String, String> UNSAID =
      Map.of(
          "/networking/publishAll",
          "compose publishes the ports it names, and has no way to publish all",
          "/networking/networks",
          "compose makes a network for the project where docker run takes the default bridge");

  private final Asked asked;
  private final Confinement facts;
  private final Map<String, Object> service = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();

  private ComposeWriter(View<Confinement> view) {
    this.asked = new Asked(view);
    this.facts = view.facts();
  }

  /**
   * A compose file and the files it names.
   *
   * @param yaml the file's text
   * @param files texts of further files, by path
   */
  public record Composed(String yaml, Map<String, String> files) {
    /** Copies the map. */
    public Composed {
      files = Map.copyOf(files);
    }
  }

  /**
   * Writes a compose file.
   *
   * @param name the service's name
   * @param volumes volumes that are described on the way
   * @param program what the container runs
   */
  public static Composed write(
      String name, View<Confinement> view, List<Volume> volumes, Program program) {
    ComposeWriter writer = new ComposeWriter(view);
    writer.identity();
    writer.program(program.fields());
    writer.privileges();
    writer.namespaces();
    Map<String, Object> described = writer.mounts(volumes);
    writer.devices();
    writer.limits();
    writer.networking();
    writer.lifecycle();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("services", Map.of(name, writer.service));
    List<String> networks = view.facts().networking().networks();
    if (writer.service.containsKey("networks")) {
      Map<String, Object> all = new LinkedHashMap<>();
      networks.forEach(network -> all.put(network, Map.of("external", true)));
      document.put("networks", all);
    }
    if (!described.isEmpty()) {
      document.put("volumes", described);
    }
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    return new Composed(new Yaml(options).dump(document), writer.files);
  }

  /** In a compose file a dollar sign starts a variable unless there are two. */
  private static String text(String value) {
    return value.replace("$", "$$");
  }

  private void put(String key, @Nullable Object value) {
    if (value instanceof String text) {
      service.put(key, text(text));
    } else if (value instanceof List<?> list) {
      if (!list.isEmpty()) {
        service.put(key, list.stream().map(e -> e instanceof String one ? text(one) : e).toList());
      }
    } else if (value instanceof Map<?, ?> map) {
      if (!map.isEmpty()) {
        Map<Object, Object> escaped = new LinkedHashMap<>();
        map.forEach((k, v) -> escaped.put(k, v instanceof String one ? text(one) : v));
        service.put(key, escaped);
      }
    } else if (value != null) {
      service.put(key, value);
    }
  }

  private void putIfAsked(String pointer, String key, @Nullable Object value) {
    if (asked.isFor(pointer)) {
      put(key, value);
    }
  }

  private void identity() {
    put("image", facts.image() == null ? "" : facts.image().toString());
    putIfAsked("/user", "user", facts.user().spec());
    put("group_add", facts.user().groups());
    put("volumes_from", facts.volumesFrom().stream().map(from -> "container:" + from).toList());
    put("sysctls", facts.sysctls());
    put("annotations", facts.annotations());
    putIfAsked("/runtime", "runtime", facts.runtime());
    putIfAsked("/cgroupParent", "cgroup_parent", facts.cgroupParent());
  }

  private void program(JsonNode fields) {
    put("environment", Json.texts(fields.path("Env")));
    put("command", Json.texts(fields.path("Cmd")));
    put("entrypoint", Json.texts(fields.path("Entrypoint")));
    put("labels", Json.map(fields.path("Labels")));
    JsonNode check = fields.path("Healthcheck");
    List<String> test = Json.texts(check.path("Test"));
    if (!test.isEmpty()) {
      Map<String, Object> health = new LinkedHashMap<>();
      if (test.get(0).equals("NONE")) {
        health.put("disable", true);
      } else {
        health.put("test", test.stream().map(ComposeWriter::text).toList());
      }
      for (var time :
          Map.of(
                  "Interval", "interval",
                  "Timeout", "timeout",
                  "StartPeriod", "start_period",
                  "StartInterval", "start_interval")
              .entrySet()) {
        if (Json.says(check.path(time.getKey()))) {
          health.put(time.getValue(), check.path(time.getKey()).asLong() / 1000 + "us");
        }
      }
      if (Json.says(check.path("Retries"))) {
        health.put("retries", check.path("Retries").asLong());
      }
      service.put("healthcheck", health);
    }
  }

  private void privileges() {
    putIfAsked("/privileged", "privileged", facts.privileged());
    putIfAsked("/readOnlyRoot", "read_only", facts.readOnlyRoot());
    put("cap_add", List.copyOf(facts.capabilities().added()));
    put("cap_drop", List.copyOf(facts.capabilities().dropped()));
    List<String> options = new ArrayList<>();
    for (String option : asked.securityOptions()) {
      Seccomp seccomp = facts.seccomp();
      if (seccomp.content() != null && option.startsWith("seccomp=")) {
        String path = "./seccomp.json";
        files.put(path, seccomp.content());
        options.add("seccomp=" + path);
      } else {
        options.add(option);
      }
    }
    if (asked.isFor("/kernelPaths") && !Boolean.TRUE.equals(facts.privileged())) {
      options.add("systempaths=unconfined");
    }
    put("security_opt", options);
  }

  private void namespaces() {
    Map<String, String> modes = asked.namespaceModes();
    put("pid", modes.get("PidMode"));
    put("ipc", modes.get("IpcMode"));
    put("uts", modes.get("UTSMode"));
    put("userns_mode", modes.get("UsernsMode"));
    put("cgroup", modes.get("CgroupnsMode"));
    String network = modes.get("NetworkMode");
    List<String> networks = facts.networking().networks();
    boolean named =
        facts.namespaces().network().mode() == Mode.PRIVATE && !networks.equals(List.of("bridge"));
    if (named && network != null) {
      put("networks", networks);
    } else {
      put("network_mode", network);
    }
  }

  /** Writes mounts; what is left is the file's own section of volumes with drivers. */
  private Map<String, Object> mounts(List<Volume> described) {
    List<Object> volumes = new ArrayList<>();
    List<String> tmpfs = new ArrayList<>();
    Map<String, Object> drivers = new LinkedHashMap<>();
    for (Mount mount : facts.mounts()) {
      Volume volume =
          described.stream().filter(v -> v.name().equals(mount.volume())).findFirst().orElse(null);
      if (mount.type().equals("tmpfs")) {
        String options = Asked.tmpfsOptions(mount);
        tmpfs.add(mount.destination() + (options.isEmpty() ? "" : ":" + options));
      } else if (mount.type().equals("volume") && mount.volume() == null) {
        volumes.add(mount.destination());
      } else if (volume == null && Asked.fitsShortForm(mount)) {
        volumes.add(Asked.shortForm(mount));
      } else {
        volumes.add(longForm(mount));
      }
      if (volume != null) {
        drivers.put(
            volume.name(), Map.of("driver", volume.driver(), "driver_opts", volume.options()));
      } else if (mount.volume() != null) {
        drivers.put(mount.volume(), Map.of());
      }
    }
    put("volumes", volumes);
    put("tmpfs", tmpfs);
    return drivers;
  }

  private static Map<String, Object> longForm(Mount mount) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("type", mount.type());
    String source = mount.volume() == null ? mount.source() : mount.volume();
    if (source != null) {
      spec.put("source", text(source));
    }
    spec.put("target", text(mount.destination()));
    if (mount.readOnly()) {
      spec.put("read_only", true);
    }
    if (mount.type().equals("bind") && mount.propagation() != null) {
      spec.put("bind", Map.of("propagation", mount.propagation()));
    }
    return spec;
  }

  private void devices() {
    List<Object> devices = new ArrayList<>();
    for (Devices.Node node : facts.devices().nodes()) {
      devices.add(node.path() + ":" + node.inContainer() + ":" + node.permissions());
    }
    List<Object> requests = new ArrayList<>();
    for (Devices.Request request : facts.devices().requests()) {
      if (request.driver().equals("cdi")) {
        devices.addAll(request.ids());
        continue;
      }
      Map<String, Object> spec = new LinkedHashMap<>();
      if (!request.driver().isEmpty()) {
        spec.put("driver", request.driver());
      }
      if (request.count() != 0) {
        spec.put("count", request.count() < 0 ? "all" : request.count());
      }
      if (!request.ids().isEmpty()) {
        spec.put("device_ids", request.ids());
      }
      if (!request.capabilities().isEmpty()) {
        spec.put("capabilities", List.of(request.capabilities().get(0).split(",")));
      }
      requests.add(spec);
    }
    put("devices", devices);
    put("device_cgroup_rules", facts.devices().cgroupRules());
    put("gpus", requests);
  }

  private void limits() {
    Limits limits = facts.limits();
    Memory memory = limits.memory();
    put("mem_limit", memory.limit());
    if (memory.limit() != null) {
      putIfAsked(
          "/limits/memory/swap",
          "memswap_limit",
          memory.swap() == null ? -1 : memory.limit() + memory.swap());
    }
    put("mem_reservation", memory.reservation());
    putIfAsked("/limits/memory/oomKillDisabled", "oom_kill_disable", memory.oomKillDisabled());
    putIfAsked("/limits/memory/oomScoreAdjust", "oom_score_adj", memory.oomScoreAdjust());
    putIfAsked("/limits/pids", "pids_limit", limits.pids() == null ? -1 : limits.pids());
    if (limits.cpu().cpus() != null) {
      put("cpus", limits.cpu().cpus());
    } else {
      putIfAsked("/limits/cpu/cpus", "cpu_quota", -1);
    }
    put("cpu_shares", limits.cpu().shares());
    put("cpuset", limits.cpu().cpuset());
    put("cpu_rt_runtime", limits.cpu().realtimeRuntime());
    Map<String, Object> io = new LinkedHashMap<>();
    if (limits.io().weight() != null) {
      io.put("weight", limits.io().weight());
    }
    for (Limits.Throttle throttle : limits.io().throttles()) {
      @SuppressWarnings("unchecked")
      List<Object> list =
          (List<Object>)
              io.computeIfAbsent(
                  "device_" + throttle.kind().replace('-', '_'), key -> new ArrayList<>());
      list.add(Map.of("path", throttle.device(), "rate", throttle.rate()));
    }
    put("blkio_config", io);
    Map<String, Object> ulimits = new LinkedHashMap<>();
    limits
        .ulimits()
        .forEach(u -> ulimits.put(u.name(), Map.of("soft", u.soft(), "hard", u.hard())));
    put("ulimits", ulimits);
  }

  private void networking() {
    List<Object> ports = new ArrayList<>();
    for (Port port : facts.networking().ports()) {
      String[] inside = port.containerPort().split("/", 2);
      Map<String, Object> spec = new LinkedHashMap<>();
      spec.put("target", Integer.parseInt(inside[0]));
      spec.put("protocol", inside.length == 2 ? inside[1] : "tcp");
      if (port.hostPort() != null) {
        spec.put("published", Asked.hostPort(port));
      }
      if (!port.address().isEmpty()) {
        spec.put("host_ip", port.address());
      }
      ports.add(spec);
    }
    put("ports", ports);
    put("extra_hosts", facts.networking().extraHosts());
    put("external_links", facts.networking().links());
  }

  private void lifecycle() {
    var lifecycle = facts.lifecycle();
    put("init", lifecycle.init());
    Integer retries = lifecycle.restartRetries();
    putIfAsked(
        "/lifecycle/restart",
        "restart",
        lifecycle.restart() + (retries == null || retries == 0 ? "" : ":" + retries));
    Map<String, Object> logging = new LinkedHashMap<>();
    if (asked.isFor("/lifecycle/logDriver")) {
      logging.put("driver", lifecycle.logDriver());
    }
    if (!lifecycle.logOptions().isEmpty()) {
      logging.put("options", lifecycle.logOptions());
    }
    put("logging", logging);
  }
}
