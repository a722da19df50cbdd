package plimsoll.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Endpoint;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;
import plimsoll.collect.Collector;
import plimsoll.collect.Look;
import plimsoll.derive.Derivation;
import plimsoll.engine.Verification;
import plimsoll.engine.Verification.Check;
import plimsoll.engine.Verification.Status;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.ViewName;
import plimsoll.launch.Canary;
import plimsoll.launch.LaunchException;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Gap;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.profile.Profile;
import plimsoll.read.CreateRequest;
import plimsoll.read.RunReader;
import plimsoll.report.Plain;

/** Looks at a container from outside: is it confined as it was asked to be? */
final class Verifier {
  private final Edges edges;
  private final Collector collector;
  private final Endpoint endpoint;
  private final Duration deadline;
  private final SecureRunOptions options;
  private final Policy policy;
  private final Profile profile;
  private @Nullable Verification last;

  /**
   * For an engine.
   *
   * @param collector what looks at the host; what it knows of the engine is not asked for again
   */
  Verifier(
      Edges edges,
      Collector collector,
      Endpoint endpoint,
      Duration deadline,
      SecureRunOptions options,
      Policy policy,
      Profile profile) {
    this.edges = edges;
    this.collector = collector;
    this.endpoint = endpoint;
    this.deadline = deadline;
    this.options = options;
    this.policy = policy;
    this.profile = profile;
  }

  /** What was seen last; null where nothing was looked at. */
  @Nullable Verification last() {
    return last;
  }

  /** Looks at a container that has been started; the reason why it must not go on, if any. */
  @Nullable String look(CreateRequest request, String id) {
    Seen seen = see(request, id);
    last = seen.verification();
    if (options.explain()) {
      explain(seen.verification());
    }
    List<Check> contradicted = seen.verification().with(Status.CONTRADICTED);
    if (!contradicted.isEmpty()) {
      return "the container is not confined as it was asked to be, and was killed:"
          + list(contradicted);
    }
    List<Finding> refused =
        seen.name() == null
            ? List.of()
            : Refusals.seen(policy, seen.derived(), seen.name(), profile, options.allowed(), edges);
    return refused.isEmpty()
        ? null
        : "the container turned out to be what the profile "
            + Plain.line(profile.name())
            + " refuses, and was killed:"
            + refused.stream().map(Verifier::line).collect(Collectors.joining());
  }

  /**
   * Runs a canary under the same host configuration, unless one has been confirmed since the host
   * was started.
   *
   * @throws LaunchException if not all of it is confirmed
   */
  void tryCanary(CreateRequest request, EngineClient client)
      throws LaunchException, EngineException {
    JsonNode info = client.get("/info");
    CreateRequest canary =
        new CreateRequest(Canary.request(request.body()), null, request.places());
    Confirmed confirmed =
        new Confirmed(edges, info.path("ID").asText() + " " + info.path("ServerVersion").asText());
    String configuration = canary.body().toString();
    if (confirmed.has(configuration)) {
      return;
    }
    Verification seen = new Canary(client).run(canary.body(), id -> see(canary, id).verification());
    List<Check> doubtful =
        seen.checks().stream().filter(check -> check.status() != Status.CONFIRMED).toList();
    if (!doubtful.isEmpty()) {
      last = seen;
      throw new LaunchException(
          "the kernel cannot be seen to enforce all of it, so nothing was started:"
              + list(doubtful),
          SecureRun.REFUSED);
    }
    confirmed.add(configuration);
  }

  /**
   * What was seen.
   *
   * @param name the container's; null where the engine does not have it any more
   */
  private record Seen(Snapshot derived, @Nullable String name, Verification verification) {}

  private Seen see(CreateRequest request, String id) {
    Snapshot derived =
        Derivation.derive(
            collector.collect(endpoint, deadline, Look.again(id), doing -> {}).snapshot());
    Container container =
        derived.containers().stream()
            .filter(one -> one.identity().id().equals(id))
            .findFirst()
            .orElse(null);
    return container == null
        ? new Seen(derived, null, Verification.none("the engine does not have it any more"))
        : new Seen(
            derived,
            container.identity().name(),
            Verification.of(sent(request, container.identity().name()), container));
  }

  private static View<Confinement> sent(CreateRequest request, String name) {
    View<Confinement> view = RunReader.describe(request, name, null, null).container().requested();
    // What that comes to unless told differs from one cgroup version to the other.
    return request.body().path("HostConfig").has("CgroupnsMode")
        ? view
        : view.withGaps(List.of(new Gap("/namespaces/cgroup", "left to the engine")));
  }

  private void explain(Verification seen) {
    for (Check check : seen.checks()) {
      edges
          .err()
          .println(
              "plimsoll: " + check.status().name().toLowerCase(Locale.ROOT) + " " + line(check));
    }
  }

  private static String list(List<Check> checks) {
    StringBuilder text = new StringBuilder();
    checks.forEach(check -> text.append("\n  ").append(line(check)));
    return text.toString();
  }

  private static String line(Finding finding) {
    StringBuilder text = new StringBuilder();
    text.append("\n  ").append(Plain.line(finding.message()));
    for (Evidence evidence : finding.evidence()) {
      if (evidence.view() == ViewName.ENFORCED) {
        text.append(Plain.line(": " + evidence.path() + " is " + evidence.actual()));
      }
    }
    text.append("\n      ").append(finding.rule().id());
    text.append(" (").append(finding.severity()).append("); say why it must be: --allow ");
    return text.append(finding.rule().id()).append("=REASON").toString();
  }

  private static String line(Check check) {
    return Plain.line(
        (check.pointer().isEmpty() ? "" : check.pointer() + ": ")
            + check.asked()
            + " asked for, "
            + check.found());
  }
}
