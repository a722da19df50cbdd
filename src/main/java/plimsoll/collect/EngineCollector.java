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
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plimsoll.client.Endpoint;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;
import plimsoll.collect.Asking.Answer;
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
  private final EngineClient client;
  private final Endpoint endpoint;
  private final HostFiles files;
  private final Consumer<String> progress;
  private final Asking asking;
  private final Map<String, List<Started>> execs = new HashMap<>();
  private @Nullable DaemonProcess daemon;

  EngineCollector(
      EngineClient client, Endpoint endpoint, HostFiles files, Consumer<String> progress) {
    this.progress = progress;
    this.client = client;
    this.asking = new Asking(client);
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
    JsonNode info = asking.orGap("/info", "/engine");
    List<Network> networks = each(asking.orGap("/networks", "/networks"), ImageReader::network);
    List<Volume> volumes =
        each(asking.orGap("/volumes", "/volumes").path("Volumes"), ImageReader::volume);
    List<String> named = look.containers();
    ImageCollector all = new ImageCollector(asking);
    Map<String, Inspected> images = named == null ? all.images() : new HashMap<>();
    List<Container> containers = named == null ? containers(images) : named(named, images);
    View<Engine> engine = engine(version, info, networks);
    List<Image> held = images.values().stream().map(Inspected::facts).toList();
    if (named == null) {
      held = ImageCollector.counted(held, containers);
    }
    if (look.imageFiles()) {
      held = all.withFiles(held, images, free(engine.facts()), progress);
    }
    return new Found(
        engine,
        containers,
        held,
        networks,
        volumes,
        asking.gaps(),
        execs,
        runtimes(info),
        daemon,
        !asking.failed());
  }

  /** What is free where the engine keeps its data; null where that is not known. */
  private @Nullable Long free(Engine engine) {
    String root = engine.platform().rootDirectory();
    return engine.local() && root != null ? files.free(root) : null;
  }

  /** Containers alone; what is around them was asked for before. */
  private Found again(Look look, Found before) {
    List<String> names = look.containers();
    Map<String, Inspected> images = new HashMap<>();
    List<Container> containers = names == null ? containers(images) : named(names, images);
    return new Found(
        before.engine(),
        containers,
        images.values().stream().map(Inspected::facts).toList(),
        before.networks(),
        before.volumes(),
        asking.gaps(),
        execs,
        before.runtimes(),
        before.process(),
        !asking.failed());
  }

  private static <T> List<T> each(JsonNode list, Function<JsonNode, T> read) {
    List<T> all = new ArrayList<>();
    list.forEach(element -> all.add(read.apply(element)));
    return all;
  }

  private List<Container> containers(Map<String, Inspected> images) {
    Set<String> ids =
        new LinkedHashSet<>(
            each(
                asking.orGap("/containers/json?all=1", "/containers"),
                listed -> listed.path("Id").asText()));
    progress.accept("asking the engine about " + ids.size() + " containers");
    List<Container> containers = new ArrayList<>();
    for (Answer answer : asking.each(ids, id -> "/containers/" + id + "/json")) {
      answer.keep(
          "/containers/" + answer.id(),
          json -> {
            if (!json.path("Id").asText().equals(answer.id())) {
              asking.failed(
                  "/containers/" + answer.id(),
                  "the engine answered for another container than it was asked about");
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
      JsonNode json = asking.orGap("/containers/" + name + "/json", "/containers/" + name);
      if (json.has("Id")) {
        String image = json.path("Image").asText();
        JsonNode inspected = asking.orGap("/images/" + image + "/json", "/images/" + image);
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
