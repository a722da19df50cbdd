/**
 * Shell scripts, read for what they would run: words with their places, variables, functions and
 * branches followed as far as a file tells. Nothing is executed, and nothing outside the text is
 * looked at.
 */
@NullMarked
package plimsoll.shell;

import org.jspecify.annotations.NullMarked;
