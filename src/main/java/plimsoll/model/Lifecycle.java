package plimsoll.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a container is started, watched, restarted and logged.
 *
 * @param init whether the engine puts an init process first, which reaps zombies and forwards
 *     signals
 * @param restart when the engine starts it again
 * @param restartRetries with {@code on-failure}, how often at most; 0 for no end
 * @param healthCheck whether something asks the container for its health
 * @param logDriver the logging driver
 * @param ownLogDriver the logging driver, where it is another than the engine's own choice; worked
 *     out from both
 * @param logOptions the logging driver's options; values other than sizes and counts are masked
 * @param hooks programs that are started in it beside its own: when it starts or stops, and those
 *     of {@code docker exec} that run
 * @param activity what its processes were seen doing; null where nobody looked
 */
public record Lifecycle(
    @Nullable Boolean init,
    @Nullable String restart,
    @Nullable Integer restartRetries,
    @Nullable HealthCheck healthCheck,
    @Nullable String logDriver,
    @Nullable String ownLogDriver,
    Map<String, String> logOptions,
    List<Hook> hooks,
    @Nullable Activity activity) {
  /** Nothing known. */
  public static final Lifecycle EMPTY =
      new Lifecycle(null, null, null, null, null, null, Map.of(), List.of(), null);

  /** Copies the collections. */
  public Lifecycle {
    logOptions = Lists.copy(logOptions);
    hooks = Lists.copy(hooks);
  }

  /**
   * A program that {@code docker exec} started in a running container, or that a compose file has
   * started as that does.
   *
   * @param when {@code exec}, {@code post_start} or {@code pre_stop}
   * @param user as whom; null for the container's own user
   * @param privileged whether it gets every capability, whatever the container has
   */
  public record Hook(String when, @Nullable String user, boolean privileged) {}

  /** The same, knowing whether there is an init process. */
  public Lifecycle withInit(boolean newInit) {
    return new Lifecycle(
        newInit,
        restart,
        restartRetries,
        healthCheck,
        logDriver,
        ownLogDriver,
        logOptions,
        hooks,
        activity);
  }

  /** The same with hooks. */
  public Lifecycle withHooks(List<Hook> newHooks) {
    return new Lifecycle(
        init,
        restart,
        restartRetries,
        healthCheck,
        logDriver,
        ownLogDriver,
        logOptions,
        newHooks,
        activity);
  }

  /** The same, knowing what its processes do. */
  public Lifecycle withActivity(Activity newActivity) {
    return new Lifecycle(
        init,
        restart,
        restartRetries,
        healthCheck,
        logDriver,
        ownLogDriver,
        logOptions,
        hooks,
        newActivity);
  }

  /** The same, knowing that its logging driver is not the engine's. */
  public Lifecycle withOwnLogDriver(String newOwn) {
    return new Lifecycle(
        init, restart, restartRetries, healthCheck, logDriver, newOwn, logOptions, hooks, activity);
  }

  /** Whether something asks a container for its health. */
  public enum HealthCheck {
    /** Nobody said anything. */
    ABSENT,
    /** Switched off, though the image may have one. */
    DISABLED,
    /** There is one. */
    PRESENT;

    /** The name in JSON and in rules. */
    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
