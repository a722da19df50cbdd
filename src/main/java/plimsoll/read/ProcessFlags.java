package plimsoll.read;

import static plimsoll.read.RunFlag.*;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import plimsoll.read.RunLine.Given;

/**
 * What runs, as whom, with what around it: command, user, environment, labels, streams, health,
 * restart, logs.
 */
final class ProcessFlags {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> STREAMS = Set.of("stdin", "stdout", "stderr");

  private final RunLine line;
  private final Fields fields;
  private final ClientWorld world;

  ProcessFlags(RunLine line, Fields fields, ClientWorld world) {
    this.line = line;
    this.fields = fields;
    this.world = world;
  }

  void apply() throws RunLineException {
    fields.set("Image", line.image().text(), null);
    fields.places().put("Config.Image", line.image());
    if (!line.command().isEmpty()) {
      ArrayNode command = JSON.arrayNode();
      line.command().forEach(word -> command.add(word.text()));
      fields.set("Cmd", command, null);
    }
    Given entrypoint = line.last(ENTRYPOINT);
    if (entrypoint != null) {
      fields.set("Entrypoint", JSON.arrayNode().add(entrypoint.value()), entrypoint);
    }
    fields.text(USER, "User");
    fields.text(WORKDIR, "WorkingDir");
    fields.text(HOSTNAME, "Hostname");
    fields.text(DOMAINNAME, "Domainname");
    fields.text(STOP_SIGNAL, "StopSignal");
    fields.number(STOP_TIMEOUT, "StopTimeout");
    fields.truth(INIT, "HostConfig.Init");
    fields.truth(RM, "HostConfig.AutoRemove");
    fields.text(CIDFILE, "HostConfig.ContainerIDFile");
    streams();
    environment();
    labels();
    health();
    restart();
    logging();
  }

  private void streams() throws RunLineException {
    fields.truth(TTY, "Tty");
    fields.truth(INTERACTIVE, "OpenStdin");
    boolean detached = line.isOn(DETACH);
    Given attach = line.last(ATTACH);
    if (detached && attach != null) {
      throw new RunLineException(
          attach.word(), "conflicting options: cannot specify both --attach and --detach");
    }
    for (Given given : line.all(ATTACH)) {
      if (!STREAMS.contains(given.value().toLowerCase(Locale.ROOT))) {
        throw Quantities.invalid(given, "valid streams are STDIN, STDOUT and STDERR");
      }
    }
    boolean named = attach != null;
    boolean in = attaches("stdin") || line.isOn(INTERACTIVE);
    fields.set("AttachStdin", !detached && in, null);
    fields.set("AttachStdout", !detached && (!named || attaches("stdout")), null);
    fields.set("AttachStderr", !detached && (!named || attaches("stderr")), null);
    if (!detached && line.isOn(INTERACTIVE)) {
      fields.set("StdinOnce", true, null);
    }
  }

  private boolean attaches(String stream) {
    return line.all(ATTACH).stream()
        .anyMatch(given -> given.value().toLowerCase(Locale.ROOT).equals(stream));
  }

  /** Of several values of one name the last stays, those of {@code --env} after the files'. */
  private void environment() throws RunLineException {
    Map<String, Variable> variables = new LinkedHashMap<>();
    for (Given given : line.all(ENV_FILE)) {
      for (String entry : entries(given)) {
        Variable variable = variable(entry, given);
        variables.put(variable.name(), variable);
      }
    }
    for (Given given : line.all(ENV)) {
      if (given.value().isEmpty() || given.value().startsWith("=")) {
        throw Quantities.invalid(given, "invalid environment variable: " + given.value());
      }
      Variable variable = variable(given.value(), given);
      variables.put(variable.name(), variable);
    }
    variables.values().forEach(variable -> fields.add("Env", variable.entry(), variable.given()));
  }

  private record Variable(String name, String entry, Given given) {}

  /**
   * {@code NAME=VALUE}; {@code NAME} alone is copied from the client's environment, else takes the
   * image's away.
   */
  private Variable variable(String entry, Given given) {
    int equals = entry.indexOf('=');
    if (equals >= 0) {
      return new Variable(entry.substring(0, equals), entry, given);
    }
    String value = world.variable(entry);
    return new Variable(entry, value == null ? entry : entry + "=" + value, given);
  }

