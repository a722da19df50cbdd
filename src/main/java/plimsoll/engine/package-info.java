/** Judging: {@code evaluate(rules, snapshot)} is a pure function to a report. */
@NullMarked
package plimsoll.engine;

import org.jspecify.annotations.NullMarked;
