/** Archives, read as they come and never unpacked. */
@NullMarked
package plimsoll.archive;

import org.jspecify.annotations.NullMarked;
