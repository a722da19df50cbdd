package plimsoll.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Endpoint;
import plimsoll.client.Endpoint.BadEndpointException;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;
import plimsoll.collect.Collector;
import plimsoll.collect.Look;
import plimsoll.finding.Finding;
import plimsoll.launch.ClientConfig;
import plimsoll.launch.Console;
import plimsoll.launch.Images;
import plimsoll.launch.LaunchException;
import plimsoll.launch.Launcher;
import plimsoll.launch.Plan;
import plimsoll.model.Snapshot;
import plimsoll.profile.Abilities;
import plimsoll.profile.Hardening;
import plimsoll.profile.Hardening.Hardened;
import plimsoll.profile.Profile;
import plimsoll.profile.ShownLine;
import plimsoll.read.CreateRequest;
import plimsoll.read.Dialect;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;
import plimsoll.read.RunLineException;
import plimsoll.read.Word;
import plimsoll.report.AsciiJson;
import plimsoll.report.Plain;

/** Hardens a run line, refuses what must not be, starts the rest and verifies it. */
final class SecureRun {
  /** Docker's exit code for what is wrong before the program runs. */
  static final int REFUSED = 125;

  /** Starting a container may take its time. */
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final Edges edges;

  SecureRun(Edges edges) {
    this.edges = edges;
  }

  /** In a thread of its own: the common pool has but one on two processors. */
  private static void beside(Runnable task) {
    Thread thread = new Thread(task, "look around");
    thread.setDaemon(true);
    thread.start();
  }

  /** It does not run; the message says why. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /** Runs; the exit code is docker's or the program's. */
  int run(List<String> arguments) {
    try {
      if (arguments.equals(List.of("--help"))) {
        edges.out().print(SecureRunCommand.help(edges));
        return 0;
      }
      RunLine line = RunLine.parse(Word.of(arguments), Dialect.SECURE_RUN);
      if (line.isOn(RunFlag.HELP)) {
        edges.out().print(SecureRunCommand.help(edges));
        return 0;
      }
      return run(line, SecureRunOptions.of(line));
    } catch (LaunchException e) {
      complain(String.valueOf(e.getMessage()));
      return e.code();
    } catch (RunLineException e) {
      complain(e.getMessage() + "\nsee plimsoll secure-run --help");
      // As docker does it.
      return String.valueOf(e.getMessage()).contains("both --attach and --detach") ? 1 : REFUSED;
    } catch (RefusedException
        | UnusableException
        | EngineException
        | BadEndpointException
        | ConfigFile.BadConfigException e) {
      complain(String.valueOf(e.getMessage()));
      return REFUSED;
    }
  }

  private void complain(String message) {
    edges.out().flush();
    // An engine quotes what images say.
    edges
        .err()
        .println("plimsoll: " + message.lines().map(Plain::line).collect(Collectors.joining("\n")));
  }

