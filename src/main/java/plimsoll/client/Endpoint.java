package plimsoll.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine is asked.
 *
 * @param address {@code unix:///path}, {@code tcp://host:port}
 * @param certificates a folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem} for TLS;
 *     null for none
 * @param from what named it, for messages: {@code --host}, {@code DOCKER_HOST}, {@code context
 *     prod}, {@code default}
 */
public record Endpoint(String address, @Nullable Path certificates, String from) {

  /** An address that cannot be used; the message says what can. */
  public static final class BadEndpointException extends Exception {
    private static final long serialVersionUID = 1L;

    BadEndpointException(String message) {
      super(message);
    }
  }

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /**
   * Checks an address.
   *
   * @throws BadEndpointException if it is not one this version can talk to
   */
  public static Endpoint of(String address, @Nullable Path certificates, String from)
      throws BadEndpointException {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw bad(address, from, "is not an address");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    switch (scheme) {
      case "unix" -> {
        if (uri.getPath() == null || !uri.getPath().startsWith("/")) {
          throw bad(address, from, "names no absolute path");
        }
      }
      case "tcp", "http", "https" -> {
        if (uri.getHost() == null) {
          throw bad(address, from, "names no host");
        }
      }
      case "ssh" ->
          throw bad(
              address,
              from,
              "goes through ssh, which Plimsoll does not: run it on that host, or forward the socket"
                  + " (ssh -L /tmp/engine.sock:/var/run/docker.sock HOST) and use it");
      default -> throw bad(address, from, "has no scheme that Plimsoll can talk to");
    }
    return new Endpoint(address, certificates, from);
  }

  private static BadEndpointException bad(String address, String from, String what) {
    return new BadEndpointException(
        "the engine address "
            + address
            + " (from "
            + from
            + ") "
            + what
            + "; use unix:///var/run/docker.sock or tcp://HOST:2376");
  }

  /** The socket's path; null for a TCP endpoint. */
  public @Nullable Path socket() {
    return address.startsWith("unix:") ? Path.of(URI.create(address).getPath()) : null;
  }

  /** Whether the address is on this machine. Behind a local one there may still be a tunnel. */
  public boolean local() {
    String host = URI.create(address).getHost();
    return socket() != null || (host != null && LOOPBACK.contains(host));
  }
}
