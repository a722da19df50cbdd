/**
 * What people write to start containers, read into the model by the grammar of the program they
 * write it for. Nothing here asks an engine.
 */
@NullMarked
package plimsoll.read;

import org.jspecify.annotations.NullMarked;
