package plimsoll.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that start a Docker Engine of their own: skipped, saying why, where that cannot be done,
 * and failed instead where {@code PLIMSOLL_REQUIRE_ENGINE} is set.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("engine")
@ExtendWith(Requirements.Engine.class)
public @interface NeedsEngine {}
