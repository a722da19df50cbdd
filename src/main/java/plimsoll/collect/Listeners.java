package plimsoll.collect;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The TCP sockets a daemon really listens on, whoever opened them for it. */
final class Listeners {
  /** {@code TCP_LISTEN} (include/net/tcp_states.h). */
  private static final String LISTEN = "0A";

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

  private record Address(String host, int port) {}

  /**
   * Of a daemon.
   *
   * @return null where they cannot be seen
   */
  static @Nullable Listeners of(HostFiles files, DaemonProcess daemon) {
    long pid = daemon.daemon().pid();
    String file = "/proc/" + pid + "/net/tcp";
    Set<String> held = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(files.at("/proc/" + pid + "/fd"))) {
      for (Path descriptor : open) {
        String target = files.tryLink("/proc/" + pid + "/fd/" + descriptor.getFileName());
        if (target != null && target.startsWith("socket:[")) {
          held.add(target.substring(8, target.length() - 1));
        }
      }
      List<Address> addresses = new ArrayList<>(read(files.read(file), held));
      String six = files.tryRead(file + "6");
      addresses.addAll(read(six == null ? "" : six, held));
      Set<Integer> others = new HashSet<>(SWARM);
      for (String setting : List.of("metrics-addr", "network-diagnostic-port")) {
        String flag = daemon.flags().last(setting);
        String told = flag == null ? daemon.config().path(setting).asText("") : flag;
        String port = told.substring(told.lastIndexOf(':') + 1);
        if (port.matches("\\d{1,5}")) {
          others.add(Integer.valueOf(port));
        }
      }
      return new Listeners(file, addresses, others);
    } catch (IOException | DirectoryIteratorException e) {
      return null;
    }
  }

  /**
   * {@code sl local_address rem_address st … inode}; addresses in the byte order of the machine.
   */
  private static List<Address> read(String table, Set<String> held) throws IOException {
    List<Address> addresses = new ArrayList<>();
    for (String line : table.split("\n")) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > 9 && fields[3].equals(LISTEN) && held.contains(fields[9])) {
        String[] local = fields[1].split(":");
        addresses.add(new Address(host(local[0]), Integer.parseInt(local[1], 16)));
      }
    }
    return addresses;
  }

  private static String host(String hex) throws IOException {
    byte[] bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      // Words of four bytes, the last byte first on the machines that engines run on.
      int at = i / 4 * 4 + 3 - i % 4;
      bytes[i] = (byte) Integer.parseInt(hex.substring(2 * at, 2 * at + 2), 16);
    }
    String host = InetAddress.getByAddress(bytes).getHostAddress();
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
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
