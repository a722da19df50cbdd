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

/**
 * The sockets of the internet that processes hold open and others can reach them by, whoever opened
 * them: the kernel's tables of a network namespace, by the inodes of the processes' descriptors.
 */
final class OpenSockets {
  /** {@code TCP_LISTEN} (include/net/tcp_states.h). */
  private static final String LISTEN = "0A";

  /** {@code TCP_CLOSE}, which is what the kernel shows of a UDP socket that has no peer. */
  private static final String NO_PEER = "07";

  private final HostFiles files;

  OpenSockets(HostFiles files) {
    this.files = files;
  }

  /**
   * A socket.
   *
   * @param protocol {@code tcp} or {@code udp}
   * @param host the address, a IPv6 address in brackets
   */
  record Address(String protocol, String host, int port) {}

  /**
   * TCP sockets that processes of one network namespace listen on.
   *
   * @throws IOException if they cannot be seen
   */
  List<Address> tcp(List<Long> pids) throws IOException {
    return read(pids, "tcp", LISTEN);
  }

  /**
   * UDP sockets of processes of one network namespace that take what anybody sends.
   *
   * @throws IOException if they cannot be seen
   */
  List<Address> udp(List<Long> pids) throws IOException {
    return read(pids, "udp", NO_PEER);
  }

  private List<Address> read(List<Long> pids, String protocol, String state) throws IOException {
    Set<String> held = held(pids);
    List<Address> addresses = new ArrayList<>();
    // Without IPv6 in the kernel there is no table of its sockets.
    String six = files.tryRead(table(pids, protocol) + "6");
    for (String table : List.of(files.read(table(pids, protocol)), six == null ? "" : six)) {
      addresses.addAll(read(table, protocol, state, held));
    }
    return addresses;
  }

  /** Where the sockets of processes are listed. */
  static String table(List<Long> pids, String protocol) {
    return "/proc/" + pids.get(0) + "/net/" + protocol;
  }

  private Set<String> held(List<Long> pids) throws IOException {
    Set<String> held = new HashSet<>();
    for (long pid : pids) {
      try (DirectoryStream<Path> open =
          Files.newDirectoryStream(files.at("/proc/" + pid + "/fd"))) {
        for (Path descriptor : open) {
          String target = files.tryLink("/proc/" + pid + "/fd/" + descriptor.getFileName());
          if (target != null && target.startsWith("socket:[")) {
            held.add(target.substring(8, target.length() - 1));
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    return held;
  }

  /**
   * {@code sl local_address rem_address st … inode}; addresses in the byte order of the machine.
   */
  private static List<Address> read(String table, String protocol, String state, Set<String> held)
      throws IOException {
    List<Address> addresses = new ArrayList<>();
    for (String line : table.split("\n")) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > 9 && fields[3].equals(state) && held.contains(fields[9])) {
        String[] local = fields[1].split(":");
        addresses.add(new Address(protocol, host(local[0]), Integer.parseInt(local[1], 16)));
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
}
