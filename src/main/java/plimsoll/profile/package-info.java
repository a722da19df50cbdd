/**
 * Hardening profiles: what is added to a run line that nobody typed, and what of what somebody
 * typed is refused. Nothing here talks to an engine or judges.
 */
@NullMarked
package plimsoll.profile;

import org.jspecify.annotations.NullMarked;
