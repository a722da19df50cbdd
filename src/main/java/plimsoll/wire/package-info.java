/**
 * Engine API JSON to facts. Pure translation: JSON trees in, records out; no engine is asked and no
 * file is read here.
 */
@NullMarked
package plimsoll.wire;

import org.jspecify.annotations.NullMarked;
