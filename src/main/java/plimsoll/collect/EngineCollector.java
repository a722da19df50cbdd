package plimsoll.collect;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Endpoint;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;
import plimsoll.dockerfile.HistoryReader;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Image;
import plimsoll.model.Network;
import plimsoll.model.Provenance;
import plimsoll.model.View;
import plimsoll.model.Volume;
import plimsoll.wire.ExecReader;
import plimsoll.wire.ExecReader.Started;
import plimsoll.wire.ImageReader;
import plimsoll.wire.ImageReader.Inspected;
import plimsoll.wire.InspectReader;
import plimsoll.wire.Json;

/** What an engine says: of itself, its containers, images, networks and volumes. */
final class EngineCollector {
  /**
   * Engines answer a handful of inspects at once sooner than one by one, and many no sooner than
   * that.
   */
  private static final int PARALLEL = 8;

  private final EngineClient client;
  private final Endpoint endpoint;
  private final HostFiles files;
  private final Consumer<String> progress;
  private final List<Gap> gaps = new ArrayList<>();
  private final Map<String, List<Started>> execs = new HashMap<>();
  private boolean failed;
  private @Nullable DaemonProcess daemon;

  EngineCollector(
      EngineClient client, Endpoint endpoint, HostFiles files, Consumer<String> progress) {
    this.progress = progress;
    this.client = client;
    this.endpoint = endpoint;
    this.files = files;
  }

  /**
   * What was found.
   *
   * @param containers without their enforced view
   * @param execs what {@code docker exec} and health checks started, by the container's id
   * @param runtimes what each runtime runs: a program's path, or a containerd shim's type
   * @param process the process that serves the engine's socket; null where it was not found
   * @param answeredAll whether no call failed, other than for something that had just been removed
   */
  record Found(
      View<Engine> engine,
      List<Container> containers,
      List<Image> images,
      List<Network> networks,
      List<Volume> volumes,
      List<Gap> gaps,
      Map<String, List<Started>> execs,
      Map<String, String> runtimes,
      @Nullable DaemonProcess process,
      boolean answeredAll) {
    /** Where the daemon keeps what lasts as long as it runs; null for the usual place. */
    @Nullable String execRoot() {
      return process == null ? null : process.flags().last("exec-root");
    }
  }

  /**
   * Asks.
   *
   * @throws EngineException if the engine does not even say who it is
   */
  Found collect(Look look, @Nullable Found before) throws EngineException {
    if (before != null && !look.anew()) {
      return again(look, before);
    }
    progress.accept("asking the engine");
    JsonNode version = client.get("/version");
    JsonNode info = orGap("/info", "/engine");
    List<Network> networks = each(orGap("/networks", "/networks"), ImageReader::network);
    List<Volume> volumes = each(orGap("/volumes", "/volumes").path("Volumes"), ImageReader::volume);
    List<String> named = look.containers();
    Map<String, Inspected> images = named == null ? images() : new HashMap<>();
    List<Container> containers = named == null ? containers(images) : named(named, images);
    List<Image> held = images.values().stream().map(Inspected::facts).toList();
    return new Found(
        engine(version, info, networks),
        containers,
        named == null ? counted(held, containers) : held,
        networks,
        volumes,
        List.copyOf(gaps),
        execs,
        runtimes(info),
        daemon,
        !failed);
  }

  /** Containers alone; what is around them was asked for before. */
  private Found again(Look look, Found before) {
    List<String> names = look.containers();
    Map<String, Inspected> images = new HashMap<>();
    List<Container> containers = named(names == null ? List.of() : names, images);
    return new Found(
        before.engine(),
        containers,
        images.values().stream().map(Inspected::facts).toList(),
        before.networks(),
        before.volumes(),
        List.copyOf(gaps),
        execs,
        before.runtimes(),
        before.process(),
        !failed);
  }

  /** With how many containers are made of each. */
  private static List<Image> counted(List<Image> images, List<Container> containers) {
    Map<String, Integer> counts = new HashMap<>();
    for (Container container : containers) {
      String image = container.identity().imageId();
      if (image != null) {
        counts.merge(image, 1, Integer::sum);
      }
    }
    return images.stream()
        .map(image -> image.withContainers(counts.getOrDefault(image.id(), 0)))
        .toList();
  }

