package plimsoll.collect;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.OpenSockets.Address;

/** The TCP sockets a daemon really listens on, whoever opened them for it. */
final class Listeners {
  /** What swarm nodes say to each other: another protocol, with certificates of its own. */
  private static final Set<Integer> SWARM = Set.of(2377, 7946);

  private final String file;
  private final List<Address> addresses;
  private final Set<Integer> others;

  private Listeners(String file, List<Address> addresses, Set<Integer> others) {
    this.file = file;
    this.addresses = addresses;
    this.others = others;
  }

  /**
   * Of a daemon.
   *
   * @return null where they cannot be seen
   */
  static @Nullable Listeners of(HostFiles files, DaemonProcess daemon) {
    List<Long> pids = List.of(daemon.daemon().pid());
    Set<Integer> others = new HashSet<>(SWARM);
    for (String setting : List.of("metrics-addr", "network-diagnostic-port")) {
      String flag = daemon.flags().last(setting);
      String told = flag == null ? daemon.config().path(setting).asText("") : flag;
      String port = told.substring(told.lastIndexOf(':') + 1);
      if (port.matches("\\d{1,5}")) {
        others.add(Integer.valueOf(port));
      }
    }
    try {
      return new Listeners(
          OpenSockets.table(pids, "tcp"), new OpenSockets(files).tcp(pids), others);
    } catch (IOException e) {
      return null;
    }
  }

  /** Where they were read. */
  String file() {
    return file;
  }

  /** Those on which it takes orders: all but the swarm's, and those for its own figures. */
  List<String> ofEngine() {
    Set<String> hosts = new TreeSet<>();
    for (Address address : addresses) {
      if (!others.contains(address.port())) {
        hosts.add("tcp://" + address.host() + ":" + address.port());
      }
    }
    return List.copyOf(hosts);
  }
}
