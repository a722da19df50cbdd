package plimsoll.rule;

import plimsoll.model.FactPath;

/**
 * What a condition looks at.
 *
 * @param root where the path starts
 * @param path the path, checked against the model
 */
public record Fact(Root root, FactPath path) {

  /** Where a path starts. */
  public enum Root {
    /** The subject's facts: {@code /limits/pids}. */
    SUBJECT,
    /** The element {@code each} is looking at: {@code source}. */
    ELEMENT,
    /** The engine that runs the subject: {@code engine:/settings/liveRestore}. */
    ENGINE,
    /** The host: {@code host:/cgroups/version}. */
    HOST
  }
}
