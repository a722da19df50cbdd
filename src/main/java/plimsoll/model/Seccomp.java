package plimsoll.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The system call filter.
 *
 * @param mode whether a filter is on, as {@code /proc/PID/status} numbers it
 * @param profile which profile was asked for
 * @param content of a profile that was given, what is in it, as JSON without white space; null
 *     where that is not in the engine's record
 * @param allowsEverything whether the profile lets every system call through that is worth keeping
 *     from a container, which mode {@code filter} hides
 */
public record Seccomp(
    @Nullable Mode mode,
    @Nullable Profile profile,
    @Nullable String content,
    @Nullable Boolean allowsEverything) {
  /** Nothing known. */
  public static final Seccomp EMPTY = new Seccomp(null, null, null, null);

  /** The kernel's modes, in the order of their numbers. */
  public enum Mode {
    /** No filter. */
    DISABLED,
    /** Only read, write, exit and sigreturn. */
    STRICT,
    /** One or more filters, whatever they allow. */
    FILTER;

    /** The name in JSON and in rules. */
    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where the profile comes from. */
  public enum Profile {
    /** The engine's. */
    ENGINE_DEFAULT,
    /** None. */
    UNCONFINED,
    /** One that was given. */
    CUSTOM;

    /** The name in JSON and in rules. */
    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
