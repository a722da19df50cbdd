/**
 * The facts, and nothing but the facts: what was asked for, what the kernel does, where each value
 * came from and what could not be read.
 *
 * <p>Records only. Nothing here reads a file, opens a socket or knows an engine's wire format;
 * names of record components are the names rules use in their paths and snapshots use in their
 * JSON.
 */
@NullMarked
package plimsoll.model;

import org.jspecify.annotations.NullMarked;
