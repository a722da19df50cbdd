/**
 * The containers that the files of a repository would start: which files there are, what in them a
 * shell would run, and which of that is a run of a container engine's client. Judging happens
 * elsewhere; nothing is executed.
 */
@NullMarked
package plimsoll.gate;

import org.jspecify.annotations.NullMarked;
