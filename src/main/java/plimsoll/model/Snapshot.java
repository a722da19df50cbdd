package plimsoll.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything one look at a host found: what an audit judges, and all it needs to be judged again
 * elsewhere.
 *
 * @param schema {@link #SCHEMA}
 * @param takenAt when it was taken
 * @param tool what took it
 * @param host the host; null where only containers were described
 * @param engine the engine; null where none answered
 * @param containers running, paused, created and stopped ones
 * @param gaps what could not be read, by JSON pointer into the snapshot
 */
public record Snapshot(
    String schema,
    Instant takenAt,
    Tool tool,
    @Nullable View<Host> host,
    @Nullable View<Engine> engine,
    List<Container> containers,
    List<Image> images,
    List<Network> networks,
    List<Volume> volumes,
    List<Gap> gaps) {

  /** The schema this version writes; it reads those before it as well. */
  public static final String SCHEMA = "plimsoll-snapshot/2";

  /** Makes the lists immutable. */
  public Snapshot {
    containers = Lists.copy(containers);
    images = Lists.copy(images);
    networks = Lists.copy(networks);
    volumes = Lists.copy(volumes);
    gaps = Lists.copy(gaps);
  }

  /** What was described, of no host that anybody looked at. */
  public static Snapshot described(
      Tool tool, @Nullable View<Engine> engine, List<Container> containers, List<Volume> volumes) {
    return new Snapshot(
        SCHEMA,
        Instant.EPOCH,
        tool,
        null,
        engine,
        containers,
        List.of(),
        List.of(),
        volumes,
        List.of());
  }

  /** The program that took a snapshot or made a report. */
  public record Tool(String name, String version) {}

  /** The same snapshot with another view of the host. */
  public Snapshot withHost(@Nullable View<Host> other) {
    return new Snapshot(
        schema, takenAt, tool, other, engine, containers, images, networks, volumes, gaps);
  }

  /** The same snapshot with other containers. */
  public Snapshot withContainers(List<Container> others) {
    return new Snapshot(
        schema, takenAt, tool, host, engine, others, images, networks, volumes, gaps);
  }
}
