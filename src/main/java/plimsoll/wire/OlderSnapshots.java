package plimsoll.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Gap;
import plimsoll.model.Snapshot;
import plimsoll.model.View;

/**
 * Snapshots of earlier versions: what those did not collect is a gap, so that nothing passes
 * because nobody had looked.
 */
final class OlderSnapshots {
  private static final String FIRST = "plimsoll-snapshot/1";

  private static final List<String> NEW_OF_HOST =
      List.of(
          "/settings",
          "/engineGroup",
          "/dataRoot",
          "/files",
          "/cgroups/layout",
          "/system",
          "/processors",
          "/components",
          "/otherEngines");

  private static final List<String> NEW_OF_ENGINE =
      List.of(
          "/version/experimental",
          "/version/built",
          "/settings/rootless",
          "/settings/iptables",
          "/settings/storageOptions",
          "/settings/defaultUlimits",
          "/settings/cgroupParent",
          "/settings/authorizationPlugins",
          "/settings/seccompProfile",
          "/daemon/replaced",
          "/unsupported",
          "/swarm");

  private OlderSnapshots() {}

  /** Whether a snapshot with this schema can be read. */
  static boolean readable(String schema) {
    return schema.equals(Snapshot.SCHEMA) || schema.equals(FIRST);
  }

  /** The same as a snapshot of this version. */
  static Snapshot renewed(Snapshot snapshot) {
    return snapshot.schema().equals(Snapshot.SCHEMA)
        ? snapshot
        : new Snapshot(
            Snapshot.SCHEMA,
            snapshot.takenAt(),
            snapshot.tool(),
            without(snapshot.host(), NEW_OF_HOST, snapshot.tool()),
            without(snapshot.engine(), NEW_OF_ENGINE, snapshot.tool()),
            snapshot.containers(),
            snapshot.images(),
            snapshot.networks(),
            snapshot.volumes(),
            snapshot.gaps());
  }

  private static <F extends Record> @Nullable View<F> without(
      @Nullable View<F> view, List<String> pointers, Snapshot.Tool tool) {
    if (view == null) {
      return null;
    }
    String reason =
        tool.name() + " " + tool.version() + ", which took the snapshot, did not look at this";
    return view.withGaps(pointers.stream().map(pointer -> new Gap(pointer, reason)).toList());
  }
}
