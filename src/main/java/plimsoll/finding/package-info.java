/** What an audit found: verdicts with their evidence. */
@NullMarked
package plimsoll.finding;

import org.jspecify.annotations.NullMarked;
