package plimsoll.finding;

import org.jspecify.annotations.Nullable;
import plimsoll.rule.SubjectKind;

/**
 * What was judged.
 *
 * @param name for people; from whoever made the subject, so hostile
 * @param id the engine's id; null for the engine and the host
 * @param key what stays the same when the subject is made anew, for fingerprints
 */
public record Subject(SubjectKind kind, String name, @Nullable String id, String key) {}