  private JsonNode orGap(String path, String pointer) {
    try {
      return client.get(path);
    } catch (EngineException e) {
      gap(pointer, e);
      return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
  }

  private void gap(String pointer, EngineException failure) {
    failed = true;
    gaps.add(new Gap(pointer, String.valueOf(failure.getMessage())));
  }

  private static <T> List<T> each(JsonNode list, Function<JsonNode, T> read) {
    List<T> all = new ArrayList<>();
    list.forEach(element -> all.add(read.apply(element)));
    return all;
  }

  private Map<String, Inspected> images() {
    SortedSet<String> ids = new TreeSet<>();
    orGap("/images/json", "/images").forEach(image -> ids.add(image.path("Id").asText()));
    Map<String, Inspected> images = new HashMap<>();
    for (Answer answer : inspectAll(List.copyOf(ids), id -> "/images/" + id + "/json")) {
      answer.keep(
          "/images/" + answer.id(), json -> images.put(answer.id(), ImageReader.read(json)));
    }
    for (Answer answer :
        inspectAll(List.copyOf(images.keySet()), id -> "/images/" + id + "/history")) {
      answer.keep(
          "/images/" + answer.id() + "/built",
          json ->
              images.computeIfPresent(
                  answer.id(),
                  (id, image) -> image.withBuilt(HistoryReader.read(ImageReader.history(json)))));
    }
    return images;
  }

  private List<Container> containers(Map<String, Inspected> images) {
    Set<String> ids =
        new LinkedHashSet<>(
            each(
                orGap("/containers/json?all=1", "/containers"),
                listed -> listed.path("Id").asText()));
    progress.accept("asking the engine about " + ids.size() + " containers");
    List<Container> containers = new ArrayList<>();
    for (Answer answer : inspectAll(List.copyOf(ids), id -> "/containers/" + id + "/json")) {
      answer.keep(
          "/containers/" + answer.id(),
          json -> {
            if (!json.path("Id").asText().equals(answer.id())) {
              failed = true;
              gaps.add(
                  new Gap(
                      "/containers/" + answer.id(),
                      "the engine answered for another container than it was asked about"));
              return;
            }
            containers.add(container(json, images));
          });
    }
    containers.sort(java.util.Comparator.comparing(container -> container.identity().name()));
    return containers;
  }

  /** Containers by name or id, and the images of these. */
  private List<Container> named(List<String> names, Map<String, Inspected> images) {
    List<Container> containers = new ArrayList<>();
    for (String name : names) {
      JsonNode json = orGap("/containers/" + name + "/json", "/containers/" + name);
      if (json.has("Id")) {
        String image = json.path("Image").asText();
        JsonNode inspected = orGap("/images/" + image + "/json", "/images/" + image);
        if (inspected.has("Id")) {
          images.put(image, ImageReader.read(inspected));
        }
        containers.add(container(json, images));
      }
    }
    return containers;
  }

  private Container container(JsonNode json, Map<String, Inspected> images) {
    List<Started> started = execs(json);
    return new Container(
        InspectReader.identity(json),
        InspectReader.requested(json, images.get(json.path("Image").asText()), started),
        null);
  }

  /** An exec that has ended meanwhile, or that the engine will not show, is nothing to report. */
  private List<Started> execs(JsonNode container) {
    List<Started> running = new ArrayList<>();
    for (String id : Json.texts(container.path("ExecIDs"))) {
      try {
        ExecReader.read(client.get("/exec/" + id + "/json"), container).ifPresent(running::add);
      } catch (EngineException e) {
        if (!e.notFound()) {
          break;
        }
      }
    }
    execs.put(container.path("Id").asText(), running);
    return running;
  }

  /** An inspect's answer, or why there is none. */
  private final class Answer {
    private final String id;
    private final Future<JsonNode> future;

    Answer(String id, Future<JsonNode> future) {
      this.id = id;
      this.future = future;
    }

    String id() {
      return id;
    }

    void keep(String pointer, Consumer<JsonNode> take) {
      try {
        take.accept(future.get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof EngineException failure)) {
          throw new IllegalStateException(e);
        }
        if (failure.notFound()) {
          gaps.add(new Gap(pointer, "removed while the audit was looking at it"));
        } else {
          gap(pointer, failure);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        gaps.add(new Gap(pointer, "interrupted"));
      }
    }
  }

  private List<Answer> inspectAll(List<String> ids, UnaryOperator<String> path) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            PARALLEL,
            task -> {
              Thread thread = new Thread(task, "inspect");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Answer> answers = new ArrayList<>();
      for (String id : ids) {
        Callable<JsonNode> call = () -> client.get(path.apply(id));
        answers.add(new Answer(id, pool.submit(call)));
      }
      return answers;
    } finally {
      pool.shutdown();
    }
  }

  private View<Engine> engine(JsonNode version, JsonNode info, List<Network> networks) {
    Provenance provenance = new Provenance();
    DaemonProcess process = null;
    String why =
        "the engine is not on this host: only it can tell what its daemon was started with";
    if (endpoint.local()) {
      try {
        process = findProcess();
        daemon = process;
      } catch (DaemonFinder.NotFoundException | IOException e) {
        why =
            "the daemon's process was not found: "
                + (e instanceof IOException io ? HostFiles.reason(io) : e.getMessage());
        provenance.gap("/daemon", why);
      }
    }
    Listeners listeners = process == null ? null : Listeners.of(files, process);
    Engine.Swarm swarm = new SwarmReader(client, files, endpoint.local(), provenance).read(info);
    return new EngineReader(endpoint, process, why, listeners, swarm, provenance)
        .read(version, info, networks);
  }

  private DaemonProcess findProcess() throws DaemonFinder.NotFoundException, IOException {
    Path socket = endpoint.socket();
    if (socket == null) {
      throw new DaemonFinder.NotFoundException(
          "it was asked over TCP; ask its Unix socket to see the process behind it");
    }
    return DaemonProcess.read(files, new DaemonFinder(files).serving(socket));
  }

  private static Map<String, String> runtimes(JsonNode info) {
    Map<String, String> runtimes = new HashMap<>();
    info.path("Runtimes")
        .properties()
        .forEach(runtime ->
            runtimes.put(
                runtime.getKey(),
                runtime.getValue().path("path").asText()
                    + runtime.getValue().path("runtimeType").asText()));
    return runtimes;
  }
}
