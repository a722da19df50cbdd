package plimsoll.read;

import static plimsoll.read.RunFlag.*;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import plimsoll.model.Capabilities;
import plimsoll.model.Confinement.KernelPaths;
import plimsoll.read.RunLine.Given;

/** Privileges, namespaces, security options and devices. */
final class IsolationFlags {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Settings of the kernel that a namespace has a copy of. */
  private static final Pattern SYSCTL_ALLOWED =
      Pattern.compile(
          "(kernel\\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|(net|fs\\.mqueue)\\..*)=.*");

  private final RunLine line;
  private final Fields fields;
  private final ClientWorld world;

  IsolationFlags(RunLine line, Fields fields, ClientWorld world) {
    this.line = line;
    this.fields = fields;
    this.world = world;
  }

  void apply() throws RunLineException {
    fields.truth(PRIVILEGED, "HostConfig.Privileged");
    capabilities();
    fields.texts(GROUP_ADD, "HostConfig.GroupAdd");
    fields.truth(READ_ONLY, "HostConfig.ReadonlyRootfs");
    fields.text(RUNTIME, "HostConfig.Runtime");
    fields.text(CGROUP_PARENT, "HostConfig.CgroupParent");
    fields.text(ISOLATION, "HostConfig.Isolation");
    namespaces();
    if (!line.all(SECURITY_OPT).isEmpty()) {
      fields.emptyList("HostConfig.SecurityOpt");
    }
    for (Given given : line.all(SECURITY_OPT)) {
      securityOption(given);
    }
    for (Given given : line.all(SYSCTL)) {
      if (line.dialect() != Dialect.PODMAN && !SYSCTL_ALLOWED.matcher(given.value()).matches()) {
        throw Quantities.invalid(given, "sysctl '" + given.value() + "' is not allowed");
      }
      keyed(given, "HostConfig.Sysctls");
    }
    for (Given given : line.all(ANNOTATION)) {
      keyed(given, "HostConfig.Annotations");
    }
    fields.emptyList("HostConfig.Devices");
    for (Given given : line.all(DEVICE)) {
      device(given);
    }
    for (Given given : line.all(DEVICE_CGROUP_RULE)) {
      if (!given.value().matches("[acb] ([0-9]+|\\*):([0-9]+|\\*) [rwm]{1,3}")) {
        throw Quantities.invalid(given, "invalid device cgroup format '" + given.value() + "'");
      }
      fields.add("HostConfig.DeviceCgroupRules", given.value(), given);
    }
    Given gpus = line.last(GPUS);
    if (gpus != null) {
      fields.add("HostConfig.DeviceRequests", gpuRequest(gpus), gpus);
    }
  }

  /** Names are sent folded and sorted; one that is both added and dropped is added. */
  private void capabilities() {
    Map<String, Given> add = folded(CAP_ADD);
    Map<String, Given> drop = folded(CAP_DROP);
    if (!add.containsKey("ALL")) {
      drop.keySet().removeAll(add.keySet());
    }
    if (line.dialect() == Dialect.PODMAN && !add.containsKey("ALL") && !drop.containsKey("ALL")) {
      // Podman leaves these out of its default set.
      for (String name : List.of("CAP_AUDIT_WRITE", "CAP_MKNOD", "CAP_NET_RAW")) {
        if (!add.containsKey(name)) {
          drop.putIfAbsent(name, new Given(CAP_DROP, name, Word.unwritten(name)));
        }
      }
    }
    reduced(add).forEach((name, given) -> fields.add("HostConfig.CapAdd", name, given));
    reduced(drop).forEach((name, given) -> fields.add("HostConfig.CapDrop", name, given));
  }

  private Map<String, Given> folded(RunFlag flag) {
    Map<String, Given> names = new TreeMap<>();
    for (Given given : line.all(flag)) {
      // Podman takes several at once.
      String[] each =
          line.dialect() == Dialect.PODMAN
              ? given.value().split(",", -1)
              : new String[] {given.value()};
      for (String one : each) {
        String name = Capabilities.normalise(one);
        names.put(name.equals("ALL") ? name : "CAP_" + name, given);
      }
    }
    return names;
  }

