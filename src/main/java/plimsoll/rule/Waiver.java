package plimsoll.rule;

import java.time.LocalDate;

/**
 * A failure that somebody answers for.
 *
 * @param rule which rules
 * @param target what of it is waived
 * @param reason why that is right
 * @param owner who answers for it
 * @param expires the last day it holds
 * @param place where it is written, {@code FILE:LINE:COLUMN}
 */
public record Waiver(
    Glob rule, Target target, String reason, String owner, LocalDate expires, String place) {

  /** Whether it still holds. */
  public boolean holds(LocalDate today) {
    return !today.isAfter(expires);
  }

  /** Which subjects a waiver speaks of. */
  public sealed interface Target {
    /** Containers of a name. A name is a claim: whoever may start containers may take it. */
    record ContainerName(Glob name) implements Target {}

    /** An image, and containers of it, by the content's digest, which nobody can claim. */
    record ImageDigest(String digest) implements Target {}

    /** The one subject of a kind: the engine or the host. */
    record Kind(SubjectKind kind) implements Target {}
  }
}
