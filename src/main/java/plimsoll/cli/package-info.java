/** The command line: options, wiring, exit codes, and the program's only {@code System.exit}. */
@NullMarked
package plimsoll.cli;

import org.jspecify.annotations.NullMarked;
