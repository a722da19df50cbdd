/**
 * Talks to an engine: finds it, asks it, and reads its answers as JSON. What the answers mean is
 * none of its business.
 */
@NullMarked
package plimsoll.client;

import org.jspecify.annotations.NullMarked;
