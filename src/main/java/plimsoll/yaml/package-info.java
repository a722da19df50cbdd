/** YAML as people wrote it: nodes with their places, and mistakes collected instead of thrown. */
@NullMarked
package plimsoll.yaml;

import org.jspecify.annotations.NullMarked;
