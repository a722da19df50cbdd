/**
 * One renderer a format. All text from containers and images is hostile here and is made harmless
 * by context.
 */
@NullMarked
package plimsoll.report;

import org.jspecify.annotations.NullMarked;
