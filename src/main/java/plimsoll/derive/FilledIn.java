package plimsoll.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Lifecycle;
import plimsoll.model.Namespaces;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Namespaces.Namespace;
import plimsoll.model.Network;
import plimsoll.model.Networking;
import plimsoll.model.Networking.Port;
import plimsoll.model.Origin;
import plimsoll.model.Source;
import plimsoll.model.View;

/**
 * What an engine writes into its record of a container where the request said nothing. The record
 * does not tell it from a request; what is the same as the engine's own choice counts as that.
 */
final class FilledIn {
  private final Engine engine;
  private final List<Network> networks;
  private final View<Confinement> view;
  private final Map<String, Origin> origins = new TreeMap<>();

  private FilledIn(Engine engine, List<Network> networks, View<Confinement> view) {
    this.engine = engine;
    this.networks = networks;
    this.view = view;
  }

  static Container apply(
      Container container, @Nullable View<Engine> engine, List<Network> networks) {
    return engine == null
        ? container
        : container.withRequested(
            new FilledIn(engine.facts(), networks, container.requested()).apply());
  }

  private View<Confinement> apply() {
    Confinement was = view.facts();
    Engine.Platform platform = engine.platform();
    sameAs("/runtime", was.runtime(), platform.defaultRuntime());
    sameAs("/lifecycle/logDriver", was.lifecycle().logDriver(), platform.loggingDriver());
    Namespaces namespaces = was.namespaces();
    Origin cgroup = view.originOf("/namespaces/cgroup");
    boolean typed = cgroup != null && cgroup.source() == Source.FILE;
    if ("1".equals(platform.cgroupVersion()) && namespaces.cgroup().mode() == Mode.HOST && !typed) {
      // There it is the engine's default, so that nobody can tell whether it was asked for.
      origins.put(
          "/namespaces/cgroup", Origin.byDefault("HostConfig.CgroupnsMode on cgroup version 1"));
      namespaces = namespaces.withCgroup(new Namespace(null, null, true, null, null));
    }
    if (was.networking().networks().equals(List.of("bridge")) && writesBridge()) {
      origins.put("/networking/networks", Origin.byDefault("HostConfig.NetworkMode"));
    }
    return view.with(
        was.filledIn(namespaces, lifecycle(was.lifecycle()), networking(was.networking())),
        origins);
  }

  private void sameAs(String pointer, @Nullable String value, @Nullable String engines) {
    if (value != null && value.equals(engines)) {
      origins.put(pointer, Origin.byDefault(pointer.substring(pointer.lastIndexOf('/') + 1)));
    }
  }

  /** From API 1.44 on the engine writes {@code bridge} where {@code default} was asked for. */
  private boolean writesBridge() {
    String api = engine.version().api();
    return api != null && api.matches("1\\.[0-9]{1,4}") && Integer.parseInt(api.substring(2)) >= 44;
  }

  private Lifecycle lifecycle(Lifecycle container) {
    String driver = container.logDriver();
    String engines = engine.platform().loggingDriver();
    Lifecycle was = container;
    if (driver != null && engines != null && !driver.equals(engines)) {
      Origin origin = view.originOf("/lifecycle/logDriver");
      if (origin != null) {
        origins.put("/lifecycle/ownLogDriver", origin);
      }
      was = container.withOwnLogDriver(driver);
    }
    if (was.init() != null || !Boolean.TRUE.equals(engine.settings().init())) {
      return was;
    }
    origins.put("/lifecycle/init", Origin.daemon("init"));
    return was.withInit(true);
  }

  /** A port without an address listens where the container's network says, if it says so. */
  private Networking networking(Networking was) {
    List<Port> ports = new ArrayList<>();
    for (Port port : was.ports()) {
      String address = port.address().isEmpty() ? address(was.networks()) : null;
      if (address != null) {
        origins.put(
            "/networking/ports/" + ports.size() + "/address",
            Origin.daemon("host_binding_ipv4 of the network"));
      }
      ports.add(address == null ? port : port.at(address));
    }
    return was.withPorts(ports);
  }

  private @Nullable String address(List<String> names) {
    for (Network network : networks) {
      String address = network.options().get("com.docker.network.bridge.host_binding_ipv4");
      if (address != null && names.contains(network.name())) {
        return address;
      }
    }
    return null;
  }
}
