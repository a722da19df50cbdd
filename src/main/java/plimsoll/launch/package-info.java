/**
 * Starts a container through the Engine API and stands in front of it as docker's client does:
 * streams, terminal, signals, exit codes. What is started and whether it may be is decided
 * elsewhere.
 */
@NullMarked
package plimsoll.launch;

import org.jspecify.annotations.NullMarked;
