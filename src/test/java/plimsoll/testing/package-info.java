/** What tests need of the outside world: private engines, a throw-away host, programs to run. */
@NullMarked
package plimsoll.testing;

import org.jspecify.annotations.NullMarked;