  private int run(RunLine line, SecureRunOptions options)
      throws RunLineException,
          RefusedException,
          UnusableException,
          EngineException,
          LaunchException,
          BadEndpointException,
          ConfigFile.BadConfigException {
    // Before the engine is asked for anything: what the client alone would refuse.
    if (line.image().text().isEmpty()) {
      throw new RunLineException(line.image(), "invalid reference format: the image has no name");
    }
    CreateRequest typed = CreateRequest.of(line, new HereWorld(edges));
    checkPull(line);
    SecureRunOptions.Places places = options.places();
    if (places.report() != null) {
      Target.check(places.report());
    }
    Endpoint endpoint =
        edges.endpoints().resolve(places.host(), places.context(), places.certificates());
    Collector collector = edges.collector(Version.tool());
    // Looking around, reading the rules and reading the profile go side by side.
    boolean none = options.profile().equals("none");
    CompletableFuture<@Nullable Snapshot> looking =
        none
            ? CompletableFuture.completedFuture(null)
            : CompletableFuture.supplyAsync(
                () ->
                    collector
                        .collect(endpoint, DEADLINE, AskedFor.look(typed, line), doing -> {})
                        .snapshot(),
                SecureRun::beside);
    CompletableFuture<Policy> reading =
        RuleOptions.policyMeanwhile(edges, places.rules(), places.config(), null, Trust.OWNERS);
    Profile profile = ProfileFile.find(options.profile());
    try (EngineClient client = new EngineClient(endpoint, DEADLINE)) {
      boolean plain = profile.flags().isEmpty() && profile.refuse() == null;
      Policy policy = reading.join();
      String wrong = options.wrongAllowance(policy.rules());
      if (wrong != null) {
        throw new RefusedException(wrong);
      }
      JsonNode info = plain ? MissingNode.getInstance() : client.get("/info");
      ClientConfig config = new ClientConfig(clientConfig(), () -> usualRegistry(client));
      Images images = new Images(client, config, edges.err(), edges.errTerminal());
      Hardened hardened = harden(line, options, profile, info, images);
      CreateRequest request = CreateRequest.of(hardened.line(), new HereWorld(edges));
      config.addProxies(request.body(), endpoint.address());
      Snapshot around = plain ? null : looking.join();
      if (around != null && policy.readsContainers()) {
        Look look = AskedFor.look(typed, line).everyone();
        around = collector.collect(endpoint, DEADLINE, look, doing -> {}).snapshot();
      }
      Refusals refusals =
          around == null
              ? new Refusals(List.of(), List.of())
              : Refusals.of(
                  policy, AskedFor.with(request, line, around), profile, options.allowed(), edges);
      hardened.warnings().forEach(warning -> edges.err().println("plimsoll: " + warning));
      if (!refusals.refused().isEmpty()) {
        throw new RefusedException(refusals.explained(line, profile));
      }
      if (!plain) {
        checkLabels(request.body());
        label(request.body(), profile, options, refusals.allowed());
      }
      if (options.explain()) {
        ShownLine.sources(hardened)
            .forEach((flag, from) -> edges.err().println("plimsoll: " + flag + "  <- " + from));
      }
      checkVersion(line, client);
      SecureRunReport report = new SecureRunReport(profile, options, hardened, refusals, request);
      if (options.dryRun()) {
        showRequest(request.body());
        edges.out().println(ShownLine.of(hardened.line()));
        report.write(null, null);
        return 0;
      }
      Given file = line.last(RunFlag.CIDFILE);
      Plan plan =
          Plan.of(
              hardened.line(),
              request,
              file == null ? null : Path.of(file.value()),
              config.detachKeys());
      Verifier verifier =
          new Verifier(edges, collector, endpoint, DEADLINE, options, policy, profile);
      if (options.requireVerify()) {
        verifier.tryCanary(request, client);
      }
      return launch(
          plan,
          request,
          hardened,
          report,
          new Launcher(client, images, console(), edges.err()),
          plain && !options.requireVerify() ? null : verifier,
          client);
    }
  }

  private void showRequest(ObjectNode body) throws UnusableException {
    try (JsonGenerator out = AsciiJson.to(edges.out()).useDefaultPrettyPrinter()) {
      new ObjectMapper().writeTree(out, body);
    } catch (IOException e) {
      throw new UnusableException("cannot print the request: " + e.getMessage());
    }
    edges.out().println();
  }

  private static void checkPull(RunLine line) throws RunLineException {
    Given pull = line.last(RunFlag.PULL);
    if (pull != null && !List.of("", "always", "missing", "never").contains(pull.value())) {
      throw new RunLineException(
          pull.word(),
          "invalid pull option: '"
              + pull.value()
              + "': must be one of \"always\", \"missing\" or \"never\"");
    }
  }