  private static Map<String, Given> reduced(Map<String, Given> names) {
    Given all = names.get("ALL");
    return all == null ? names : Map.of("ALL", all);
  }

  private void namespaces() throws RunLineException {
    mode(PID, "HostConfig.PidMode", List.of("", "host"), true);
    mode(UTS, "HostConfig.UTSMode", List.of("", "host"), false);
    mode(USERNS, "HostConfig.UsernsMode", List.of("", "host"), false);
    mode(CGROUPNS, "HostConfig.CgroupnsMode", List.of("", "host", "private"), false);
    // What the engine does not know of these, it refuses itself.
    fields.text(IPC, "HostConfig.IpcMode");
  }

  private void mode(RunFlag flag, String field, List<String> valid, boolean container)
      throws RunLineException {
    Given given = line.last(flag);
    if (given == null) {
      return;
    }
    if (line.dialect() == Dialect.PODMAN) {
      fields.set(field, podmansMode(given.value()), given);
      return;
    }
    boolean joins = container && given.value().matches("container:.+");
    if (!valid.contains(given.value()) && !joins) {
      throw new RunLineException(
          given.word(), flag + ": invalid " + flag.longName() + " mode: " + given.value());
    }
    fields.set(field, given.value(), given);
  }

  /**
   * A namespace as podman names it, in docker's words: its own in several ways, or another one that
   * a container, a pod or a path names.
   */
  private static String podmansMode(String value) {
    if (value.equals("host") || value.isEmpty() || value.startsWith("container:")) {
      return value;
    }
    return value.startsWith("ns:") || value.equals("pod") ? "container:" + value : "private";
  }

  /** {@code NAME=VALUE}, or {@code NAME:VALUE} where there is no equals sign. */
  private void securityOption(Given given) throws RunLineException {
    String option = given.value();
    boolean podmans = line.dialect() == Dialect.PODMAN;
    if (podmans && option.matches("(mask|proc-opts)=.*")) {
      return;
    }
    if (podmans && option.startsWith("unmask=")) {
      unmask(given, option.substring("unmask=".length()));
      return;
    }
    if (line.dialect() == Dialect.NERDCTL && option.equals("privileged-without-host-devices")) {
      return;
    }
    if (option.equals("systempaths=unconfined")) {
      fields.set("HostConfig.MaskedPaths", JSON.arrayNode(), given);
      fields.set("HostConfig.ReadonlyPaths", JSON.arrayNode(), given);
      return;
    }
    int at = option.indexOf('=');
    if (at < 0) {
      at = option.indexOf(':');
    }
    String name = at < 0 ? option : option.substring(0, at);
    String value = at < 0 ? "" : option.substring(at + 1);
    if (value.isEmpty() && !name.equals("no-new-privileges")) {
      throw new RunLineException(given.word(), "invalid --security-opt: \"" + option + "\"");
    }
    boolean isFile =
        name.equals("seccomp") && !value.equals("unconfined") && !value.equals("builtin");
    fields.add(
        "HostConfig.SecurityOpt", isFile ? "seccomp=" + profile(given, value) : option, given);
  }

  /** {@code ALL}, or paths by colon. */
  private void unmask(Given given, String paths) {
    List<String> open = List.of(paths.split(":"));
    ArrayNode masked = JSON.arrayNode();
    ArrayNode readOnly = JSON.arrayNode();
    if (!paths.equalsIgnoreCase("ALL")) {
      KernelPaths.MASKED.stream().filter(path -> !open.contains(path)).forEach(masked::add);
      KernelPaths.READ_ONLY.stream().filter(path -> !open.contains(path)).forEach(readOnly::add);
    }
    fields.set("HostConfig.MaskedPaths", masked, given);
    fields.set("HostConfig.ReadonlyPaths", readOnly, given);
  }