  private List<String> entries(Given given) throws RunLineException {
    try {
      return world
          .file(given.value())
          .lines()
          .map(String::stripLeading)
          .filter(text -> !text.isEmpty() && !text.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new RunLineException(given.word(), "open " + given.value() + ": " + e.getMessage());
    }
  }

  private void labels() throws RunLineException {
    for (Given given : line.all(LABEL_FILE)) {
      for (String entry : entries(given)) {
        label(entry, given);
      }
    }
    for (Given given : line.all(LABEL)) {
      label(given.value(), given);
    }
  }

  private void label(String entry, Given given) {
    String[] halves = entry.split("=", 2);
    fields.putInto("Labels", halves[0], halves.length == 2 ? halves[1] : "", given);
  }

  private void health() throws RunLineException {
    List<RunFlag> options =
        List.of(
            HEALTH_CMD,
            HEALTH_INTERVAL,
            HEALTH_TIMEOUT,
            HEALTH_RETRIES,
            HEALTH_START_PERIOD,
            HEALTH_START_INTERVAL);
    boolean any = options.stream().anyMatch(flag -> !line.all(flag).isEmpty());
    Given none = line.last(NO_HEALTHCHECK);
    if (none != null && RunLine.isTrue(none.value())) {
      if (any) {
        throw new RunLineException(
            none.word(), "--no-healthcheck conflicts with --health-* options");
      }
      ObjectNode off = JSON.objectNode();
      off.putArray("Test").add("NONE");
      fields.set("Healthcheck", off, none);
      return;
    }
    if (!any) {
      return;
    }
    ObjectNode check = JSON.objectNode();
    Given command = line.last(HEALTH_CMD);
    if (command != null && !command.value().isEmpty()) {
      check.putArray("Test").add("CMD-SHELL").add(command.value());
    }
    duration(check, HEALTH_INTERVAL, "Interval");
    duration(check, HEALTH_TIMEOUT, "Timeout");
    duration(check, HEALTH_START_PERIOD, "StartPeriod");
    duration(check, HEALTH_START_INTERVAL, "StartInterval");
    Given retries = line.last(HEALTH_RETRIES);
    if (retries != null) {
      long count = Quantities.whole(retries);
      if (count < 0) {
        throw new RunLineException(retries.word(), "--health-retries cannot be negative");
      }
      check.put("Retries", count);
    }
    fields.set("Healthcheck", check, command);
  }

  private void duration(ObjectNode check, RunFlag flag, String name) throws RunLineException {
    Given given = line.last(flag);
    if (given != null) {
      check.put(name, Quantities.nanoseconds(given));
    }
  }

  private void restart() throws RunLineException {
    fields.set(
        "HostConfig.RestartPolicy",
        JSON.objectNode().put("Name", "no").put("MaximumRetryCount", 0),
        null);
    Given given = line.last(RESTART);
    if (given == null || given.value().isEmpty()) {
      return;
    }
    String[] halves = given.value().split(":", 2);
    ObjectNode policy = JSON.objectNode().put("Name", halves[0]);
    if (halves.length == 2) {
      if (!halves[1].matches("-?[0-9]{1,9}")) {
        throw new RunLineException(
            given.word(), "invalid restart policy format: maximum retry count must be an integer");
      }
      policy.put("MaximumRetryCount", Integer.parseInt(halves[1]));
    }
    if (line.isOn(RM) && !halves[0].equals("no")) {
      throw new RunLineException(
          given.word(), "conflicting options: cannot specify both --restart and --rm");
    }
    fields.set("HostConfig.RestartPolicy", policy, given);
  }

  private void logging() throws RunLineException {
    Given driver = line.last(LOG_DRIVER);
    String type = driver == null ? "" : driver.value();
    Given option = line.last(LOG_OPT);
    if (type.equals("none") && option != null) {
      throw new RunLineException(option.word(), "invalid logging opts for driver none");
    }
    ObjectNode config = JSON.objectNode().put("Type", type);
    ObjectNode map = config.putObject("Config");
    for (Given given : line.all(LOG_OPT)) {
      String[] halves = given.value().split("=", 2);
      map.put(halves[0], halves.length == 2 ? halves[1] : "");
      fields.places().put("HostConfig.LogConfig.Config." + halves[0], given.word());
    }
    fields.set("HostConfig.LogConfig", config, null);
    if (driver != null) {
      fields.places().put("HostConfig.LogConfig.Type", driver.word());
    }
  }
}
