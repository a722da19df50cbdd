package plimsoll.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.FactPath;
import plimsoll.model.FactPath.UnknownFactException;
import plimsoll.model.Field;
import plimsoll.model.Gap;
import plimsoll.model.Mount;
import plimsoll.model.Order;
import plimsoll.model.Order.Strength;
import plimsoll.model.Origin;
import plimsoll.model.View;
import plimsoll.report.Plain;
import plimsoll.report.html.Page.FactRow;

/** A container's facts, as asked for beside as enforced. */
final class FactRows {
  private static final String NOTHING = "none";

  /**
   * A row of the table.
   *
   * @param empty what stands where nothing is set
   */
  private record Row(
      FactPath path,
      String label,
      String empty,
      Function<Object, String> text,
      @Nullable Field field) {
    String pointer() {
      return path.text();
    }
  }

  private static final List<Row> ROWS =
      List.of(
          row("/privileged", "Privileged", "no"),
          row("/user/uid", "User id", "unknown"),
          row("/user/gid", "Group id", "unknown"),
          row("/user/hostUid", "User id on the host", "unknown"),
          row(
              "/capabilities/bounding",
              "Capabilities it may hold",
              NOTHING,
              FactText::capabilities),
          row(
              "/capabilities/effective",
              "Capabilities the first process has",
              NOTHING,
              FactText::capabilities),
          row("/seccomp/mode", "System call filter", "not given"),
          row(
              "/seccomp/allowsEverything",
              "System call filter lets everything through",
              "not known"),
          row("/noNewPrivileges", "No new privileges", "no"),
          row("/label/apparmor", "AppArmor profile", NOTHING),
          row("/label/selinux", "SELinux label", NOTHING),
          row("/namespaces/network", "Network namespace", "not known", FactText::namespace),
          row("/namespaces/pid", "PID namespace", "not known", FactText::namespace),
          row("/namespaces/ipc", "IPC namespace", "not known", FactText::namespace),
          row("/namespaces/uts", "UTS namespace", "not known", FactText::namespace),
          row("/namespaces/user", "User namespace", "not known", FactText::namespace),
          row("/namespaces/cgroup", "Cgroup namespace", "not known", FactText::namespace),
          row("/readOnlyRoot", "Read-only root", "no"),
          row("/kernelPaths/exposed", "Kernel paths left visible", NOTHING),
          row("/kernelPaths/writable", "Kernel paths left writable", NOTHING),
          row("/kernelPaths/leaking", "Kernel paths that newer engines hide", NOTHING),
          row("/devices/nodes", "Devices", NOTHING),
          row("/devices/cgroupRules", "Device rules", NOTHING),
          row("/limits/pids", "Limit on processes", "no limit"),
          row("/limits/memory/limit", "Limit on memory", "no limit", FactText::bytes),
          row("/limits/memory/swap", "Limit on swap", "no limit", FactText::bytes),
          row("/limits/memory/oomKillDisabled", "Never killed for memory", "no"),
          row("/limits/memory/oomScoreAdjust", "Out-of-memory score", "0"),
          row("/limits/cpu/cpus", "Limit on processors", "no limit"),
          row("/limits/cpu/shares", "Processor weight", "default"),
          row("/limits/cpu/cpuset", "Runs on processors", "all"),
          row("/limits/io/weight", "Disk weight", "default"),
          row("/limits/io/throttles", "Disk limits", NOTHING),
          row("/limits/ulimits", "Ulimits", NOTHING),
          row("/cgroupParent", "Cgroup parent", "default"),
          row("/networking/networks", "Networks", NOTHING),
          row("/networking/ports", "Published ports", NOTHING),
          row("/networking/listening", "Listens in the host's network", NOTHING),
          row("/lifecycle/restart", "Restart policy", "no"),
          row("/lifecycle/healthCheck", "Health check", "absent"),
          row("/runtime", "Runtime", "default"));

  private final View<Confinement> requested;
  private final @Nullable View<Confinement> enforced;
  private final List<FactRow> rows = new ArrayList<>();

  private FactRows(Container container) {
    this.requested = container.requested();
    this.enforced = container.enforced();
  }

  /** The rows of one container; those that differ come first. */
  static List<FactRow> of(Container container) {
    FactRows table = new FactRows(container);
    ROWS.forEach(table::add);
    table.mounts();
    table.rows.sort(
        Comparator.comparing((FactRow row) -> !row.less())
            .thenComparing(row -> row.mark().isEmpty()));
    return List.copyOf(table.rows);
  }

  /** Whether the table says something of a fact. */
  static boolean covers(String pointer) {
    return pointer.equals("/mounts")
        || pointer.equals("/capabilities/unrequested") // a part of those it may hold
        || ROWS.stream().anyMatch(row -> (pointer + "/").startsWith(row.pointer() + "/"));
  }

