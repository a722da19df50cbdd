/** Images as engines export them: what their layers' files are, read as they come. */
@NullMarked
package plimsoll.layers;

import org.jspecify.annotations.NullMarked;
