package plimsoll.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plimsoll.client.Endpoint;
import plimsoll.client.EnginePost;
import plimsoll.collect.Collector;
import plimsoll.collect.Look;
import plimsoll.engine.Examples.Surroundings;
import plimsoll.finding.Finding.Judgement;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Mount;
import plimsoll.model.Namespaces;
import plimsoll.model.Namespaces.Namespace;
import plimsoll.model.Networking;
import plimsoll.model.Origin;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.model.Volume;
import plimsoll.read.BadComposeException;
import plimsoll.read.ComposeReader;
import plimsoll.read.CreateRequest;
import plimsoll.read.FakeWorld;
import plimsoll.read.RunLine;
import plimsoll.read.RunLineException;
import plimsoll.read.RunReader.Described;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;
import plimsoll.wire.ComposeWriter;
import plimsoll.wire.CreateReader;
import plimsoll.wire.CreateWriter;

/**
 * Every example of every rule for containers in four spellings: the run line, a compose file, a
 * create request, and a container really made by an engine and inspected. Facts and verdicts must
 * be the same, and so must be whether somebody asked for what is wrong.
 */
class FourSpellingsTest {

  static Iterable<String> lines() {
    return Examples.lines();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aCreateRequestSaysTheSame(String line) throws RunLineException {
    Described described = Examples.described(line);
    View<Confinement> view = described.container().requested();
    CreateReader.Requested back =
        CreateReader.read(CreateWriter.write(view, described.volumes(), described.program()));
    assertThat(back.view().facts()).isEqualTo(view.facts());
    assertThat(back.volumes()).isEqualTo(described.volumes());
    Container again = new Container(described.container().identity(), back.view(), null);
    assertThat(
            differences(
                line,
                verdicts(described, Surroundings.NONE),
                verdicts(again, back.volumes(), Surroundings.NONE)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aComposeFileSaysTheSame(String line) throws RunLineException, BadComposeException {
    Described described = Examples.described(line);
    View<Confinement> view = described.container().requested();
    ComposeWriter.Composed composed =
        ComposeWriter.write("app", view, described.volumes(), described.program());
    FakeWorld world = Examples.world();
    composed.files().forEach(world::withFile);
    List<Described> services = ComposeReader.read("compose.yaml", composed.yaml(), world);
    assertThat(services).as(composed.yaml()).hasSize(1);
    Described back = services.get(0);
    Map<String, String> expected = verdicts(described, Surroundings.NONE);
    Map<String, String> actual = verdicts(back, Surroundings.NONE);
    // ComposeWriter.UNSAID
    Networking networking = view.facts().networking();
    if (Boolean.TRUE.equals(networking.publishAll())) {
      expected.remove("container-publish-all");
    }
    Origin network = view.originOf("/networking/networks");
    if (network == null || !network.written()) {
      expected.remove("container-default-bridge");
    }
    assertThat(saying(back.container().requested().facts(), networking))
        .as(composed.yaml())
        .isEqualTo(view.facts());
    assertThat(differences(line, expected, actual)).as(composed.yaml()).isEmpty();
  }

  /** The same facts with what compose cannot say taken from elsewhere. */
  private static Confinement saying(Confinement facts, Networking unsaid) {
    Networking was = facts.networking();
    Networking now =
        new Networking(
            was.networks().equals(List.of("default network of the project"))
                ? unsaid.networks()
                : was.networks(),
            was.ports(),
            unsaid.publishAll(),
            was.extraHosts(),
            was.links(),
            was.ways(),
            was.callers(),
            was.listening());
    return facts.filledIn(facts.namespaces(), facts.lifecycle(), now);
  }

  private static Map<String, String> verdicts(Described described, Surroundings surroundings) {
    return verdicts(described.container(), described.volumes(), surroundings);
  }

  private static Map<String, String> verdicts(
      Container container, List<Volume> volumes, Surroundings surroundings) {
    Map<String, String> verdicts = new TreeMap<>();
    Examples.judge(container, volumes, surroundings)
        .forEach((rule, judgement) -> verdicts.put(rule, text(judgement)));
    return verdicts;
  }

  /**
   * Flags that ask for what is the default anyhow. On a run line that is written; a request or an
   * inspect answer with the same value may as well be nobody's.
   */
  private static final List<String> RESTATED =
      List.of(
          "--network=default",
          "--health-cmd=",
          "--init=false",
          "--blkio-weight 0",
          "-m 0",
          "--memory=0",
          "--pids-limit 0",
          "--pids-limit=0",
          "--user=",
          "--read-only=false",
          "--read-only=0");

  private static List<String> differences(
      String line, Map<String, String> expected, Map<String, String> actual) {
    List<String> differences = new ArrayList<>();
    boolean restated = RESTATED.stream().anyMatch(flag -> line.contains(" " + flag + " "));
    expected.forEach((rule, verdict) -> {
      String other = String.valueOf(actual.get(rule));
      if (!verdict.equals(other)
          && !(restated && verdict.replace("written", "omitted").equals(other))) {
        differences.add(rule + ": " + verdict + ", then " + actual.get(rule));
      }
    });
    return differences;
  }

  private static String text(Judgement judgement) {
    return judgement.verdict()
        + (judgement.because() == null ? "" : " " + judgement.because())
        + " "
        + judgement.severity();
  }

  /** The fourth spelling. */
  @Nested
  @NeedsEngine
  class Created {
    @RegisterExtension static final PrivateEngine engine = PrivateEngine.with();

    /** Why an engine here cannot make what a line asks for, by what it says. */
    private static final Map<String, String> REFUSED =
        Map.of(
            "unknown or invalid runtime", "only runc is installed",
            "Unknown runtime specified", "only runc is installed",
            "invalid reference format", "there is no such image, and no registry to have it from",
            "No such image", "there is no such image, and no registry to have it from",
            "bind source path does not exist", "the host has no such path",
            "unknown capability", "the engine is older than the capability",
            "range of CPUs", "the machine has fewer processors");

    /** What an engine here forgets of a request, by the line's beginning. */
    private static final Map<String, String> FORGOTTEN =
        Map.of(
            "docker run --annotation", "engines before API 1.43 drop annotations",
            "docker run --cgroupns", "where host is the default nobody can tell who asked for it",
            "docker run --blkio-weight 300", "the engine drops it where the kernel has no weights",
            "docker run --pids-limit -1", "the engine notes no limit as nothing asked for");

    @Test
    void aContainerReallyMadeSaysTheSame() throws RunLineException, IOException {
      prepare();
      Map<String, String> ids = new LinkedHashMap<>();
      Map<String, String> refused = new TreeMap<>();
      for (String line : Examples.lines()) {
        CreateRequest request =
            CreateRequest.of(RunLine.parse(Examples.words(line)), Examples.world());
        EnginePost.Answer answer =
            EnginePost.post(engine.socket(), "/containers/create", request.body());
        if (answer.status() == 201) {
          ids.put(line, answer.body().path("Id").asText());
        } else {
          refused.put(line, answer.body().path("message").asText());
        }
      }
      assertThat(refused.values())
          .allSatisfy(
              message -> assertThat(REFUSED.keySet()).as(message).anyMatch(message::contains));
      assertThat(ids.size()).isGreaterThan(200);

      Snapshot snapshot = collect();
      List<String> differences = new ArrayList<>();
      ids.forEach((line, id) -> compare(line, container(snapshot, id), snapshot, differences));
      assertThat(differences).isEmpty();
    }

    private void prepare() {
      engine.image("alpine", "CMD [\"sh\"]");
      engine.docker("tag", "alpine", "alpine:3.19");
      engine.docker("create", "--name", "web", "alpine");
      engine.docker("create", "--name", "db", "alpine");
      engine.docker("network", "create", "app");
    }

    private Snapshot collect() {
      Endpoint endpoint = new Endpoint(engine.host(), null, "test");
      Snapshot.Tool tool = new Snapshot.Tool("plimsoll", "test");
      return new Collector(Path.of("/"), Clock.systemUTC(), tool)
          .collect(endpoint, Duration.ofSeconds(60), Look.ALL, doing -> {})
          .snapshot();
    }

    private Container container(Snapshot snapshot, String id) {
      return snapshot.containers().stream()
          .filter(container -> container.identity().id().equals(id))
          .findFirst()
          .orElseThrow();
    }

    private static Object value(RecordComponent part, Confinement facts) {
      try {
        return String.valueOf(part.getAccessor().invoke(facts));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(part.getName(), e);
      }
    }

    /** Without what an engine names by itself: volumes, containers by id, mounts taken over. */
    private static Confinement comparable(Container container, Snapshot snapshot) {
      Confinement facts = container.requested().facts();
      Namespaces was = facts.namespaces();
      List<Mount> mounts =
          facts.mounts().stream()
              .map(mount ->
                  mount.type().equals("volume")
                      ? new Mount(
                          "volume",
                          null,
                          mount.destination(),
                          mount.volume() == null
                                  || mount.volume().matches("[0-9a-f]{64}|anonymous.*")
                              ? null
                              : mount.volume(),
                          mount.readOnly(),
                          null,
                          mount.options(),
                          List.of(),
                          List.of())
                      : mount)
              .toList();
      return facts
          .withMounts(mounts)
          .withNamespaces(
              new Namespaces(
                  named(was.network(), snapshot),
                  named(was.pid(), snapshot),
                  named(was.ipc(), snapshot),
                  was.uts(),
                  was.user(),
                  // The default differs between cgroup versions.
                  Namespace.EMPTY));
    }

    private static Namespace named(Namespace namespace, Snapshot snapshot) {
      return snapshot.containers().stream()
          .filter(container -> container.identity().id().equals(namespace.of()))
          .findFirst()
          .map(container -> Namespace.ofContainer(container.identity().name()))
          .orElse(namespace);
    }

    private void compare(
        String line, Container created, Snapshot snapshot, List<String> differences) {
      Described described;
      try {
        described = Examples.described(line);
      } catch (RunLineException e) {
        throw new AssertionError(e);
      }
      Surroundings around =
          new Surroundings(snapshot.host(), snapshot.engine(), snapshot.networks());
      Map<String, String> expected = verdicts(described, around);
      List<Volume> volumes = new ArrayList<>(snapshot.volumes());
      Map<String, String> actual = verdicts(created, volumes, around);
      if (FORGOTTEN.keySet().stream().noneMatch(line::startsWith)) {
        Confinement asked = comparable(described.container(), snapshot);
        Confinement made = comparable(created, snapshot);
        // From the inspect answer to a request and back.
        View<Confinement> view =
            CreateReader.read(
                    CreateWriter.write(
                        created.requested(), described.volumes(), described.program()))
                .view();
        Confinement again = comparable(created.withRequested(view), snapshot);
        for (RecordComponent part : Confinement.class.getRecordComponents()) {
          Object one = value(part, asked);
          Object other = value(part, made);
          if (!one.equals(other)) {
            differences.add(line + ": " + part.getName() + " " + one + ", created: " + other);
          }
          Object asAgain = value(part, again);
          if (!other.equals(asAgain)) {
            differences.add(line + ": " + part.getName() + " " + other + ", again: " + asAgain);
          }
        }
        differences(line, expected, actual).forEach(each -> differences.add(line + ": " + each));
      }
    }
  }
}
