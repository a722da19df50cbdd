package plimsoll.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A Docker Engine for tests alone: in a folder and a network namespace of its own, so that it
 * touches no other engine of the machine, with flags the test chooses, and gone when the test is
 * done.
 *
 * <p>{@code @RegisterExtension static final PrivateEngine engine =
 * PrivateEngine.with("--icc=false");}
 */
public final class PrivateEngine implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  private static final Duration CLIENT_LIMIT = Duration.ofMinutes(2);
  private static final PrivateEngine SHARED = new PrivateEngine(true, List.of());

  private final boolean shared;
  private final List<String> flags;
  private String daemonJson = "{}";
  private Daemon daemon;

  @SuppressWarnings("NullAway.Init") // daemon: set by start()
  private PrivateEngine(boolean shared, List<String> flags) {
    this.shared = shared;
    this.flags = List.copyOf(flags);
  }

  /** An engine with these flags beside those that make it private. */
  public static PrivateEngine with(String... flags) {
    return new PrivateEngine(false, Arrays.asList(flags));
  }

  /**
   * The one engine without further flags that all test classes share; each removes its containers.
   */
  public static PrivateEngine shared() {
    return SHARED;
  }

  /** Sets the content of the daemon's configuration file. */
  public PrivateEngine daemonJson(String json) {
    daemonJson = json;
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (shared) {
      // Closed by JUnit when the last test of the whole run is done.
      context
          .getRoot()
          .getStore(Namespace.create(PrivateEngine.class))
          .getOrComputeIfAbsent("shared", key -> start(), PrivateEngine.class);
    } else {
      start();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (shared) {
      removeContainers();
    } else {
      close();
    }
  }

  /** Starts it, and returns when it answers. */
  public PrivateEngine start() {
    daemon = Daemon.start(flags, daemonJson);
    try {
      image();
    } catch (AssertionError e) {
      daemon.stop();
      throw e;
    }
    return this;
  }

  @Override
  public void close() {
    removeContainers();
    daemon.stop();
  }

  /** The folder that holds all of it. */
  public Path root() {
    return daemon.root();
  }

  /** Its API's socket. */
  public Path socket() {
    return daemon.root().resolve("d.sock");
  }

  /** Its API's address. */
  public String host() {
    return "unix://" + socket();
  }

  /** The daemon's process. */
  public long pid() {
    return daemon.pid();
  }

  /** The configuration file the daemon was started with. */
  public Path configFile() {
    return daemon.root().resolve("daemon.json");
  }

  /** Runs the docker client; fails if that fails. */
  public String docker(String... arguments) {
    List<String> command = command(arguments);
    return Ran.run(CLIENT_LIMIT, environment(), command).orFail(command);
  }

  /** Runs the docker client, however that ends. */
  public Ran tryDocker(String... arguments) {
    return Ran.run(CLIENT_LIMIT, environment(), command(arguments));
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker", "-H", host()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private Map<String, String> environment() {
    return Map.of("DOCKER_CONFIG", root().resolve("client").toString());
  }

  /** An image with busybox's programs, the users root and app (1000), and a /tmp. */
  public String image() {
    return image("busybox");
  }

  /**
   * Such an image under another name, with changes as {@code docker import --change} takes them.
   */
  public String image(String name, String... changes) {
    if (tryDocker("image", "inspect", name).exit() != 0) {
      List<String> words = new ArrayList<>(List.of("import"));
      for (String change : changes) {
        words.addAll(List.of("--change", change));
      }
      words.addAll(List.of(BusyboxRoot.archive().toString(), name));
      docker(words.toArray(String[]::new));
    }
    return name;
  }

  /** Removes all containers. */
  public void removeContainers() {
    List<String> ids = tryDocker("ps", "-aq").out().strip().lines().toList();
    // A few at a time: many take longer than one command may.
    for (int i = 0; i < ids.size(); i += 20) {
      List<String> words = new ArrayList<>(List.of("rm", "-f", "-v"));
      words.addAll(ids.subList(i, Math.min(i + 20, ids.size())));
      tryDocker(words.toArray(String[]::new));
    }
  }

  /** Writes something into the engine's folder and returns the path. */
  public Path file(String name, String content) {
    try {
      return Files.writeString(root().resolve(name), content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
