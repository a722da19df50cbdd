package plimsoll.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a container may use up. Null means no limit of its own.
 *
 * @param pids processes and threads
 */
public record Limits(
    @Nullable Long pids, Memory memory, Cpu cpu, BlockIo io, List<Ulimit> ulimits) {
  /** None. */
  public static final Limits EMPTY =
      new Limits(null, Memory.EMPTY, Cpu.EMPTY, BlockIo.EMPTY, List.of());

  /** Turns what JSON left out into empty parts. */
  public Limits {
    memory = memory == null ? Memory.EMPTY : memory;
    cpu = cpu == null ? Cpu.EMPTY : cpu;
    io = io == null ? BlockIo.EMPTY : io;
    ulimits = Lists.copy(ulimits);
  }

  /**
   * Memory, in bytes.
   *
   * @param limit the hard limit on memory
   * @param swap what may be swapped out in addition, 0 for nothing; null for as much as the host
   *     has
   * @param reservation what the kernel tries to leave the container under pressure
   * @param oomKillDisabled whether the container hangs instead of being killed when it runs out
   * @param oomScoreAdjust -1000 to 1000: below 0, the kernel kills others first
   */
  public record Memory(
      @Nullable Long limit,
      @Nullable Long swap,
      @Nullable Long reservation,
      @Nullable Boolean oomKillDisabled,
      @Nullable Integer oomScoreAdjust) {
    /** None. */
    public static final Memory EMPTY = new Memory(null, null, null, null, null);
  }

  /**
   * Processor time.
   *
   * @param cpus how many processors' worth of time at most
   * @param shares the relative weight as Docker counts it, 1024 being usual; null for the default
   * @param cpuset the processors it may run on, {@code 0-3,7}
   * @param realtimeRuntime microseconds of real-time scheduling per period
   */
  public record Cpu(
      @Nullable Double cpus,
      @Nullable Long shares,
      @Nullable String cpuset,
      @Nullable Long realtimeRuntime) {
    /** None. */
    public static final Cpu EMPTY = new Cpu(null, null, null, null);
  }

  /**
   * Block input and output.
   *
   * @param weight the relative weight, 10 to 1000; null for the default
   * @param throttles hard limits
   */
  public record BlockIo(@Nullable Integer weight, List<Throttle> throttles) {
    /** None. */
    public static final BlockIo EMPTY = new BlockIo(null, List.of());

    /** Copies the list. */
    public BlockIo {
      throttles = Lists.copy(throttles);
    }
  }

  /**
   * A hard limit on one device.
   *
   * @param kind {@code read-bps}, {@code write-bps}, {@code read-iops}, {@code write-iops}
   * @param device the path of its node
   * @param rate bytes or operations a second
   */
  public record Throttle(String kind, String device, long rate) {
    @Override
    public String toString() {
      return kind + " " + device + " " + rate;
    }
  }

  /** A resource limit of each process (getrlimit(2)); -1 for unlimited. */
  public record Ulimit(String name, long soft, long hard) {}
}
