/** Dockerfiles: what they are made of, and what they have built. */
@NullMarked
package plimsoll.dockerfile;

import org.jspecify.annotations.NullMarked;
