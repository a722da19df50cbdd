package plimsoll.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that boot a host with cgroup v2, systemd and AppArmor: skipped, saying why, where that
 * cannot be done, and failed instead where {@code PLIMSOLL_REQUIRE_V2HOST} is set.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("v2host")
@ExtendWith(Requirements.V2.class)
public @interface NeedsV2Host {}
