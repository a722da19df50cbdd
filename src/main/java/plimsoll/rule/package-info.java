/**
 * Rules as data: what a rule is, the algebra its condition is written in, and the reader that turns
 * YAML into both and says where a mistake is. Nothing here judges, and nothing here opens a file:
 * callers bring the text.
 */
@NullMarked
package plimsoll.rule;

import org.jspecify.annotations.NullMarked;
