package plimsoll.finding;

import org.jspecify.annotations.Nullable;
import plimsoll.model.Origin;

/**
 * One fact that decided a verdict.
 *
 * @param path a JSON pointer into the view
 * @param expected what the rule wants
 * @param actual what is there: of a list, the part that fails
 * @param origin where the value came from; null where the view does not say
 * @param process the process it was read from; null where it was not read from one
 */
public record Evidence(
    ViewName view,
    String path,
    String expected,
    String actual,
    @Nullable Origin origin,
    @Nullable Long process) {}
