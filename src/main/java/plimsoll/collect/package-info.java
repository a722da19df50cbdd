/**
 * Looks at a live host: the engine through its API, the daemon's process and settings, {@code
 * /proc} and cgroups.
 *
 * <p>Nothing here judges. What cannot be read becomes a gap with its reason; nothing is run inside
 * a container and no path inside a container's root is followed.
 */
@NullMarked
package plimsoll.collect;

import org.jspecify.annotations.NullMarked;
