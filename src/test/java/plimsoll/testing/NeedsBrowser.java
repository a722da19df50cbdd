package plimsoll.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that open pages in Chromium: skipped, saying why, where there is none, and failed instead
 * where {@code PLIMSOLL_REQUIRE_BROWSER} is set.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("browser")
@ExtendWith(Requirements.Browser.class)
public @interface NeedsBrowser {}
