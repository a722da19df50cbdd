/**
 * What no single subject knows: the daemon's defaults in each container, chains of shared
 * namespaces, what a mount reaches. Pure functions from snapshot to snapshot.
 */
@NullMarked
package plimsoll.derive;

import org.jspecify.annotations.NullMarked;