  private static Row row(String pointer, String label, String empty) {
    return row(pointer, label, empty, FactText::of);
  }

  private static Row row(
      String pointer, String label, String empty, Function<Object, String> text) {
    try {
      return new Row(
          FactPath.of(pointer, Confinement.class), label, empty, text, comparing(pointer));
    } catch (UnknownFactException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The fact's own field, or for a namespace that of what is compared in it. */
  private static @Nullable Field comparing(String pointer) {
    return Field.TABLE.stream()
        .filter(
            field -> field.pointer().equals(pointer) || field.pointer().equals(pointer + "/host"))
        .findFirst()
        .orElse(null);
  }

  private void add(Row row) {
    Object asked = row.path().read(requested.facts());
    Object done = enforced == null ? null : row.path().read(enforced.facts());
    boolean effective = row.pointer().equals("/capabilities/effective");
    String left = effective ? "" : shown(row, requested, asked);
    String right = row.field() == null || enforced == null ? "" : shown(row, enforced, done);
    if (says(left, row) || says(right, row)) {
      rows.add(
          new FactRow(
              row.label(),
              left,
              effective ? "" : origin(requested, row.pointer()),
              right,
              right.isEmpty() || enforced == null ? "" : origin(enforced, row.pointer()),
              effective ? effective() : mark(row.field())));
    }
  }

  /** A row that says nothing in both views is left out, unless a limit is missing. */
  private static boolean says(String text, Row row) {
    return !text.isEmpty() && (!text.equals(row.empty()) || row.empty().equals("no limit"));
  }

  private static String shown(Row row, View<Confinement> view, @Nullable Object value) {
    Gap gap = view.gapAt(row.pointer()).orElse(null);
    if (gap != null) {
      return "unknown: " + Plain.line(gap.reason());
    }
    String text = value == null ? "" : row.text().apply(value);
    return text.isEmpty() ? row.empty() : Plain.line(text);
  }

  private static String origin(View<Confinement> view, String pointer) {
    Origin origin = view.originOf(pointer);
    return origin == null ? "" : Plain.line(origin.describe());
  }

  private String mark(@Nullable Field field) {
    if (field == null || enforced == null || unknown(field.pointer())) {
      return "";
    }
    return word(field.compare(field.in(requested.facts()), field.in(enforced.facts())));
  }

  private boolean unknown(String pointer) {
    return requested.gapAt(pointer).isPresent()
        || (enforced != null && enforced.gapAt(pointer).isPresent());
  }

  /** What a program can take up must not be more than the container was to have at all. */
  private String effective() {
    if (enforced == null
        || unknown("/capabilities/effective")
        || unknown("/capabilities/bounding")) {
      return "";
    }
    Strength strength =
        Order.FEWER.compare(
            requested.facts().capabilities().bounding(),
            enforced.facts().capabilities().effective(),
            0);
    return strength == Strength.WEAKER ? word(strength) : "";
  }

  private static String word(Strength strength) {
    return switch (strength) {
      case WEAKER -> "weaker";
      case STRONGER -> "stronger";
      case INCOMPARABLE -> "other";
      case EQUAL -> "";
    };
  }

  /** A row for each mount, in the order of the views: what nobody asked for comes last. */
  private void mounts() {
    List<Mount> asked = requested.facts().mounts();
    boolean seen = enforced != null && enforced.gapAt("/mounts").isEmpty();
    List<Mount> done = enforced == null || !seen ? List.of() : enforced.facts().mounts();
    for (int i = 0; i < Math.max(asked.size(), done.size()); i++) {
      String pointer = "/mounts/" + i;
      Mount left = i < asked.size() ? asked.get(i) : null;
      Mount right =
          i < done.size() && enforced != null && enforced.gapAt(pointer).isEmpty()
              ? done.get(i)
              : null;
      rows.add(
          new FactRow(
              "Mount " + Plain.line((left == null ? done.get(i) : left).destination()),
              left == null ? "not asked for" : mount(left),
              left == null ? "" : origin(requested, pointer),
              right == null ? "" : mount(right),
              right == null || enforced == null ? "" : origin(enforced, pointer),
              right == null ? "" : mark(left, right)));
    }
  }

  private static String mark(@Nullable Mount left, Mount right) {
    if (left == null) {
      return "weaker";
    }
    return left.readOnly() == right.readOnly() ? "" : left.readOnly() ? "weaker" : "stronger";
  }

  private static String mount(Mount mount) {
    return Plain.line(mount.what() + (mount.readOnly() ? ", read-only" : ", writable"));
  }
}
