package plimsoll.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How what a repository is judged by has become weaker, or may have, since another commit.
 *
 * @param waivers waivers that are new, speak of something else or hold for longer
 * @param disabled rules that judge no more
 * @param lowered rules whose failures count for less
 * @param altered rules that ask for something else
 */
public record PolicyChange(
    List<Change> waivers, List<Change> disabled, List<Change> lowered, List<Change> altered) {

  /** Copies the lists. */
  public PolicyChange {
    waivers = Lists.copy(waivers);
    disabled = Lists.copy(disabled);
    lowered = Lists.copy(lowered);
    altered = Lists.copy(altered);
  }

  /**
   * One change.
   *
   * @param what the rule, and what has become of it
   */
  public record Change(@Nullable String what) {}
}
