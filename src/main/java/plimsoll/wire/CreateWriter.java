package plimsoll.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import plimsoll.model.Confinement;
import plimsoll.model.Confinement.KernelPaths;
import plimsoll.model.Devices;
import plimsoll.model.Limits;
import plimsoll.model.Limits.Cpu;
import plimsoll.model.Limits.Memory;
import plimsoll.model.Mount;
import plimsoll.model.Networking.Port;
import plimsoll.model.View;
import plimsoll.model.Volume;

/**
 * The requested view to the body of {@code POST /containers/create} (Engine API 1.41 and later).
 * Only what somebody asked for is sent: the engine's defaults stay the engine's.
 */
public final class CreateWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Asked asked;
  private final Confinement facts;
  private final ObjectNode body;
  private final ObjectNode hostConfig;

  private CreateWriter(View<Confinement> view, Program program) {
    this.asked = new Asked(view);
    this.facts = view.facts();
    this.body = program.fields().deepCopy();
    this.hostConfig = JSON.objectNode();
  }

  /**
   * Writes a request.
   *
   * @param volumes volumes that are described on the way, which the engine makes with the container
   * @param program what the container runs
   */
  public static ObjectNode write(View<Confinement> view, List<Volume> volumes, Program program) {
    CreateWriter writer = new CreateWriter(view, program);
    writer.identity();
    writer.privileges();
    writer.namespaces();
    writer.mounts(volumes);
    writer.devices();
    writer.memory();
    writer.processorAndIo();
    writer.networking();
    writer.lifecycle();
    writer.body.set("HostConfig", writer.hostConfig);
    return writer.body;
  }

  private void identity() {
    if (facts.image() != null) {
      body.put("Image", facts.image().toString());
    }
    if (asked.isFor("/user") && facts.user().spec() != null) {
      body.put("User", facts.user().spec());
    }
    texts("GroupAdd", facts.user().groups());
    texts("VolumesFrom", facts.volumesFrom());
    map("Sysctls", facts.sysctls());
    map("Annotations", facts.annotations());
    if (asked.isFor("/runtime")) {
      hostConfig.put("Runtime", facts.runtime());
    }
    if (asked.isFor("/cgroupParent")) {
      hostConfig.put("CgroupParent", facts.cgroupParent());
    }
  }

  private void privileges() {
    truth("/privileged", "Privileged", facts.privileged());
    truth("/readOnlyRoot", "ReadonlyRootfs", facts.readOnlyRoot());
    texts("CapAdd", prefixed(facts.capabilities().added()));
    texts("CapDrop", prefixed(facts.capabilities().dropped()));
    texts("SecurityOpt", asked.securityOptions());
    if (asked.isFor("/kernelPaths") && !Boolean.TRUE.equals(facts.privileged())) {
      closed("MaskedPaths", KernelPaths.MASKED, facts.kernelPaths().exposed());
      closed("ReadonlyPaths", KernelPaths.READ_ONLY, facts.kernelPaths().writable());
    }
  }

  private static List<String> prefixed(Collection<String> names) {
    return names.stream().map(name -> name.equals("ALL") ? name : "CAP_" + name).toList();
  }

  private void closed(String field, List<String> usual, Collection<String> open) {
    TreeSet<String> closed = new TreeSet<>(usual);
    closed.removeAll(open);
    ArrayNode list = hostConfig.putArray(field);
    closed.forEach(list::add);
  }

  private void namespaces() {
    for (var mode : asked.namespaceModes().entrySet()) {
      hostConfig.put(mode.getKey(), mode.getValue());
    }
  }

  private void mounts(List<Volume> volumes) {
    for (Mount mount : facts.mounts()) {
      Volume volume =
          volumes.stream().filter(v -> v.name().equals(mount.volume())).findFirst().orElse(null);
      if (mount.type().equals("tmpfs")) {
        objectIn(hostConfig, "Tmpfs").put(mount.destination(), Asked.tmpfsOptions(mount));
      } else if (mount.type().equals("volume") && mount.volume() == null) {
        objectIn(body, "Volumes").putObject(mount.destination());
      } else if (volume != null || !Asked.fitsShortForm(mount)) {
        hostConfig.withArray("Mounts").add(longForm(mount, volume));
      } else {
        hostConfig.withArray("Binds").add(Asked.shortForm(mount));
      }
    }
  }

  private static ObjectNode longForm(
      Mount mount, @org.jspecify.annotations.Nullable Volume volume) {
    ObjectNode spec = JSON.objectNode().put("Type", mount.type());
    String source = mount.volume() == null ? mount.source() : mount.volume();
    if (source != null && (volume == null || !CreateReader.isAnonymous(source))) {
      spec.put("Source", source);
    }
    spec.put("Target", mount.destination()).put("ReadOnly", mount.readOnly());
    if (mount.type().equals("bind") && mount.propagation() != null) {
      spec.putObject("BindOptions").put("Propagation", mount.propagation());
    }
    if (volume != null) {
      ObjectNode driver = spec.putObject("VolumeOptions").putObject("DriverConfig");
      ObjectNode options = driver.put("Name", volume.driver()).putObject("Options");
      volume.options().forEach(options::put);
    }
    return spec;
  }

  private void devices() {
    for (Devices.Node node : facts.devices().nodes()) {
      hostConfig
          .withArray("Devices")
          .addObject()
          .put("PathOnHost", node.path())
          .put("PathInContainer", node.inContainer())
          .put("CgroupPermissions", node.permissions());
    }
    texts("DeviceCgroupRules", facts.devices().cgroupRules());
    for (Devices.Request request : facts.devices().requests()) {
      ObjectNode node = hostConfig.withArray("DeviceRequests").addObject();
      node.put("Driver", request.driver()).put("Count", request.count());
      request.ids().forEach(node.putArray("DeviceIDs")::add);
      ArrayNode sets = node.putArray("Capabilities");
      for (String set : request.capabilities()) {
        List.of(set.split(",")).forEach(sets.addArray()::add);
      }
    }
  }

  private void memory() {
    Memory memory = facts.limits().memory();
    number("Memory", memory.limit());
    if (asked.isFor("/limits/memory/swap") && memory.limit() != null) {
      hostConfig.put("MemorySwap", memory.swap() == null ? -1 : memory.limit() + memory.swap());
    }
    number("MemoryReservation", memory.reservation());
    truth("/limits/memory/oomKillDisabled", "OomKillDisable", memory.oomKillDisabled());
    if (asked.isFor("/limits/memory/oomScoreAdjust")) {
      hostConfig.put("OomScoreAdj", memory.oomScoreAdjust());
    }
    if (asked.isFor("/limits/pids")) {
      hostConfig.put("PidsLimit", facts.limits().pids() == null ? -1 : facts.limits().pids());
    }
  }

  private void processorAndIo() {
    Limits limits = facts.limits();
    Cpu cpu = limits.cpu();
    if (cpu.cpus() != null) {
      hostConfig.put("NanoCpus", Math.round(cpu.cpus() * 1e9));
    } else if (asked.isFor("/limits/cpu/cpus")) {
      hostConfig.put("CpuQuota", -1);
    }
    number("CpuShares", cpu.shares());
    number("CpuRealtimeRuntime", cpu.realtimeRuntime());
    if (cpu.cpuset() != null) {
      hostConfig.put("CpusetCpus", cpu.cpuset());
    }
    if (limits.io().weight() != null) {
      hostConfig.put("BlkioWeight", limits.io().weight());
    }
    for (Limits.Throttle throttle : limits.io().throttles()) {
      LimitsReader.THROTTLES.forEach((field, kind) -> {
        if (kind.equals(throttle.kind())) {
          hostConfig
              .withArray(field)
              .addObject()
              .put("Path", throttle.device())
              .put("Rate", throttle.rate());
        }
      });
    }
    for (Limits.Ulimit ulimit : limits.ulimits()) {
      hostConfig
          .withArray("Ulimits")
          .addObject()
          .put("Name", ulimit.name())
          .put("Soft", ulimit.soft())
          .put("Hard", ulimit.hard());
    }
  }

  private void networking() {
    for (Port port : facts.networking().ports()) {
      objectIn(body, "ExposedPorts").putObject(port.containerPort());
      ObjectNode bindings = objectIn(hostConfig, "PortBindings");
      bindings
          .withArray(port.containerPort())
          .addObject()
          .put("HostIp", port.address())
          .put("HostPort", Asked.hostPort(port));
    }
    truth("/networking/publishAll", "PublishAllPorts", facts.networking().publishAll());
    texts("ExtraHosts", facts.networking().extraHosts());
    texts("Links", facts.networking().links());
    List<String> more = asked.furtherNetworks();
    if (!more.isEmpty()) {
      ObjectNode endpoints = body.putObject("NetworkingConfig").putObject("EndpointsConfig");
      facts.networking().networks().forEach(endpoints::putObject);
    }
  }

  private void lifecycle() {
    var lifecycle = facts.lifecycle();
    if (lifecycle.init() != null) {
      hostConfig.put("Init", lifecycle.init());
    }
    if (asked.isFor("/lifecycle/restart")) {
      hostConfig
          .putObject("RestartPolicy")
          .put("Name", lifecycle.restart())
          .put("MaximumRetryCount", lifecycle.restartRetries());
    }
    boolean driver = asked.isFor("/lifecycle/logDriver");
    if (driver || !lifecycle.logOptions().isEmpty()) {
      ObjectNode log = hostConfig.putObject("LogConfig");
      log.put("Type", driver ? lifecycle.logDriver() : "");
      ObjectNode options = log.putObject("Config");
      lifecycle.logOptions().forEach(options::put);
    }
  }

  private void truth(
      String pointer, String field, @org.jspecify.annotations.Nullable Boolean value) {
    if (asked.isFor(pointer)) {
      hostConfig.put(field, value);
    }
  }

  private void number(String field, @org.jspecify.annotations.Nullable Long value) {
    if (value != null) {
      hostConfig.put(field, value);
    }
  }

  private void texts(String field, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(hostConfig.putArray(field)::add);
    }
  }

  private void map(String field, Map<String, String> values) {
    if (!values.isEmpty()) {
      values.forEach(hostConfig.putObject(field)::put);
    }
  }

  private static ObjectNode objectIn(ObjectNode parent, String name) {
    return parent.path(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }
}
