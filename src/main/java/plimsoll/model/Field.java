package plimsoll.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plimsoll.model.FactPath.UnknownFactException;
import plimsoll.model.Order.Strength;

/**
 * A fact of {@link Confinement} that something beside the engine testifies to: who, how much of a
 * difference it makes, and which of two values confines more. {@link #TABLE} lists them all; what
 * is not in it only the engine knows.
 *
 * @param pointer the fact, with all below it
 * @param witness who testifies
 * @param order how two values compare; null where they are not compared by themselves
 * @param slack by how much two numbers may differ and be the same: rounding by engine, runtime,
 *     kernel and cgroup driver
 * @param weight how bad it is where less is enforced than was asked for
 * @param ofProcess whether each process, and each thread, has a value of its own
 */
public record Field(
    String pointer,
    Witness witness,
    @Nullable Order order,
    double slack,
    Weight weight,
    boolean ofProcess) {

  /** How bad drift is. */
  public enum Weight {
    /** Something works a little differently. */
    LOW,
    /** A limit or a hardening is gone. */
    MEDIUM,
    /** A way to the host is open that was closed. */
    HIGH
  }

  /** A page of memory, to which the kernel rounds. */
  private static final double PAGE = 4096;

  /**
   * Every such fact. In processor time 0.01 is what systemd rounds a quota up to. Capabilities come
   * before the user, so that the worse of two consequences is named first.
   */
  public static final List<Field> TABLE =
      List.of(
          each("/capabilities/effective", null, Weight.HIGH),
          each("/capabilities/bounding", Order.FEWER, Weight.HIGH),
          each("/capabilities/unrequested", null, Weight.HIGH),
          each("/seccomp/mode", Order.SECCOMP, Weight.HIGH),
          all("/seccomp/allowsEverything", Witness.BUNDLE, Order.OFF, Weight.HIGH),
          each("/user/uid", null, Weight.HIGH),
          each("/user/hostUid", Order.ROOT, Weight.HIGH),
          each("/user/gid", Order.ROOT, Weight.MEDIUM),
          each("/noNewPrivileges", Order.ON, Weight.MEDIUM),
          each("/label/apparmor", Order.PROFILE, Weight.HIGH),
          each("/namespaces/network/host", Order.OFF, Weight.HIGH),
          each("/namespaces/pid/host", Order.OFF, Weight.HIGH),
          each("/namespaces/ipc/host", Order.OFF, Weight.HIGH),
          each("/namespaces/uts/host", Order.OFF, Weight.MEDIUM),
          each("/namespaces/user/host", Order.OFF, Weight.HIGH),
          each("/namespaces/cgroup/host", Order.OFF, Weight.MEDIUM),
          all("/mounts", Witness.KERNEL, null, Weight.HIGH),
          all("/readOnlyRoot", Witness.KERNEL, Order.ON, Weight.MEDIUM),
          all("/kernelPaths/exposed", Witness.KERNEL, Order.FEWER, Weight.HIGH),
          all("/kernelPaths/writable", Witness.KERNEL, Order.FEWER, Weight.HIGH),
          all("/kernelPaths/leaking", Witness.KERNEL, null, Weight.LOW),
          all("/devices/cgroupRules", Witness.KERNEL, Order.FEWER, Weight.HIGH),
          all("/cgroupParent", Witness.KERNEL, Order.SAME, Weight.MEDIUM),
          all("/limits/pids", Witness.KERNEL, Order.LIMIT, Weight.MEDIUM),
          rounded("/limits/memory/limit", Order.LIMIT, PAGE, Weight.MEDIUM),
          rounded("/limits/memory/swap", Order.LIMIT, PAGE, Weight.LOW),
          all("/limits/memory/oomKillDisabled", Witness.KERNEL, Order.OFF, Weight.MEDIUM),
          each("/limits/memory/oomScoreAdjust", Order.HIGHER, Weight.LOW),
          rounded("/limits/cpu/cpus", Order.LIMIT, 0.0101, Weight.LOW),
          rounded("/limits/cpu/shares", Order.SAME, 30, Weight.LOW),
          all("/limits/cpu/cpuset", Witness.KERNEL, Order.PROCESSORS, Weight.LOW),
          rounded("/limits/io/weight", Order.SAME, 5, Weight.LOW),
          all("/limits/io/throttles", Witness.KERNEL, null, Weight.LOW),
          all("/limits/ulimits", Witness.KERNEL, null, Weight.LOW));

  private static final FactPath NOTHING = path("");

  /** Looked up once: a path is checked against the model when it is made. */
  private static final Map<String, FactPath> PATHS =
      TABLE.stream().collect(Collectors.toMap(Field::pointer, field -> path(field.pointer())));

  private static FactPath path(String pointer) {
    try {
      return FactPath.of(pointer, Confinement.class);
    } catch (UnknownFactException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Field each(String pointer, @Nullable Order order, Weight weight) {
    return new Field(pointer, Witness.KERNEL, order, 0, weight, true);
  }

  private static Field all(String pointer, Witness witness, @Nullable Order order, Weight weight) {
    return new Field(pointer, witness, order, 0, weight, false);
  }

  private static Field rounded(String pointer, Order order, double slack, Weight weight) {
    return new Field(pointer, Witness.KERNEL, order, slack, weight, false);
  }

  /** The field a pointer lies in; null for what only the engine knows. */
  public static @Nullable Field of(String at) {
    for (Field field : TABLE) {
      if (Pointers.within(at, field.pointer)) {
        return field;
      }
    }
    return null;
  }

  /** Its value. */
  public @Nullable Object in(Confinement facts) {
    return PATHS.getOrDefault(pointer, NOTHING).read(facts);
  }

  /** How what is enforced compares with what was requested; equal where they do not compare. */
  public Strength compare(@Nullable Object requested, @Nullable Object enforced) {
    return order == null ? Strength.EQUAL : order.compare(requested, enforced, slack);
  }
}