  /** Flags that docker's client does not send to an engine that would ignore them. */
  private static void checkVersion(RunLine line, EngineClient client)
      throws LaunchException, EngineException {
    for (RunFlag flag : RunFlag.values()) {
      String since = flag.since();
      if (since == null || line.last(flag) == null) {
        continue;
      }
      String api = client.get("/version").path("ApiVersion").asText();
      if (api.matches("1\\.[0-9]{1,4}")
          && Integer.parseInt(api.substring(2)) < Integer.parseInt(since.substring(2))) {
        throw new LaunchException(
            "\""
                + flag
                + "\" requires API version "
                + since
                + ", but the Docker daemon API version is "
                + api,
            1);
      }
    }
  }

  private Path clientConfig() {
    String folder = edges.environment().getOrDefault("DOCKER_CONFIG", "");
    return folder.isEmpty()
        ? Path.of(edges.environment().getOrDefault("HOME", "/"), ".docker", "config.json")
        : Path.of(folder, "config.json");
  }

  private static Hardened harden(
      RunLine line, SecureRunOptions options, Profile profile, JsonNode info, Images images)
      throws LaunchException, EngineException {
    Given pull = line.last(RunFlag.PULL);
    boolean asks = !profile.flags().isEmpty() || profile.loopback();
    if (!asks && (options.dryRun() || pull == null || !pull.value().equals("always"))) {
      return Hardening.harden(line, profile, Abilities.ALL);
    }
    Given platform = line.last(RunFlag.PLATFORM);
    JsonNode image =
        options.dryRun()
            ? images.inspect(line.image().text())
            : images.find(
                line.image().text(),
                pull == null ? "missing" : pull.value(),
                platform == null ? null : platform.value(),
                line.isOn(RunFlag.QUIET));
    return Hardening.harden(line, profile, EngineAbilities.of(info, image));
  }

  private static String usualRegistry(EngineClient client) {
    try {
      return client.get("/info").path("IndexServerAddress").asText();
    } catch (EngineException e) {
      return "";
    }
  }

  private Console console() {
    edges.out().flush();
    return new Console(edges.in(), edges.out(), edges.err(), edges.inTerminal(), edges.terminal());
  }

  /** Nobody else says what was verified and allowed. */
  private static void checkLabels(ObjectNode body) throws RefusedException {
    for (Map.Entry<String, JsonNode> label : body.path("Labels").properties()) {
      if (label.getKey().startsWith("plimsoll.")) {
        throw new RefusedException(
            "the label "
                + label.getKey()
                + " is secure-run's own to set: leave it out; what must be let through takes --allow"
                + " RULE=REASON");
      }
    }
  }

  private static void label(
      ObjectNode body, Profile profile, SecureRunOptions options, List<Finding> allowed) {
    ObjectNode labels =
        body.path("Labels") instanceof ObjectNode there ? there : body.putObject("Labels");
    labels.put("plimsoll.profile", profile.name());
    for (Finding finding : allowed) {
      String rule = finding.rule().id();
      labels.put("plimsoll.allow." + rule, options.allowed().getOrDefault(rule, ""));
    }
  }

  private int launch(
      Plan plan,
      CreateRequest request,
      Hardened hardened,
      SecureRunReport report,
      Launcher launcher,
      @Nullable Verifier verifier,
      EngineClient client)
      throws LaunchException, EngineException, UnusableException {
    try {
      Launcher.Ended ended =
          launcher.run(
              plan, id -> verifier == null ? null : verifier.look(request, id), report::warned);
      if (ended.code() != 0 && !ended.left() && verifier != null) {
        for (String why : Autopsy.of(ended, request, hardened.added(), client)) {
          edges.err().println("plimsoll: " + Plain.line(why));
          report.why(why);
        }
      }
      report.write(ended.id(), verifier == null ? null : verifier.last());
      return ended.code();
    } catch (LaunchException e) {
      report.write(null, verifier == null ? null : verifier.last());
      throw e;
    }
  }
}