  /** A seccomp profile's content: the client reads the file and sends what is in it. */
  private String profile(Given given, String path) throws RunLineException {
    try {
      ObjectMapper mapper = new ObjectMapper();
      return mapper.writeValueAsString(mapper.readTree(world.file(path)));
    } catch (JsonProcessingException e) {
      throw new RunLineException(
          given.word(), "compacting json for seccomp profile (" + path + ") failed: not JSON");
    } catch (IOException e) {
      throw new RunLineException(
          given.word(), "opening seccomp profile (" + path + ") failed: " + e.getMessage());
    }
  }

  private void keyed(Given given, String field) throws RunLineException {
    int equals = given.value().indexOf('=');
    if (equals < 0) {
      throw Quantities.invalid(given, "it is NAME=VALUE");
    }
    fields.putInto(
        field, given.value().substring(0, equals), given.value().substring(equals + 1), given);
  }

  /**
   * {@code HOST[:CONTAINER][:PERMISSIONS]}, or {@code VENDOR/CLASS=NAME} of the Container Device
   * Interface.
   */
  private void device(Given given) throws RunLineException {
    String value = given.value();
    if (value.matches(
        "[A-Za-z][A-Za-z0-9_.-]*/[A-Za-z][A-Za-z0-9_.-]*=[A-Za-z0-9][A-Za-z0-9_.:-]*")) {
      ObjectNode request = JSON.objectNode().put("Driver", "cdi").put("Count", 0);
      request.putArray("DeviceIDs").add(value);
      fields.add("HostConfig.DeviceRequests", request, given);
      return;
    }
    String[] parts = value.split(":", -1);
    if (parts.length > 3 || !parts[0].startsWith("/")) {
      throw Quantities.invalid(given, "invalid device specification: " + value);
    }
    boolean modeSecond = parts.length == 2 && isDeviceMode(parts[1]);
    String inside = parts.length > 1 && !modeSecond ? parts[1] : parts[0];
    String mode = parts.length == 3 ? parts[2] : modeSecond ? parts[1] : "rwm";
    if (!isDeviceMode(mode)) {
      throw Quantities.invalid(given, "bad mode specified: " + mode);
    }
    fields.add(
        "HostConfig.Devices",
        JSON.objectNode()
            .put("PathOnHost", parts[0])
            .put("PathInContainer", inside)
            .put("CgroupPermissions", mode),
        given);
  }

  private static boolean isDeviceMode(String text) {
    return text.matches("[rwm]{1,3}") && text.chars().distinct().count() == text.length();
  }

  /** {@code all}, a count, or {@code driver=…,count=…,"device=a,b",capabilities=…}. */
  private static ObjectNode gpuRequest(Given given) throws RunLineException {
    ObjectNode request = JSON.objectNode().put("Driver", "").put("Count", 0);
    boolean counted = false;
    for (String part : Csv.split(given)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? "count" : part.substring(0, equals);
      String value = part.substring(equals + 1);
      switch (key) {
        case "count" -> {
          if (!value.equals("all") && !value.matches("-?[0-9]{1,9}")) {
            throw Quantities.invalid(given, "invalid count (" + value + ")");
          }
          request.put("Count", value.equals("all") ? -1 : Integer.parseInt(value));
          counted = true;
        }
        case "driver" -> request.put("Driver", value);
        case "device" -> {
          var ids = request.putArray("DeviceIDs");
          List.of(value.split(",")).forEach(ids::add);
          counted = true;
        }
        case "capabilities" -> {
          var all = request.putArray("Capabilities").addArray();
          List.of(value.split(",")).forEach(all::add);
        }
        case "options" -> {
          ObjectNode options = request.putObject("Options");
          for (String option : value.split(",")) {
            String[] halves = option.split("=", 2);
            options.put(halves[0], halves.length == 2 ? halves[1] : "");
          }
        }
        default -> throw Quantities.invalid(given, "unexpected key '" + key + "'");
      }
    }
    if (!counted) {
      request.put("Count", 1);
    }
    if (!request.has("Capabilities")) {
      request.putArray("Capabilities").addArray().add("gpu");
    }
    if (!request.has("Options")) {
      request.putObject("Options");
    }
    return request;
  }
}
