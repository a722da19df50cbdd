package plimsoll.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.client.EndpointResolver;
import plimsoll.collect.Collector;
import plimsoll.model.Snapshot;

/**
 * All of the outside world a command touches, so that a test can bring its own.
 *
 * @param root where the audited host's {@code /} is
 * @param terminal whether standard output is one
 * @param errTerminal whether standard error is one
 * @param inTerminal the terminal that standard input is, {@code /dev/pts/3}; null for none
 */
record Edges(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path root,
    Clock clock,
    boolean terminal,
    boolean errTerminal,
    @Nullable Path inTerminal) {

  /** Whether to use colour: on a terminal, unless NO_COLOR is set to anything. */
  boolean colour() {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  EndpointResolver endpoints() {
    return new EndpointResolver(
        environment, Path.of(environment.getOrDefault("HOME", System.getProperty("user.home"))));
  }

  Collector collector(Snapshot.Tool tool) {
    return new Collector(root, clock, tool);
  }
}
